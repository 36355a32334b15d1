//! What goes out about the audit log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Lines of a page.
pub const AUDIT_PAGE: u32 = 50;

/// Days that a line is kept: two years, as long as Korean rules ask of the largest installations for such records.
pub const AUDIT_DAYS: u32 = 730;

crate::questions::words! {
    /// What was done.
    AuditAction {
        AccountCreated = "account-created",
        AccountDeleted = "account-deleted",
        RoleChanged = "role-changed",
        Banned = "banned",
        Unbanned = "unbanned",
        LimitSet = "limit-set",
        LimitCleared = "limit-cleared",
        /// A link to a new password was made, to hand over.
        ResetLinkMade = "reset-link-made",
        /// Somebody with a link, by mail or handed over, has set a new password.
        PasswordReset = "password-reset",
        /// The person lets a login elsewhere open the account.
        LoginLinked = "login-linked",
        LoginUnlinked = "login-unlinked",
        InvitationMade = "invitation-made",
        InvitationRevoked = "invitation-revoked",
        SettingChanged = "setting-changed",
        BackupMade = "backup-made",
        BackupRestored = "backup-restored",
    }
}

/// Somebody in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    Account {
        id: Uuid,
        username: String,
    },
    /// There was such an account. Nothing else is known of it.
    Deleted,
}

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLine {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// None for the operator's command line.
    pub actor: Option<Party>,
    pub action: AuditAction,
    pub subject: Option<Party>,
    /// What was set, by the name of the thing. It holds words and numbers, never what a person wrote.
    pub details: serde_json::Value,
}

/// Which lines are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// A word of [`AuditAction`]; none means all.
    #[serde(default)]
    pub action: Option<String>,
    /// Lines older than that one.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// Lines, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<Uuid>,
}
