//! What administrators see and change of the settings.

use serde_json::json;

use super::{REGISTRATION, Registration, SettingsView, read, write};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::error::Error;
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Every setting, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub async fn overview(app: &App, viewer: &Viewer) -> Result<SettingsView, Error> {
    viewer.must_be_admin()?;
    Ok(SettingsView { registration: read(app.database.reader(), &REGISTRATION).await? })
}

/// Says who may make an account from now on, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else; [`Problem::Invalid`] on `registration`.
pub async fn set_registration(app: &App, viewer: &Viewer, word: &str) -> Result<(), Error> {
    viewer.must_be_admin()?;
    let refused = Problem::Invalid { field: InputField::Registration, reason: Reason::NotOffered };
    let value: Registration = word.parse().map_err(|_| refused)?;
    let transaction = app.database.begin().await?;
    // Nothing is said twice.
    if read(&transaction, &REGISTRATION).await? != value {
        write(app, &transaction, &REGISTRATION, &value).await?;
        let details = json!({ "setting": REGISTRATION.name, "value": value });
        audit::write(app, &transaction, Some(viewer.id), AuditAction::SettingChanged, None, details).await?;
    }
    transaction.commit().await?;
    Ok(())
}
