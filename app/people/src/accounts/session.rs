//! The session of a browser: which account it acts for.

use chrono::{DateTime, Utc};
use domain::accounts::service::SignedIn;
use domain::accounts::sessions::{DEVICE_KEY, SIGNED_IN_AT_KEY, key_hash};
use domain::accounts::{Device, Proof, SessionView};
use domain::questions::Language;
use domain::{Problem, Viewer};
use http::header::SET_COOKIE;
use http::request::Parts;
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::server_fns::SessionRow;
use crate::context::{self, preference_cookie};
use crate::preferences::LANGUAGE_COOKIE;
use crate::time::{LocalTime, local_time};

pub use domain::accounts::sessions::CREDENTIALS_REV_KEY;

/// The session's key of the account's id.
pub const USER_ID_KEY: &str = "user_id";

/// Makes the session act for an account, under a new id.
///
/// # Errors
/// [`Problem::Busy`] when the store fails.
pub async fn sign_in_session(
    session: &Session,
    signed_in: &SignedIn,
    device: Device,
    now: DateTime<Utc>,
) -> Result<(), domain::Error> {
    session.cycle_id().await.map_err(store_failed)?;
    session.insert(USER_ID_KEY, signed_in.viewer.id).await.map_err(store_failed)?;
    session.insert(CREDENTIALS_REV_KEY, signed_in.credentials_rev).await.map_err(store_failed)?;
    session.insert(SIGNED_IN_AT_KEY, now).await.map_err(store_failed)?;
    session.insert(DEVICE_KEY, device).await.map_err(store_failed)?;
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

/// The key under which the session stands in the table.
pub fn key(session: &Session) -> String {
    session.id().map_or_else(String::new, |id| key_hash(&id.to_string()))
}

/// A session as its owner reads it.
pub fn row(session: SessionView, zone: &str) -> SessionRow {
    let hour = |at: LocalTime| LocalTime { minute: 0, ..at };
    SessionRow {
        key: session.key,
        device: session.device,
        signed_in: session.signed_in_at.map(|at| local_time(at, zone)),
        last_seen: session.last_seen_at.map(|at| hour(local_time(at, zone))),
        current: session.current,
    }
}

/// What was typed to prove once more who it is, with the moment of the sign-in, which stands in for a password that there is not.
pub async fn proof<'a>(session: &Session, typed: &'a str) -> Result<Proof<'a>, domain::Error> {
    let signed_in_at = session.get(SIGNED_IN_AT_KEY).await.map_err(store_failed)?;
    Ok(Proof { typed, signed_in_at })
}

/// Signs the request's browser in and shows it the pages in the account's language.
pub async fn start(session: &Session, signed_in: &SignedIn) -> Result<(), domain::Error> {
    sign_in_session(session, signed_in, context::device(), context::app().now()).await?;
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
