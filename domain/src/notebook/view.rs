//! What comes in and goes out about the notebook.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::interview::{Band, QuestionStatus};
use crate::questions::{Field, Language, Topic};

/// Most characters of a memo.
pub const MEMO_MAX: u32 = 5_000;

crate::questions::words! {
    /// Which entries to list.
    NotebookFilter {
        /// The last answer fell short, or there was none.
        Missed = "missed",
        Favourites = "favourites",
        Memos = "memos",
        All = "all",
    }
}

/// The question that a star or a memo belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// An entry of the notebook.
    Entry(Uuid),
    /// A question that was asked in an interview, whether it has an entry or not.
    Asked { interview: Uuid, position: u32 },
    /// A question of the bank or a past question by its key, whether it was ever asked or not.
    Question { key: String, language: Language },
}

/// The star and the memo of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mark {
    pub target: Target,
    pub favourite: bool,
    pub memo: String,
}

/// What came of saving a memo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MemoOutcome {
    Saved,
    /// It was changed elsewhere since the page read it, to this. Nothing was saved.
    ChangedElsewhere(String),
}

/// A page of the notebook, what was touched last first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NotebookPage {
    pub entries: Vec<NotebookEntry>,
    /// Whether another page follows.
    pub more: bool,
}

/// A question in the notebook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NotebookEntry {
    pub id: Uuid,
    /// The bank's id, or a key of its own for a question that a model made.
    pub question_key: String,
    pub field: Field,
    pub topic: Option<Topic>,
    pub language: Language,
    pub question: String,
    /// Of the last time; none when it was skipped, or is still open.
    pub band: Option<Band>,
    pub missed: bool,
    /// How often it was answered or skipped.
    pub times_asked: u32,
    /// Where its last report is; none when the interview goes on or was deleted.
    pub report: Option<ReportLink>,
    pub mark: Mark,
}

/// Before the key of a question that a model made, where one of the bank has its id.
pub const MADE: &str = "made:";

impl NotebookEntry {
    /// The bank's id; none when a model made the question.
    pub fn bank_id(&self) -> Option<&str> {
        (!self.question_key.starts_with(MADE)).then_some(self.question_key.as_str())
    }
}

/// A place in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportLink {
    pub interview: Uuid,
    pub position: u32,
}

/// What else there is to a question of the notebook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NotebookQuestion {
    /// Markdown rendered to safe HTML, like the one below. Empty when the question is not known any more.
    pub intent_html: String,
    pub model_answer_html: String,
    /// The latest few, newest first.
    pub answers: Vec<EarlierAnswer>,
}

/// What the person said to a question in one interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EarlierAnswer {
    pub at: DateTime<Utc>,
    pub status: QuestionStatus,
    /// None when it was skipped, or while the feedback is being written.
    pub band: Option<Band>,
    /// The answers to the question and its probes, in order.
    pub answers: Vec<String>,
    /// None while the interview goes on.
    pub report: Option<ReportLink>,
}
