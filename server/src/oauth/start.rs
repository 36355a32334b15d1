//! The press of a button that leads to a provider: to sign in, or to link the provider's login to one's account.

use app_base::browser_secret::BrowserSecret;
use app_base::context::ClientAddress;
use app_base::context::CurrentViewer;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use domain::identities::attempt::{self, NewAttempt};
use domain::identities::{Trouble, Wish};
use domain::{Error, Problem};
use http::header::SET_COOKIE;
use http::request::Parts;
use oauth2::PkceCodeChallenge;
use serde::Deserialize;

use super::http_client::PATIENCE;
use super::page;
use crate::router::AppState;

/// The form, as sent. Each field may be missing.
#[derive(Deserialize)]
pub struct Start {
    wish: Option<String>,
    next: Option<String>,
    invitation: Option<String>,
}

/// Takes note of who sets out and leads them to the provider.
pub async fn start(
    State(state): State<AppState>,
    Path(provider): Path<String>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Extension(ClientAddress(address)): Extension<ClientAddress>,
    parts: Parts,
    Form(form): Form<Start>,
) -> Response {
    let wish: Wish = form.wish.as_deref().and_then(|word| word.parse().ok()).unwrap_or(Wish::SignIn);
    if wish == Wish::Link && viewer.is_none() {
        return Redirect::to("/login?next=/profile").into_response();
    }
    let refuse = |trouble| page::trouble(state.clone(), parts.clone(), &provider, trouble);
    let Some(login) = state.logins.find(&provider) else { return refuse(Trouble::NotOffered).await };
    if state.app.throttle.set_out(address).is_err() {
        return refuse(Trouble::TooMany).await;
    }
    // Asked before anything is stored.
    match tokio::time::timeout(PATIENCE, login.is_there()).await {
        Ok(Ok(())) => {}
        Ok(Err(failed)) => {
            tracing::warn!(%provider, %failed, "a provider does not say where people sign in");
            return refuse(failed.trouble()).await;
        }
        Err(_) => return refuse(Trouble::ProviderUnreachable).await,
    }
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let next = form.next.as_deref().and_then(app_base::viewer::next_after_sign_in).map(str::to_owned);
    let user_id = (wish == Wish::Link).then(|| viewer.map(|viewer| viewer.id)).flatten();
    let new = NewAttempt { provider: login.provider, wish, next, user_id, verifier: verifier.into_secret() };
    let sent = match attempt::begin(&state.app, new).await {
        Ok(sent) => sent,
        Err(error) => return refuse(unlucky(error)).await,
    };
    let to = match login.page(sent.state, &sent.nonce, challenge).await {
        Ok(to) => to,
        Err(failed) => return refuse(failed.trouble()).await,
    };
    let mut response = page::on_the_way(app_base::language::page_language(&parts), &login.name, &to);
    if let Some(cookie) = BrowserSecret::new(sent.secret, form.invitation).cookie(state.https) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// A failure of our own, as the person is told it. The log knows more.
pub fn unlucky(error: Error) -> Trouble {
    match error.into_problem() {
        Problem::TooManyAttempts { .. } => Trouble::TooMany,
        _ => Trouble::Busy,
    }
}
