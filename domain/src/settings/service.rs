//! What administrators see and change of the settings.

use serde_json::json;

use super::{
    REGISTRATION, RETENTION_MAX_DAYS, RETENTION_MAX_DAYS_MOST, Registration, SettingsView, clear, read, write,
};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::error::Error;
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason, retention};

/// Every setting, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else.
pub async fn overview(app: &App, viewer: &Viewer) -> Result<SettingsView, Error> {
    viewer.must_be_admin()?;
    let reader = app.database.reader();
    Ok(SettingsView {
        registration: read(reader, &REGISTRATION).await?,
        retention_max_days: read(reader, &RETENTION_MAX_DAYS).await?,
        retention_bound: app.settings.retention_max_days,
    })
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

/// How many interviews of all people the next hourly run would delete, were that set as the longest time for which they are kept. For
/// administrators.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else; [`Problem::Invalid`] on `retention_max_days`.
pub async fn retention_effect(app: &App, viewer: &Viewer, days: &str) -> Result<u32, Error> {
    viewer.must_be_admin()?;
    let days = parse_days(days, app.settings.retention_max_days)?;
    retention::service::overdue(app, days).await
}

/// Sets for how many days interviews are kept at most, or leaves it to each person again when nothing is given. For administrators.
/// What is older then is deleted with the next hourly run.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody else; [`Problem::Invalid`] on `retention_max_days`, also for more than the program was started
/// with.
pub async fn set_retention_max(app: &App, viewer: &Viewer, days: &str) -> Result<(), Error> {
    viewer.must_be_admin()?;
    let days = parse_days(days, app.settings.retention_max_days)?;
    let transaction = app.database.begin().await?;
    // Nothing is said twice.
    if read(&transaction, &RETENTION_MAX_DAYS).await? != days {
        match days {
            Some(_) => write(app, &transaction, &RETENTION_MAX_DAYS, &days).await?,
            None => clear(&transaction, &RETENTION_MAX_DAYS).await?,
        }
        let details = json!({ "setting": RETENTION_MAX_DAYS.name, "value": days });
        audit::write(app, &transaction, Some(viewer.id), AuditAction::SettingChanged, None, details).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// A number of days as it is typed; none when nothing is.
fn parse_days(text: &str, bound: Option<u32>) -> Result<Option<u32>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |reason| Err(Problem::Invalid { field: InputField::RetentionMaxDays, reason });
    match text.parse::<u32>() {
        Ok(days) if bound.is_some_and(|bound| days > bound) => refused(Reason::NotOffered),
        Ok(days @ 1..=RETENTION_MAX_DAYS_MOST) => Ok(Some(days)),
        _ => refused(Reason::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_they_are_typed() {
        let check = |text: &str, bound, expected: Result<Option<u32>, Reason>| {
            let parsed = parse_days(text, bound).map_err(|problem| match problem {
                Problem::Invalid { reason, .. } => reason,
                problem => panic!("{problem}"),
            });
            assert_eq!(parsed, expected, "{text:?} {bound:?}");
        };
        check("", None, Ok(None));
        check(" 90 ", None, Ok(Some(90)));
        check("3650", None, Ok(Some(3650)));
        check("60", Some(60), Ok(Some(60)));
        check("61", Some(60), Err(Reason::NotOffered));
        check("", Some(60), Ok(None));
        for wrong in ["0", "3651", "-1", "1.5", "ninety", "\0", "99999999999"] {
            check(wrong, None, Err(Reason::Malformed));
        }
    }
}
