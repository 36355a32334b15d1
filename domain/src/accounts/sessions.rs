//! The browsers in which a person is signed in.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Device, SessionView};
use crate::Problem;
use crate::app::App;
use crate::entities::{session, user};
use crate::error::Error;
use crate::viewer::Viewer;

/// The session's key of the account's credentials revision: a changed password ends the other sessions.
pub const CREDENTIALS_REV_KEY: &str = "credentials_rev";
/// The session's key of the moment of the sign-in.
pub const SIGNED_IN_AT_KEY: &str = "signed_in_at";
/// The session's key of the browser that signed in.
pub const DEVICE_KEY: &str = "device";

/// What stands in the table for the id of a session: a copy of the table opens none.
pub fn key_hash(id: &str) -> String {
    Sha256::digest(id).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The viewer's sessions that are alive, the one that asks first, then those that were seen last. `current` is the key of the one that
/// asks, and empty for a program, which has none.
///
/// # Errors
/// [`Problem::SignInRequired`] when the account is gone.
pub async fn list(app: &App, viewer: &Viewer, current: &str) -> Result<Vec<SessionView>, Error> {
    let account = user::Entity::find_by_id(viewer.id).one(app.database.reader()).await?;
    let rev = account.ok_or(Problem::SignInRequired)?.credentials_rev;
    let rows = session::Entity::find()
        .filter(session::Column::UserId.eq(viewer.id))
        .filter(session::Column::ExpiresAt.gt(Utc::now()))
        .all(app.database.reader())
        .await?;
    let mut views: Vec<SessionView> = rows
        .into_iter()
        .filter(|row| row.data.get(CREDENTIALS_REV_KEY).and_then(Value::as_i64) == Some(rev.into()))
        .map(|row| view(row, current))
        .collect();
    views.sort_by_key(|view| {
        let seen = view.last_seen_at.max(view.signed_in_at);
        (!view.current, std::cmp::Reverse(seen), view.key.clone())
    });
    Ok(views)
}

fn view(row: session::Model, current: &str) -> SessionView {
    let told = |key| row.data.get(key).cloned().unwrap_or_default();
    let signed_in_at: Option<DateTime<Utc>> = serde_json::from_value(told(SIGNED_IN_AT_KEY)).ok();
    SessionView {
        device: serde_json::from_value(told(DEVICE_KEY)).unwrap_or(Device::UNKNOWN),
        signed_in_at,
        last_seen_at: row.last_seen_at,
        current: row.key_hash == current,
        key: row.key_hash,
    }
}

/// Ends one of the viewer's sessions, and says whether there was one. One that is over already, or is not the viewer's, is left alone.
///
/// # Errors
/// Internal ones only.
pub async fn end(app: &App, viewer: &Viewer, key: &str) -> Result<bool, Error> {
    // PostgreSQL refuses to look for a NUL.
    if key.contains('\0') {
        return Ok(false);
    }
    let deleted = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(viewer.id))
        .filter(session::Column::KeyHash.eq(key))
        .exec(app.database.writer())
        .await?;
    Ok(deleted.rows_affected > 0)
}

/// Ends all of the viewer's sessions.
///
/// # Errors
/// Internal ones only.
pub async fn end_all(app: &App, viewer: &Viewer) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// Ends all of the viewer's sessions but the one with this key.
///
/// # Errors
/// Internal ones only.
pub async fn end_others(app: &App, viewer: &Viewer, current: &str) -> Result<(), Error> {
    session::Entity::delete_many()
        .filter(session::Column::UserId.eq(viewer.id))
        .filter(session::Column::KeyHash.ne(current))
        .exec(app.database.writer())
        .await?;
    Ok(())
}
