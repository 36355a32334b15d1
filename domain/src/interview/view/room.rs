//! What comes in and goes out while an interview goes on.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Feedback, InterviewSummary, Status};
use crate::Problem;
use crate::material::Cue;

crate::questions::words! {
    /// Who speaks in a turn.
    Speaker {
        Interviewer = "interviewer",
        Candidate = "candidate",
    }
}

crate::questions::words! {
    /// What a turn does in the conversation.
    TurnKind {
        /// A main question, with the greeting before it when it is the first.
        Question = "question",
        /// A follow-up on what was said (꼬리질문).
        Probe = "probe",
        /// The candidate's words, to a question or a probe.
        Answer = "answer",
        /// The candidate leaves the question.
        Skip = "skip",
        /// The candidate asks why a question is asked.
        AskIntent = "ask-intent",
        /// The interviewer says why.
        Intent = "intent",
        /// The last words of the interviewer.
        Closing = "closing",
    }
}

crate::questions::words! {
    /// Whether a turn is still being spoken.
    TurnStatus {
        Running = "running",
        Done = "done",
        /// The interviewer failed in it. It can be tried again.
        Failed = "failed",
    }
}

/// Everything that the interview room shows when it is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RoomView {
    pub interview: InterviewSummary,
    /// Position of the open question, from 0; equal to the count when none is left.
    pub position: u32,
    /// Seconds spent so far, pauses left out.
    pub elapsed_seconds: u32,
    pub turns: Vec<TurnView>,
    /// Feedback that may be read now: in coaching mode, on the questions that are closed.
    pub feedback: Vec<QuestionFeedback>,
    /// What was typed and not sent yet.
    pub draft: String,
    /// Whether the intent of the open question was not asked for yet.
    pub can_ask_intent: bool,
}

impl RoomView {
    /// The number that the next turn of the candidate will get, when it is the candidate's turn.
    pub fn awaited_turn(&self) -> Option<u32> {
        let last = self.turns.last()?;
        let interviewer_is_done = last.speaker == Speaker::Interviewer && last.status == TurnStatus::Done;
        (interviewer_is_done && self.interview.status == Status::Running && last.kind != TurnKind::Closing)
            .then_some(last.number + 1)
    }
}

/// Something said in an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TurnView {
    /// Order within the interview, from 0.
    pub number: u32,
    /// The main question that it belongs to.
    pub position: u32,
    pub speaker: Speaker,
    pub kind: TurnKind,
    pub status: TurnStatus,
    /// How often the interviewer began this turn. A new attempt starts the text afresh.
    pub attempt: u32,
    /// Plain text, complete when the turn is done.
    pub text: String,
    /// Set when the turn failed.
    pub problem: Option<Problem>,
    pub at: DateTime<Utc>,
    /// The words of a material that a main question is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
}

/// The feedback on one main question of an interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuestionFeedback {
    pub position: u32,
    /// None while it is being written.
    pub feedback: Option<Feedback>,
}

/// What the room hears while it is open.
///
/// It is written as `{"delta": {…}}`: a tag among the fields would bring a second parser of every field into the WASM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoomEvent {
    /// A turn exists: a new one, or one that was missed. Its text may be incomplete.
    Started { turn: TurnView },
    /// More words of a running turn: they go after the first `offset` bytes of the text of that attempt.
    Delta { number: u32, attempt: u32, offset: u32, text: String },
    /// The turn is whole.
    Finished { turn: TurnView },
    /// The interviewer failed in this turn.
    Failed { turn: TurnView },
    /// Feedback on a question may be read, or is being written.
    Scored { feedback: QuestionFeedback },
    /// Status, position or clock changed.
    Changed { status: Status, position: u32, elapsed_seconds: u32, can_ask_intent: bool },
}

/// What the candidate does in the room, all at the turn that the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoomAction {
    Skip,
    AskIntent,
    Pause,
    Resume,
    /// End the interview now.
    Finish,
    /// Let the interviewer say the rest of its turn at once.
    Stop,
    /// Try a failed turn again.
    Retry,
    /// Try a failed turn again, and go on with the built-in interviewer from here.
    RetryBuiltin,
}
