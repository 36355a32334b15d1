//! What a model is told when it asks about a material, or compares it with answers. All of it is the person's own and stands in the
//! user role.

use super::{Cue, Material};
use crate::interview::InterviewerLabel;
use crate::questions::{Field, Language, Level};

/// A question is to be asked about a material.
#[derive(Clone, Debug)]
pub struct AskBrief {
    pub field: Field,
    pub level: Level,
    pub language: Language,
    /// All of the interview's: the cue says which one it is about.
    pub materials: Vec<Material>,
    /// The statement that rules have chosen, and what is to be asked.
    pub cue: Cue,
    /// Words of the materials that other questions are about.
    pub taken: Vec<String>,
    /// Questions that were asked, in this interview.
    pub asked: Vec<String>,
}

/// A question in the words of a model, with words of the material that were found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// To the letter as it stands in the material of the cue.
    pub quote: String,
    pub question: String,
    pub by: InterviewerLabel,
}

/// Materials are to be compared with answers.
#[derive(Clone, Debug)]
pub struct CompareBrief {
    pub language: Language,
    pub materials: Vec<Material>,
    /// The position of the question, and what was answered.
    pub answers: Vec<(u32, String)>,
}
