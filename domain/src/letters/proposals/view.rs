//! What comes in and goes out about proposals.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::interview::InterviewerLabel;
use crate::{Problem, letters::checks::Passage};

/// Most characters of an instruction.
pub const INSTRUCTION_MAX: u32 = 1_000;
/// Most characters of a draft.
pub const DRAFT_MAX: u32 = 10_000;

crate::questions::words! {
    /// What is proposed.
    ProposalKind {
        /// A text for one item.
        Draft = "draft",
        /// Points to improve, each with words of the letter.
        Points = "points",
    }
}

crate::questions::words! {
    /// How far a proposal is.
    ProposalStatus {
        Running = "running",
        Done = "done",
        /// It ended early. What had come until then stands.
        Failed = "failed",
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewProposal {
    /// Made by the caller. Asking twice under one id makes one proposal.
    pub request_id: Uuid,
    /// A `ProposalKind`.
    pub kind: String,
    /// The item to write; none for points, which are about all of them.
    pub item_id: Option<Uuid>,
    /// What is to be different, in the person's words. With one, the answer as it stands is revised; without, a new one is written.
    #[serde(default)]
    pub instruction: String,
}

/// What is proposed, or is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProposalView {
    pub id: Uuid,
    pub kind: ProposalKind,
    pub item_id: Option<Uuid>,
    pub status: ProposalStatus,
    pub instruction: String,
    /// The draft, as far as it has come.
    pub text: String,
    /// Numbers of the draft that stand in nothing that the person told.
    pub unsupplied: Vec<Passage>,
    /// Points to improve, each proven by words of the letter.
    pub points: Vec<ImprovementPoint>,
    /// Who made it.
    pub by: InterviewerLabel,
    /// Why it failed.
    pub problem: Option<Problem>,
    pub created_at: DateTime<Utc>,
}

/// Something that a reader would improve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImprovementPoint {
    pub item_id: Uuid,
    /// Words of the answer, where they stand in it.
    pub passage: Passage,
    /// What is weak about them.
    pub why: String,
    /// What to do about it.
    pub todo: String,
}

/// What happens to a proposal on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum ProposalEvent {
    /// More of the text. `at` is the byte of the text at which these words stand; what was there from it on is void.
    Delta { at: u32, text: String },
    /// It is over, well or badly.
    Ended { proposal: Box<ProposalView> },
}
