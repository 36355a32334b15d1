//! What goes out about privacy.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// What something is sent for.
    Purpose {
        /// Interviews and judgements by a language model.
        Model = "model",
        /// Reading the interviewer's words aloud.
        Speech = "speech",
        Mail = "mail",
        /// Signing in with an account elsewhere.
        Login = "login",
    }
}

/// Somebody outside this server who receives data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recipient {
    pub purpose: Purpose,
    /// The host that it is sent to.
    pub host: String,
    /// The model, the voice or the provider there, when it has a name.
    pub name: Option<String>,
}

crate::questions::words! {
    /// Where everything is stored.
    StoredIn {
        /// A file on this server.
        Sqlite = "sqlite",
        /// A database server of the operator's.
        Postgres = "postgres",
    }
}

crate::questions::words! {
    /// What is kept for a time.
    Kept {
        Interviews = "interviews",
        Sessions = "sessions",
        Shares = "shares",
        Receipts = "receipts",
        /// The record of what was done to accounts.
        AuditLog = "audit-log",
    }
}

/// How long something is kept at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Keeping {
    pub what: Kept,
    /// None until the person deletes it.
    pub days: Option<u32>,
}

/// Everything that the page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrivacyFacts {
    pub stored_in: StoredIn,
    pub keeping: Vec<Keeping>,
    pub recipients: Vec<Recipient>,
}

impl PrivacyFacts {
    /// Whether nothing leaves the server at all.
    pub fn nothing_leaves(&self) -> bool {
        self.recipients.is_empty()
    }
}
