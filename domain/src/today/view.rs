//! What goes out about today's question.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::interview::InterviewSummary;
use crate::questions::{Kind, Language, Level, Topic};

/// How often a day another question may be asked for.
pub const SWAPS_MAX: u32 = 3;

/// Today's question, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TodayView {
    /// None when the bank has none for this person.
    pub question: Option<TodayQuestion>,
    /// How often another one was asked for today.
    pub swaps: u32,
    /// The interview that it was answered in, or is being answered in.
    pub answered: Option<InterviewSummary>,
}

impl TodayView {
    /// How often another one may still be asked for.
    pub const fn swaps_left(&self) -> u32 {
        SWAPS_MAX.saturating_sub(self.swaps)
    }
}

/// A question as the card shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TodayQuestion {
    /// The bank's id.
    pub id: String,
    pub question: String,
    pub language: Language,
    pub topic: Option<Topic>,
    pub level: Level,
    pub kind: Kind,
    /// Minutes that a good answer takes.
    pub minutes: u32,
}
