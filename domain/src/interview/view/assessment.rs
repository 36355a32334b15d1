//! What comes in and goes out about judging an answer more than once.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Band, InterviewerLabel};
use crate::scoring::Verdict;

crate::questions::words! {
    /// Why the answers to a question were judged.
    Occasion {
        /// The question was closed.
        First = "first",
        /// The person asked for another judgement.
        Again = "again",
        /// The person disagreed, and said why.
        Dispute = "dispute",
    }
}

/// Most judgements of the answers to one question: with a model each of them costs money.
pub const ASSESSMENTS_MAX: u32 = 5;
/// Most characters of the reason for a dispute.
pub const DISPUTE_MAX: u32 = 1_000;

/// What a person wants judged again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewAssessment {
    /// The main question.
    pub position: u32,
    /// How many judgements the page shows: when there are more, somebody pressed twice.
    pub known: u32,
    /// Why the person disagrees; none asks for another look alone.
    pub dispute: Option<String>,
}

/// One of several judgements of the same answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentView {
    /// Order among the judgements of this question, from 0.
    pub number: u32,
    pub occasion: Occasion,
    /// Why the person disagreed with the judgement before.
    pub dispute: Option<String>,
    /// What was answered to that.
    pub reply: Option<Reply>,
    /// None while it is being written.
    pub result: Option<AssessmentResult>,
}

/// What a judgement came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AssessmentResult {
    pub by: InterviewerLabel,
    pub band: Band,
    /// Mean level by the rubric, where numbers are shown.
    pub total: Option<f32>,
    /// The key points in the order of the question.
    pub verdicts: Vec<Verdict>,
}

/// The answer to a dispute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reply {
    /// The model's reasons. The built-in interviewer has none but those below.
    pub text: Option<String>,
    /// What is still missing, for each point that is not covered after reading again.
    pub points: Vec<PointReason>,
}

/// Why a point is not covered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PointReason {
    /// The point in one sentence.
    pub say: String,
    /// The judgement before and after reading again.
    pub before: Verdict,
    pub after: Verdict,
    /// Words of the answers that come closest.
    pub nearest: Option<String>,
    /// Terms that were looked for near them and not found, in the words of the bank.
    pub missing: Vec<String>,
    /// The words were found, but in a negation.
    pub negated: bool,
    /// The words were found, but as a mere list.
    pub listed: bool,
}
