//! What goes out about allowances.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

crate::questions::words! {
    /// What is counted. One unit is one started interview, one message of the chat, or one proposal to a letter by a model.
    LimitedAction {
        Interview = "interview",
        Chat = "chat",
        LetterDraft = "letter-draft",
    }
}

crate::questions::words! {
    /// Why a ledger entry was written.
    EntryReason {
        /// An interview was started: one unit used.
        Started = "started",
        /// An answer was given in the chat: one unit used.
        Answered = "answered",
        /// A model was asked for a proposal to a letter: one unit used.
        Proposed = "proposed",
        /// It failed before its first word: the unit came back.
        Refunded = "refunded",
    }
}

/// The allowance of one action for the person's current day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AllowanceView {
    pub action: LimitedAction,
    pub used: u32,
    pub limit: u32,
    /// The person's next midnight.
    pub resets_at: DateTime<Utc>,
}

impl AllowanceView {
    /// Units that are left today.
    pub const fn left(&self) -> u32 {
        self.limit.saturating_sub(self.used)
    }
}

/// One line of the ledger. Lines are only ever added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LedgerEntryView {
    pub id: Uuid,
    pub action: LimitedAction,
    pub reason: EntryReason,
    /// Units: positive when used, negative when given back.
    pub units: i32,
    /// The interview that it is about. It may have been deleted since.
    pub interview_id: Option<Uuid>,
    /// The person's day that it counts for.
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
}

/// A page of the ledger, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LedgerPage {
    pub entries: Vec<LedgerEntryView>,
    /// To be sent for the next page; none on the last.
    pub next: Option<Uuid>,
}
