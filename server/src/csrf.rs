//! No other site may make a browser change anything here. One rule for all routes: server functions have no defence of their own.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Problem;
use http::header::{COOKIE, HOST, ORIGIN, REFERER};
use http::{HeaderMap, Method};
use url::Url;

use crate::problem::ApiError;

/// Refuses what another site asked for.
pub async fn guard(State(public_url): State<Option<Url>>, mut request: Request, next: Next) -> Response {
    // Server functions send a plain form back to wherever its referrer says, with the error in the address.
    request.headers_mut().remove(REFERER);
    match is_ours(request.method(), request.headers(), public_url.as_ref()) {
        true => next.run(request).await,
        false => ApiError::from(Problem::Forbidden).into_response(),
    }
}

fn is_ours(method: &Method, headers: &HeaderMap, public_url: Option<&Url>) -> bool {
    if method.is_safe() {
        return true;
    }
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    // `none` is the person's own doing, for example a typed address.
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    if headers.contains_key(ORIGIN) {
        let Some(origin) = text("origin").and_then(|origin| origin.parse::<Url>().ok()) else { return false };
        return match public_url {
            Some(url) => url.origin() == origin.origin(),
            None => text(HOST.as_str()).is_some_and(|host| authority(&origin) == host.to_lowercase()),
        };
    }
    // No browser of the last years sends neither. A program has no cookies that it did not ask for.
    !headers.contains_key(COOKIE)
}

fn authority(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_change_anything() {
        let check = |method: Method, headers: &[(&'static str, &str)], expected: bool| {
            let map = headers
                .iter()
                .map(|(name, value)| (http::HeaderName::from_static(name), value.parse().expect("a header")));
            assert_eq!(is_ours(&method, &map.collect(), None), expected, "{method} {headers:?}");
        };
        let cookie = ("cookie", "daedap_session=x");
        let host = ("host", "127.0.0.1:3000");
        check(Method::GET, &[("sec-fetch-site", "cross-site"), cookie], true);
        check(Method::POST, &[("sec-fetch-site", "same-origin"), cookie], true);
        check(Method::POST, &[("sec-fetch-site", "none"), cookie], true);
        check(Method::POST, &[("sec-fetch-site", "same-site"), cookie], false);
        check(Method::POST, &[("sec-fetch-site", "cross-site")], false);
        check(Method::POST, &[("origin", "http://127.0.0.1:3000"), host, cookie], true);
        check(Method::POST, &[("origin", "http://127.0.0.1:4000"), host, cookie], false);
        check(Method::POST, &[("origin", "null"), host, cookie], false);
        check(Method::POST, &[cookie], false);
        check(Method::POST, &[], true);
        check(Method::DELETE, &[("origin", "https://evil.example"), host], false);
    }

    #[test]
    fn a_public_url_decides_instead_of_the_host() {
        let url: Url = "https://daedap.example".parse().expect("a URL");
        let mut headers = HeaderMap::new();
        headers.insert("host", "10.0.0.5:3000".parse().expect("a header"));
        headers.insert("origin", "https://daedap.example".parse().expect("a header"));
        assert!(is_ours(&Method::POST, &headers, Some(&url)));
        headers.insert("origin", "http://daedap.example".parse().expect("a header"));
        assert!(!is_ours(&Method::POST, &headers, Some(&url)));
    }
}
