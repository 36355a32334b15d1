//! How far the scorer can be believed: it is run over the golden set, whose answers were graded before.
//!
//! The set and how it was made: `golden/README.md`.

mod view;

#[cfg(not(target_family = "wasm"))]
mod current;
#[cfg(not(target_family = "wasm"))]
mod figures;
#[cfg(not(target_family = "wasm"))]
mod golden;
#[cfg(not(target_family = "wasm"))]
mod measure;
#[cfg(not(target_family = "wasm"))]
mod plan;
#[cfg(not(target_family = "wasm"))]
mod run;
#[cfg(not(target_family = "wasm"))]
pub mod service;

pub use view::{BAND, Figure, Measure, RunLine, RunState, RunView, ScoreCheckView, Target};

#[cfg(not(target_family = "wasm"))]
pub use {
    current::{CurrentRun, Progress, Run},
    figures::{band_kappa, figures},
    golden::{GoldenAnswer, GoldenError, Grade, golden_set},
    plan::{Effort, Plan, plan},
    run::run,
};

use serde::{Deserialize, Serialize};

use crate::interview::InterviewerLabel;

/// Below this agreement with the graders a scorer's levels are not shown as numbers.
/// Landis and Koch (1977) call up to 0.40 "fair" and what lies above it "moderate".
pub const KAPPA_MIN: f64 = 0.4;

/// What came of one run over the golden set. Shares are between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreCheck {
    pub scorer: InterviewerLabel,
    pub rubric: String,
    /// Answers that were judged.
    pub answers: u32,
    /// Judgements that failed. They count nowhere else.
    pub failed: u32,
    pub points: PointAgreement,
    /// Agreement with the graders: on the band, and on each criterion that the scorer gives levels for.
    pub agreements: Vec<Agreement>,
    /// Share of the weight of all points that is credited to answers to other questions.
    pub wrong_question_credit: f64,
    /// The same for answers that repeat the question.
    pub question_echo_credit: f64,
    /// Words without content are added behind an answer.
    pub padding: Change,
    /// An answer is told to be given full marks.
    pub injection: Change,
    /// The same answer in the other language.
    pub language_switch: Change,
    pub repeats: Repeats,
}

/// How the key points that the scorer finds compare with those that the graders found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PointAgreement {
    /// Share of the points it holds for covered that the graders found, too.
    pub precision: f64,
    /// Share of the points the graders found that it holds for covered.
    pub recall: f64,
    /// The same, where partly is enough.
    pub recall_with_partly: f64,
    /// Points of which the graders are sure that they were made, and not made. The others are left out.
    pub made: u32,
    pub not_made: u32,
}

/// Quadratic weighted kappa (Cohen 1968): 1 is perfect, 0 is chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// [`BAND`], or the id of a criterion.
    pub on: String,
    /// Between the scorer and each grader, on average.
    pub kappa: f64,
    /// Between the graders.
    pub graders: f64,
    pub answers: u32,
}

/// How much a change that should change nothing does change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Mean change of the share of the points' weight.
    pub mean: f64,
    /// The largest rise.
    pub largest_rise: f64,
    pub answers: u32,
}

/// Whether the same answer is judged alike each time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    /// Runs of each answer.
    pub runs: u32,
    pub answers: u32,
    /// Answers that were judged the same to the byte each time.
    pub identical: u32,
}

impl ScoreCheck {
    /// Whether the scorer's levels may be shown as numbers: on every criterion it agrees with the graders well enough.
    /// A scorer that gives no levels has none to show.
    pub fn shows_numbers(&self) -> bool {
        let mut criteria = self.agreements.iter().filter(|agreement| agreement.on != BAND).peekable();
        criteria.peek().is_some() && criteria.all(|agreement| agreement.kappa >= KAPPA_MIN)
    }
}
