//! Reading the facts from the running application.

use super::{Keeping, Kept, PrivacyFacts, StoredIn};
use crate::app::App;
use crate::audit::AUDIT_DAYS;
use crate::error::Error;
use crate::receipts::RECEIPT_DAYS;
use crate::retention::service::operator_maximum;
use crate::share::ShareDays;

/// Days after which a browser has to sign in again.
pub const SESSION_DAYS: u32 = 30;

/// What is true of this installation now. It is told to everybody.
///
/// # Errors
/// Internal ones only.
pub async fn facts(app: &App) -> Result<PrivacyFacts, Error> {
    let longest_share = ShareDays::ALL.iter().map(|days| days.count()).max();
    Ok(PrivacyFacts {
        stored_in: if app.database.is_exclusive() { StoredIn::Sqlite } else { StoredIn::Postgres },
        keeping: vec![
            Keeping { what: Kept::Interviews, days: operator_maximum(app).await? },
            Keeping { what: Kept::Sessions, days: Some(SESSION_DAYS) },
            Keeping { what: Kept::Shares, days: longest_share },
            Keeping { what: Kept::Receipts, days: Some(RECEIPT_DAYS) },
            Keeping { what: Kept::AuditLog, days: Some(AUDIT_DAYS) },
        ],
        recipients: app.settings.recipients.clone(),
    })
}
