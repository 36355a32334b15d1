//! What comes in and goes out about the accounts of others.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Role;
use crate::quotas::{EntryReason, LimitedAction};

/// Accounts on a page.
pub const USERS_PAGE: u32 = 20;

/// Lines of the ledger on a page.
pub const LEDGER_PAGE: u32 = 50;

/// Most invitations that work at the same time.
pub const INVITATIONS_MAX: u32 = 100;

/// Which accounts are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserFilter {
    /// A part of a user name, a name or an e-mail address, in any case.
    #[serde(default)]
    pub text: Option<String>,
    /// Accounts older than that one.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// The daily limit of one action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitView {
    pub action: LimitedAction,
    /// The account's own, if it has one.
    pub own: Option<u32>,
    /// What holds for everybody else.
    pub default: u32,
}

impl LimitView {
    /// What holds for the account.
    pub fn holds(&self) -> u32 {
        self.own.unwrap_or(self.default)
    }
}

/// An account as administrators see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserView {
    pub id: Uuid,
    pub username: String,
    pub display_name: String,
    pub email: String,
    pub role: Role,
    pub created_at: DateTime<Utc>,
    /// When an interview was last started, a question answered or a card reviewed.
    pub active_at: Option<DateTime<Utc>>,
    pub banned_at: Option<DateTime<Utc>>,
    pub ban_reason: Option<String>,
    /// One for each action.
    pub limits: Vec<LimitView>,
    /// The viewer's own: some things one does not do to oneself.
    pub is_own: bool,
}

/// Accounts, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserPage {
    pub users: Vec<UserView>,
    /// Where the next page begins, if there is one.
    pub next: Option<Uuid>,
}

/// Which lines of the ledger are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerFilter {
    /// A whole user name or e-mail address, in any case.
    #[serde(default)]
    pub who: Option<String>,
    /// A word of [`LimitedAction`]; none means all.
    #[serde(default)]
    pub action: Option<String>,
    /// Lines older than that one.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// A line of the ledger as administrators see it: nothing leads to the interview that it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerLine {
    pub id: Uuid,
    pub user_id: Uuid,
    pub username: String,
    pub action: LimitedAction,
    pub reason: EntryReason,
    /// Units: positive when used, negative when given back.
    pub units: i32,
    /// The person's day that it counts for.
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
}

/// Lines of the ledger, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LedgerPage {
    pub lines: Vec<LedgerLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<Uuid>,
}

crate::questions::words! {
    /// How many days an invitation works.
    InvitationDays {
        One = "1",
        Seven = "7",
        Thirty = "30",
    }
}

impl InvitationDays {
    /// The same as a number.
    pub const fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Seven => 7,
            Self::Thirty => 30,
        }
    }
}

/// An invitation that works now. How to use it is not known any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InvitationView {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}
