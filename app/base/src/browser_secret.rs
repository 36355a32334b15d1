//! What binds a sign-in to the browser that began it: a cookie of its own, with a secret and the invitation that was brought along.
//!
//! The invitation stands nowhere else: it is as good as an account.

use http::header::SET_COOKIE;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::context::{Https, cookie};

/// As long as somebody may take at the provider and over a user name.
const LASTS_SECONDS: u32 = 40 * 60;

/// What the cookie holds.
pub struct BrowserSecret {
    pub secret: String,
    pub invitation: Option<String>,
}

/// The name of the cookie. Over HTTPS nobody but this very host can set one of that name.
const fn name(Https(https): Https) -> &'static str {
    if https { "__Host-daedap_login" } else { "daedap_login" }
}

/// Whether a text has the form of our tokens.
fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl BrowserSecret {
    /// A secret for a browser that sets out, with the invitation that it brings if that can be one.
    pub fn new(secret: String, invitation: Option<String>) -> Self {
        Self { secret, invitation: invitation.filter(|invitation| is_token(invitation)) }
    }

    /// Reads the cookie of a request.
    pub fn of(headers: &HeaderMap, https: Https) -> Option<Self> {
        let value = cookie(headers, name(https))?;
        let (secret, invitation) = match value.split_once('.') {
            Some((secret, invitation)) => (secret, Some(invitation)),
            None => (value, None),
        };
        let invitation = invitation.filter(|invitation| is_token(invitation)).map(str::to_owned);
        is_token(secret).then(|| Self { secret: secret.to_owned(), invitation })
    }

    /// The cookie for a reply.
    pub fn cookie(&self, https: Https) -> Option<HeaderValue> {
        let invitation =
            self.invitation.as_ref().map_or_else(String::new, |invitation| format!(".{invitation}"));
        set(&format!("{}{invitation}", self.secret), LASTS_SECONDS, https)
    }
}

/// The cookie that takes the other one away.
pub fn no_cookie(https: Https) -> Option<HeaderValue> {
    set("", 0, https)
}

/// The secret of the browser whose request is being answered.
pub fn of_request() -> Option<BrowserSecret> {
    BrowserSecret::of(&use_context::<Parts>()?.headers, use_context()?)
}

/// Takes the cookie away from the browser whose request is being answered.
pub fn forget() {
    let cookie = use_context::<Https>().and_then(no_cookie);
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(SET_COOKIE, cookie);
    }
}

fn set(value: &str, seconds: u32, https: Https) -> Option<HeaderValue> {
    let secure = if https.0 { "; Secure" } else { "" };
    let name = name(https);
    // Lax: the way back from the provider is a link from another site.
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&cookie).ok()
}

#[cfg(test)]
mod tests {
    use http::header::COOKIE;

    use super::*;

    #[test]
    fn a_cookie_is_read_as_it_was_written() {
        let (secret, invitation) = ("a".repeat(64), "0".repeat(64));
        for invitation in [None, Some(invitation)] {
            let written = BrowserSecret { secret: secret.clone(), invitation: invitation.clone() };
            let cookie = written.cookie(Https(true)).expect("a cookie");
            let pair = cookie.to_str().expect("readable").split(';').next().expect("a pair").to_owned();
            let headers = HeaderMap::from_iter([(COOKIE, format!("x=y; {pair}").parse().expect("a header"))]);
            let read = BrowserSecret::of(&headers, Https(true)).expect("there");
            assert!(read.secret == secret && read.invitation == invitation);
            assert!(BrowserSecret::of(&headers, Https(false)).is_none(), "it has another name there");
        }
    }

    #[test]
    fn nonsense_is_no_secret() {
        for value in ["", "x", "..", &"g".repeat(64), &"a".repeat(63)] {
            let header = format!("daedap_login={value}").parse().expect("a header");
            assert!(
                BrowserSecret::of(&HeaderMap::from_iter([(COOKIE, header)]), Https(false)).is_none(),
                "{value}"
            );
        }
    }
}
