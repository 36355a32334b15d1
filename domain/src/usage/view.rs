//! What administrators see of the calls.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Within;
use crate::ModelFailure;

crate::questions::words! {
    /// What a model is called for: its prompts, and what is no prompt of an interview.
    Purpose {
        Speak = "speak",
        Assess = "assess",
        Dispute = "dispute",
        Rate = "rate",
        Question = "question",
        LetterDraft = "letter-draft",
        LetterPoints = "letter-points",
        /// Any of the calls above, made by a run of the scorer over the golden set.
        ScoreCheck = "score-check",
        /// Speech audio.
        Speech = "speech",
        /// An administrator tries whether the model answers.
        Trial = "trial",
    }
}

crate::questions::words! {
    /// How far back the days go, today included.
    Span {
        Week = "7",
        Month = "30",
        Quarter = "90",
    }
}

impl Span {
    /// The one of that word, else a month: an address that nobody wrote is no mistake of anybody.
    pub fn of(word: Option<&str>) -> Self {
        word.and_then(|word| word.parse().ok()).unwrap_or(Self::Month)
    }

    /// So many days.
    pub const fn days(self) -> u32 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// Everything about the calls of some days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UsageView {
    pub span: Span,
    /// Every UTC day of the span, the oldest first, also those without calls.
    pub days: Vec<DayUsage>,
    /// By model and purpose, in the order of their names.
    pub groups: Vec<GroupUsage>,
    pub total: Figures,
    /// The configured model; none means the built-in interviewer.
    pub model: Option<ModelHealth>,
}

/// The calls of one UTC day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayUsage {
    pub day: NaiveDate,
    pub figures: Figures,
}

/// The calls to one model for one purpose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupUsage {
    pub model: String,
    pub purpose: Purpose,
    pub figures: Figures,
}

/// What some calls come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// All calls, however they ended.
    pub calls: u64,
    /// Given up before their end, because nobody waited any more.
    pub cancelled: u64,
    /// Calls that asked again because an answer had the wrong form.
    pub repairs: u64,
    pub failures: Failures,
    /// Told and estimated ones together.
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
    /// How many of both are estimates.
    pub estimated_tokens: u64,
    /// What half of the answered calls stayed within, and 95 of 100.
    pub answer_half: Option<Within>,
    pub answer_most: Option<Within>,
    pub answer_mean_ms: Option<u32>,
    /// The same up to the first word of a stream.
    pub first_word_half: Option<Within>,
    pub first_word_most: Option<Within>,
    pub first_word_mean_ms: Option<u32>,
    pub cost: Cost,
}

/// How many calls failed, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    pub unreachable: u64,
    pub refused: u64,
    pub limited: u64,
    pub timed_out: u64,
    pub broken: u64,
}

impl Failures {
    /// All of them.
    pub const fn all(&self) -> u64 {
        self.unreachable + self.refused + self.limited + self.timed_out + self.broken
    }

    /// How many failed in this way.
    pub const fn of(&self, kind: ModelFailure) -> u64 {
        match kind {
            ModelFailure::Unreachable => self.unreachable,
            ModelFailure::Refused => self.refused,
            ModelFailure::Limited => self.limited,
            ModelFailure::TimedOut => self.timed_out,
            ModelFailure::Broken => self.broken,
        }
    }
}

/// What calls cost by the prices that are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// US dollars for the tokens whose model has a price; none when none of them has.
    pub dollars: Option<f64>,
    /// Tokens whose model has no price: they are in no sum.
    pub without_price: u64,
}

/// Whether the configured model answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelHealth {
    pub model: String,
    /// The host of its server, and nothing else of the address.
    pub host: Option<String>,
    pub has_price: bool,
    pub last_success: Option<DateTime<Utc>>,
    pub last_failure: Option<LastFailure>,
}

/// The last call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastFailure {
    pub at: DateTime<Utc>,
    pub failure: ModelFailure,
}

/// What came of trying the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trial {
    /// None is configured, so nothing was called.
    NoModel,
    Answered {
        ms: u32,
    },
    Failed(ModelFailure),
}
