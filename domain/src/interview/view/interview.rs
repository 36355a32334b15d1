//! What goes out about an interview as a whole.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Band;
use crate::questions::{Field, Language, Level};

crate::questions::words! {
    /// When the person reads the feedback.
    Mode {
        /// After each question.
        Coaching = "coaching",
        /// At the end, as in a real interview.
        Realistic = "realistic",
    }
}

crate::questions::words! {
    /// Where an interview stands.
    Status {
        Running = "running",
        /// 쉬어가기: the clock stands still and no answer is taken.
        Paused = "paused",
        Finished = "finished",
        /// The interviewer failed before its first word. The allowance was given back.
        Failed = "failed",
    }
}

crate::questions::words! {
    /// Where one main question of an interview stands.
    QuestionStatus {
        /// Not asked yet, and never asked when the interview ended early.
        Pending = "pending",
        /// The one that is being talked about.
        Open = "open",
        Answered = "answered",
        Skipped = "skipped",
    }
}

crate::questions::words! {
    /// Which engine interviews.
    InterviewerKind {
        /// Rules over the question bank.
        Builtin = "builtin",
        /// A language model behind the OpenAI-compatible API.
        Model = "model",
    }
}

/// What produced a text or a judgement, stored with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InterviewerLabel {
    pub kind: InterviewerKind,
    /// The model's name; none for the built-in interviewer.
    pub model: Option<String>,
    /// Version of the prompt or of the built-in rules.
    pub version: String,
}

/// An interview in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct InterviewSummary {
    pub id: Uuid,
    pub field: Field,
    pub topics: Vec<String>,
    pub level: Level,
    pub language: Language,
    pub mode: Mode,
    pub status: Status,
    pub interviewer: InterviewerLabel,
    pub question_count: u32,
    /// Main questions that were answered or skipped.
    pub questions_done: u32,
    /// None until it is finished.
    pub band: Option<Band>,
    pub started_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    /// The interview that this one repeats. It may have been deleted since.
    pub retake_of: Option<Uuid>,
}

/// Which interviews to list. Everything empty lists all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HistoryFilter {
    /// A word of [`Field`].
    #[serde(default)]
    pub field: Option<String>,
    /// A word of [`Band`], or `running` for those that are not finished.
    #[serde(default)]
    pub result: Option<String>,
    /// First day, in the person's time zone, as `YYYY-MM-DD`.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day, in the person's time zone, as `YYYY-MM-DD`.
    #[serde(default)]
    pub to: Option<String>,
    /// The last interview of the page before.
    #[serde(default)]
    pub after: Option<Uuid>,
}

/// A page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HistoryPage {
    pub interviews: Vec<InterviewSummary>,
    /// To be sent as [`HistoryFilter::after`] for the next page; none on the last.
    pub next: Option<Uuid>,
}
