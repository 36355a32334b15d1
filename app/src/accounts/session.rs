//! The session of a browser: which account it acts for.

use domain::accounts::service::SignedIn;
use domain::questions::Language;
use domain::{Problem, Viewer};
use http::header::SET_COOKIE;
use http::request::Parts;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;
use uuid::Uuid;

use crate::context::preference_cookie;
use crate::preferences::LANGUAGE_COOKIE;

/// The session's key of the account's id.
pub const USER_ID_KEY: &str = "user_id";
/// The session's key of the account's credentials revision: a changed password ends the other sessions.
pub const CREDENTIALS_REV_KEY: &str = "credentials_rev";

/// Makes the session act for an account, under a new id.
///
/// # Errors
/// [`Problem::Busy`] when the store fails.
pub async fn sign_in_session(
    session: &Session,
    user_id: Uuid,
    credentials_rev: i32,
) -> Result<(), domain::Error> {
    session.cycle_id().await.map_err(store_failed)?;
    session.insert(USER_ID_KEY, user_id).await.map_err(store_failed)?;
    session.insert(CREDENTIALS_REV_KEY, credentials_rev).await.map_err(store_failed)?;
    // Saved now, while a failure can still be told.
    session.save().await.map_err(store_failed)
}

/// Makes the session act for nobody.
///
/// # Errors
/// [`Problem::Busy`] when the store fails.
pub async fn sign_out_session(session: &Session) -> Result<(), domain::Error> {
    session.flush().await.map_err(store_failed)
}

/// A session store that fails is a database that does not answer; trying again later can help.
pub fn store_failed(error: tower_sessions::session::Error) -> domain::Error {
    tracing::warn!(%error, "the session store does not answer");
    Problem::Busy.into()
}

/// The session of the request.
pub fn session() -> Result<Session, domain::Error> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Session>().cloned())
        .ok_or_else(|| Problem::Internal.into())
}

/// Signs the request's browser in and shows it the pages in the account's language.
pub async fn start(session: &Session, signed_in: &SignedIn) -> Result<(), domain::Error> {
    sign_in_session(session, signed_in.viewer.id, signed_in.credentials_rev).await?;
    keep_language(&signed_in.viewer);
    Ok(())
}

/// Shows this browser the pages in the person's language from now on.
pub fn keep_language(viewer: &Viewer) {
    let word = match viewer.language {
        Language::Korean => "ko",
        Language::English => "en",
    };
    let cookie = preference_cookie(LANGUAGE_COOKIE, word, expect_context());
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), cookie) {
        response.append_header(SET_COOKIE, cookie);
    }
}
