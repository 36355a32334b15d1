//! Addresses that are handed to people outside of a page: on the command line and at the first start.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use url::Url;

/// Where browsers reach this Daedap, without a slash at its end. Without a public address it is the one that it listens on.
pub fn origin(public_url: Option<&Url>, address: SocketAddr) -> String {
    match public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None if address.ip().is_unspecified() => {
            // Every address of this machine is none that a browser can open.
            format!("http://{}", SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port()))
        }
        None => format!("http://{address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_begin_where_browsers_are() {
        let check = |public: Option<&str>, address: &str, expected: &str| {
            let public: Option<Url> = public.map(|url| url.parse().expect("a URL"));
            assert_eq!(origin(public.as_ref(), address.parse().expect("an address")), expected);
        };
        check(Some("https://daedap.example/"), "0.0.0.0:3000", "https://daedap.example");
        check(None, "127.0.0.1:3000", "http://127.0.0.1:3000");
        check(None, "0.0.0.0:3000", "http://127.0.0.1:3000");
        check(None, "[::1]:3000", "http://[::1]:3000");
    }
}
