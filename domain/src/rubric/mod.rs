//! The rubric: what answers are judged by besides their key points, with an anchor for each level, in both languages.
//!
//! The text is `rubric/rubric.toml`. It is public in the app, and its version is stored with every judgement that uses it.

#[cfg(not(target_family = "wasm"))]
mod load;
#[cfg(not(target_family = "wasm"))]
mod total;

#[cfg(not(target_family = "wasm"))]
pub use {load::rubric, total::total};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::questions::{Kind, Language};

/// Levels of a criterion: 1 is the lowest.
pub const LEVELS: usize = 5;

crate::questions::words! {
    /// What an answer is judged by.
    CriterionId {
        Accuracy = "accuracy",
        Depth = "depth",
        SituationActionResult = "situation-action-result",
        OwnPart = "own-part",
        Structure = "structure",
        Communication = "communication",
    }
}

/// All criteria of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    pub version: String,
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
}

/// One criterion with its anchors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: CriterionId,
    /// The kinds of question that it applies to.
    pub kinds: Vec<Kind>,
    /// Share of the total, relative to the other criteria that apply.
    pub weight: u32,
    pub ko: CriterionText,
    pub en: CriterionText,
}

/// The words of a criterion in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionText {
    pub name: String,
    /// What it asks of an answer.
    pub asks: String,
    /// What an answer of each level is like, the lowest first.
    pub levels: [String; LEVELS],
}

impl Criterion {
    /// Its words in a language.
    pub fn text(&self, language: Language) -> &CriterionText {
        match language {
            Language::Korean => &self.ko,
            Language::English => &self.en,
        }
    }
}

impl Rubric {
    /// The criteria that apply to a kind of question.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.kinds.contains(&kind))
    }

    /// The criterion of that id.
    pub fn criterion(&self, id: CriterionId) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }
}
