//! The session of a browser: which account it acts for.

use chrono::{DateTime, Utc};
use domain::Problem;
use domain::accounts::Device;
use domain::accounts::service::SignedIn;
use domain::accounts::sessions::{DEVICE_KEY, SIGNED_IN_AT_KEY};
use http::request::Parts;
use leptos::prelude::use_context;
use tower_sessions::Session;

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
pub fn of_request() -> Result<Session, domain::Error> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Session>().cloned())
        .ok_or_else(|| Problem::Internal.into())
}
