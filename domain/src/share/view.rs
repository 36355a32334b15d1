//! What comes in and goes out about share links.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::interview::ReportView;

/// Most links to one interview that work at the same time.
pub const SHARES_MAX: u32 = 5;

crate::questions::words! {
    /// How many days a link works.
    ShareDays {
        One = "1",
        Seven = "7",
        Thirty = "30",
    }
}

impl ShareDays {
    /// The same as a number.
    pub const fn count(self) -> u32 {
        match self {
            Self::One => 1,
            Self::Seven => 7,
            Self::Thirty => 30,
        }
    }
}

/// A link to be made, as it was chosen. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct NewShare {
    /// Made by whoever asks, so that asking again makes no second link.
    pub request_id: Uuid,
    /// A word of [`ShareDays`].
    pub days: String,
    /// Whether it says whose report it is.
    pub with_name: bool,
}

/// A link as its owner sees it later on: how to open it is not known any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShareView {
    pub id: Uuid,
    pub with_name: bool,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A link that was just made. It has no `Debug`, so that its token cannot reach a log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct ShareLink {
    pub share: ShareView,
    /// What opens the report. Only its hash is stored.
    pub token: String,
}

/// What somebody with a link reads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SharedReport {
    pub report: ReportView,
    /// How its owner is called; none when the owner did not want to be named.
    pub name: Option<String>,
    pub expires_at: DateTime<Utc>,
    /// IANA name of the owner's time zone: times of the report are told in it.
    pub time_zone: String,
}
