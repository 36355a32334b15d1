//! What goes out about the answers to one question.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::InterviewerLabel;
use crate::ModelFailure;
use crate::rubric::CriterionId;
use crate::scoring::{Span, Verdict};

crate::questions::words! {
    /// How far the key points of an answer, or of a whole interview, were explained. Never a number:
    /// the built-in interviewer matches words and cannot grade. A point that was made partly counts half of its weight,
    /// one that was made only after a probe three quarters.
    Band {
        /// 설명 충분: every must-point and at least 85 % of the weight.
        Full = "full",
        /// 대체로: every must-point partly at least, and at least 60 % of the weight.
        Mostly = "mostly",
        /// 일부: at least 25 % of the weight.
        Some = "some",
        /// 더 연습.
        Practise = "practise",
        /// Nothing to judge: skipped, empty or too short.
        Unjudged = "unjudged",
    }
}

impl Band {
    /// The place of the band among the four, from 0 for the lowest. What was not judged counts as the lowest beside what was.
    pub const fn rank(self) -> u32 {
        match self {
            Self::Full => 3,
            Self::Mostly => 2,
            Self::Some => 1,
            Self::Practise | Self::Unjudged => 0,
        }
    }

    /// The band at that place.
    pub const fn of_rank(rank: u32) -> Self {
        match rank {
            0 => Self::Practise,
            1 => Self::Some,
            2 => Self::Mostly,
            _ => Self::Full,
        }
    }
}

/// A judgement of the answers to one main question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Feedback {
    pub by: InterviewerLabel,
    /// Set when a model should have judged and could not, so that the built-in interviewer did.
    pub instead_of_model: Option<ModelFailure>,
    pub band: Band,
    /// The band before any probe; none where there was no probe.
    #[serde(default)]
    pub band_before_probes: Option<Band>,
    /// Fewer than about eight content words: nothing is said about the points.
    pub too_short: bool,
    /// Hardly any words have to do with the question: no point is credited.
    #[serde(default)]
    pub off_topic: bool,
    pub points: Vec<PointFeedback>,
    /// Words of the model. The built-in interviewer has none.
    pub comment: Option<Comment>,
    /// Levels by the rubric, from a model alone.
    #[serde(default)]
    pub rating: Option<Rating>,
}

/// What a model holds of an answer by the rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Rating {
    /// Version of the rubric.
    pub rubric: String,
    /// Every criterion that applies; empty when the model failed.
    pub criteria: Vec<CriterionFeedback>,
    /// Why there are none.
    pub failure: Option<ModelFailure>,
}

/// How far one criterion is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CriterionFeedback {
    pub id: CriterionId,
    /// 1 to 5. None when no words of the answer prove a level: that is no low level.
    pub level: Option<u8>,
    /// The words that prove it.
    pub spans: Vec<Span>,
    /// What makes it this level, and what the next one would need.
    pub reason: String,
}

/// What was found of one key point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PointFeedback {
    pub id: String,
    /// The point in one sentence.
    pub say: String,
    pub weight: u32,
    pub must: bool,
    pub verdict: Verdict,
    /// Where in the answers it stands: `answer` counts the candidate's answers to this question from 0.
    pub spans: Vec<Span>,
    /// Found only in an answer to a probe.
    pub after_probe: bool,
    /// The words stand near a negation or match a common misconception, and were not confirmed.
    pub doubtful: bool,
}

/// A model's words on the answers to one question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comment {
    pub good: String,
    pub improve: String,
    /// The sentence to fix first. Its quote stands in the answer to the letter.
    pub sentence: Option<SentenceFix>,
}

/// One sentence of an answer and a better one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SentenceFix {
    pub quote: String,
    pub better: String,
}

/// A rating as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RatingView {
    /// Version of the rubric.
    pub rubric: String,
    pub criteria: Vec<CriterionView>,
    /// Weighted mean of the levels, 1 to 5; none where too few of them are proven, or where numbers are not shown.
    pub total: Option<f32>,
    pub numbers: Numbers,
    /// Why there are no criteria.
    pub failure: Option<ModelFailure>,
}

/// A criterion as it is shown, in the language of the interview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CriterionView {
    pub name: String,
    /// None where nothing proves a level, or where numbers are not shown.
    pub level: Option<u8>,
    /// What an answer of this level is like; none where nothing proves a level.
    pub anchor: Option<String>,
    pub spans: Vec<Span>,
    pub reason: String,
}

crate::questions::words! {
    /// Whether levels are shown as numbers, or in words alone.
    Numbers {
        /// The scorer agrees with the graders of the golden set well enough.
        Shown = "shown",
        /// Nobody has checked this scorer yet.
        Unchecked = "unchecked",
        /// It was checked, and does not agree well enough.
        Unreliable = "unreliable",
    }
}
