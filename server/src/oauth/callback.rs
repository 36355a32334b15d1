//! The way back from a provider. It is the one GET that changes something: it uses up what only this browser was given a moment ago,
//! and what nobody can make it send twice.

use app_base::browser_secret::BrowserSecret;
use app_base::browser_secret::no_cookie as no_login_cookie;
use app_base::context::ClientAddress;
use app_base::context::CurrentViewer;
use app_base::context::Https;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::accounts::Device;
use domain::accounts::service::SignedIn;
use domain::identities::attempt::{self, Returned};
use domain::identities::service::{Arrival, arrive};
use domain::identities::{Found, Trouble};
use http::header::{SET_COOKIE, USER_AGENT};
use http::request::Parts;
use tower_sessions::Session;
use url::form_urlencoded;

use super::http_client::{Failed, PATIENCE};
use super::page;
use super::provider::ConfiguredProvider;
use super::start::unlucky;
use crate::router::AppState;

/// Takes in whoever is back, and leads them on.
pub async fn callback(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    session: Session,
    parts: Parts,
) -> Response {
    let refuse = |trouble| page::trouble(state.clone(), parts.clone(), &provider, trouble);
    let Some(login) = state.logins.find(&provider) else { return refuse(Trouble::NotOffered).await };
    if state.app.throttle.set_out(address).is_err() {
        return refuse(Trouble::TooMany).await;
    }
    let https = state.https;
    let query = Query::of(&parts);
    let Some(browser) = BrowserSecret::of(&parts.headers, https) else {
        return refuse(Trouble::Stale).await;
    };
    let returned = match attempt::take(&state.app, login.provider, &query.state, &browser.secret).await {
        Ok(Some(returned)) => returned,
        Ok(None) => return refuse(Trouble::Stale).await,
        Err(error) => return refuse(unlucky(error)).await,
    };
    let found = match ask(login, query, &returned).await {
        Ok(found) => found,
        Err(trouble) => return refuse(trouble).await,
    };
    let invitation = browser.invitation.as_deref();
    match arrive(&state.app, viewer.as_ref(), &returned, found, &browser.secret, invitation).await {
        Ok(Arrival::SignedIn(signed_in)) => {
            let device = device(&parts);
            match app_base::session::sign_in_session(&session, &signed_in, device, state.app.now()).await {
                Ok(()) => on(&signed_in, returned.next.as_deref(), https),
                Err(error) => refuse(unlucky(error)).await,
            }
        }
        Ok(Arrival::Linked) => with_cookie(Redirect::to("/profile").into_response(), no_login_cookie(https)),
        Ok(Arrival::Unfinished) => {
            // As long again, for the choice of a name.
            with_cookie(Redirect::to("/register/complete").into_response(), browser.cookie(https))
        }
        Ok(Arrival::Refused(trouble)) => refuse(trouble).await,
        Err(error) => refuse(unlucky(error)).await,
    }
}

/// What the provider put into the address.
struct Query {
    state: String,
    code: Option<String>,
    error: Option<String>,
    issuer: Option<String>,
}

impl Query {
    fn of(parts: &Parts) -> Self {
        let text = parts.uri.query().unwrap_or_default();
        let value = |name: &str| {
            let mut pairs = form_urlencoded::parse(text.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        Self {
            state: value("state").unwrap_or_default(),
            code: value("code"),
            error: value("error"),
            issuer: value("iss"),
        }
    }
}

/// Who it is, by the provider's word.
async fn ask(login: &ConfiguredProvider, query: Query, returned: &Returned) -> Result<Found, Trouble> {
    match query.error.as_deref() {
        None => {}
        Some("access_denied") => return Err(Trouble::Declined),
        Some(_) => return Err(Trouble::ProviderFailed),
    }
    let code = query.code.filter(|code| !code.is_empty()).ok_or(Trouble::ProviderFailed)?;
    let asked = async {
        match login.is_from_here(query.issuer.as_deref()).await {
            true => login.identify(code, returned.verifier.clone(), &returned.nonce).await,
            false => Err(Failed::Wrong("an answer of another issuer")),
        }
    };
    let failed = match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(found)) => return Ok(found),
        Ok(Err(failed)) => failed,
        Err(_) => Failed::Unreachable,
    };
    tracing::warn!(provider = %login.provider, %failed, "a provider does not say who somebody is");
    Err(failed.trouble())
}

/// Leads somebody who is signed in to the page they wanted, in their language.
fn on(signed_in: &SignedIn, next: Option<&str>, https: Https) -> Response {
    let next = next.and_then(app_base::viewer::next_after_sign_in).unwrap_or("/interviews");
    let response = with_cookie(Redirect::to(next).into_response(), no_login_cookie(https));
    let language = signed_in.viewer.language.as_str();
    with_cookie(
        response,
        app_base::context::preference_cookie(app_base::preferences::LANGUAGE_COOKIE, language, https),
    )
}

fn with_cookie(mut response: Response, cookie: Option<http::HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn device(parts: &Parts) -> Device {
    parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).map_or(Device::UNKNOWN, Device::of)
}
