//! What goes out about a finished interview.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AssessmentView, Band, Feedback, InterviewSummary, QuestionStatus, RatingView, TurnView};
use crate::material::{Cue, MaterialReport};
use crate::notebook::Mark;
use crate::questions::{Kind, Level, Topic};

/// The report on a finished interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReportView {
    pub interview: InterviewSummary,
    /// Seconds from the first question to the end, pauses left out.
    pub elapsed_seconds: u32,
    pub tally: PointTally,
    /// By topic, in the order in which they came.
    pub competencies: Vec<Competency>,
    /// At most three.
    pub advice: Vec<Advice>,
    pub questions: Vec<ReportQuestion>,
    /// None for an interview on questions of the bank alone, and where the owner does not show it.
    #[serde(default)]
    pub material: Option<MaterialReport>,
}

/// How far the questions of one topic were explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Competency {
    /// None for questions that a model made up: they belong to the field alone.
    pub topic: Option<Topic>,
    pub band: Band,
    /// Questions behind it, skipped ones included.
    pub questions: u32,
}

/// Below so many questions a competency says little.
pub const CONFIDENT_QUESTIONS: u32 = 4;

crate::questions::words! {
    /// What would help.
    AdviceKind {
        /// Answer a question that was skipped.
        Answer = "answer",
        /// Say more than a few words.
        Longer = "longer",
        /// Answer what was asked.
        Reread = "reread",
        /// Explain a point that was left out.
        Explain = "explain",
        /// Say the rest of a point.
        Complete = "complete",
    }
}

/// One thing to do next.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Advice {
    /// The question that it is about.
    pub position: u32,
    pub kind: AdviceKind,
    /// The key point, if it is about one.
    pub point: Option<String>,
}

/// How long the answers to a question took, and how much was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Pace {
    /// From what was asked to the answer, all answers together. None when the interview was paused.
    pub seconds: Option<u32>,
    /// Without blanks.
    pub characters: u32,
    /// Hangul syllables.
    pub syllables: u32,
    pub words: u32,
}

/// How many key points of the answered questions were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PointTally {
    pub covered: u32,
    pub partly: u32,
    pub not_found: u32,
}

/// One main question in a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReportQuestion {
    pub position: u32,
    pub status: QuestionStatus,
    /// The bank's id, or none when a model made the question.
    pub question_id: Option<String>,
    pub question: String,
    /// The words of a material that it is about. None also where the owner does not show them.
    #[serde(default)]
    pub cue: Option<Cue>,
    pub level: Level,
    pub kind: Kind,
    /// Markdown rendered to safe HTML, like the two below.
    pub intent_html: String,
    pub model_answer_html: String,
    pub misconception_html: String,
    pub sources: Vec<String>,
    /// Answers and probes in order; intents and skips are left out.
    pub turns: Vec<TurnView>,
    pub pace: Pace,
    /// The last judgement that is written. None when there was no answer, or while the first is being written.
    pub feedback: Option<Feedback>,
    /// The levels of the feedback in words, when a model gave some.
    pub rating: Option<RatingView>,
    /// A judgement is being written now.
    pub feedback_pending: bool,
    /// What nobody but the owner sees.
    pub own: Option<OwnPart>,
}

/// What a report tells its owner alone about a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnPart {
    /// Every judgement, oldest first.
    pub assessments: Vec<AssessmentView>,
    /// Ids of the key points that the person holds for made.
    pub overridden: Vec<String>,
    /// The band with those; none when the person holds nothing for made.
    pub band_with_overrides: Option<Band>,
    /// The star and the memo in the notebook.
    pub mark: Mark,
}
