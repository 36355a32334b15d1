//! Copies of the database, and putting one in its place.

mod postgres;
mod schema;
mod sqlite;

use std::path::Path;

use anyhow::Context;
use domain::audit::{self, AuditAction};
use domain::{App, Error};
use serde_json::json;

use crate::config::Config;
use crate::in_use;
use crate::start::{assemble, start};

/// Copies the database into a new file, also while it is in use.
///
/// # Errors
/// With one line that says what is wrong. There is no file then.
pub async fn back_up(config: &Config, file: &Path) -> anyhow::Result<()> {
    println!("copying the database to {} …", file.display());
    let is_current = match in_use::database_file(&config.database_url) {
        Some(database) => sqlite::back_up(&database, file).await?,
        None => postgres::back_up(&config.database_url, file).await?,
    };
    let bytes = std::fs::metadata(file).with_context(|| file.display().to_string())?.len();
    // The log of another version may have another form.
    if is_current {
        note(assemble(config).await, AuditAction::BackupMade).await;
    }
    println!("{}: {bytes} bytes, checked", file.display());
    Ok(())
}

/// Puts a backup in the place of the database. Everybody is signed out.
///
/// # Errors
/// With one line that says what is wrong. The database is as it was then.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(file.is_file(), "there is no file {}", file.display());
    println!("restoring {} …", file.display());
    let kept = match in_use::database_file(&config.database_url) {
        Some(database) => sqlite::restore(&database, file).await?,
        None => postgres::restore(config, file).await?,
    };
    note(start(config).await, AuditAction::BackupRestored).await;
    match kept {
        Some(before) => println!("restored; the database before is {}", before.display()),
        None => println!("restored"),
    }
    Ok(())
}

/// Writes a line of the audit log. What was done is done, even if it cannot be noted.
async fn note(app: anyhow::Result<App>, action: AuditAction) {
    let noted = async {
        let app = app?;
        let written = audit::write(&app, app.database.writer(), None, action, None, json!({})).await;
        written.map_err(|error| match error {
            Error::Problem(problem) => anyhow::anyhow!("{problem}"),
            Error::Internal(error) => error,
        })
    };
    if let Err(error) = noted.await {
        tracing::warn!(error = format!("{error:#}"), "the audit log has no line of it");
    }
}
