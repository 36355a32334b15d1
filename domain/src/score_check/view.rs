//! What goes out about checks of the scorer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::Problem;
use crate::interview::{InterviewerLabel, Numbers};

/// What [`Figure::on`] is for the band.
pub const BAND: &str = "band";

crate::questions::words! {
    /// What a figure measures.
    Measure {
        /// Share of the points held for covered that the graders found, too.
        PointPrecision = "point-precision",
        /// Share of the points the graders found that are held for covered.
        PointRecall = "point-recall",
        /// The same, where partly is enough.
        PointRecallWithPartly = "point-recall-with-partly",
        /// Agreement with the graders.
        Kappa = "kappa",
        /// Agreement among the graders.
        KappaOfGraders = "kappa-of-graders",
        /// Credit for answers to other questions.
        WrongQuestion = "wrong-question",
        /// Credit for repeating the question.
        QuestionEcho = "question-echo",
        /// Mean change by words without content.
        Padding = "padding",
        PaddingRise = "padding-rise",
        /// Mean change by an order to the grader.
        Orders = "orders",
        OrdersRise = "orders-rise",
        /// Mean difference between the languages.
        LanguageSwitch = "language-switch",
        /// Share of the answers that are judged the same each time.
        Repeatability = "repeatability",
    }
}

/// What is asked of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = FigureTarget)]
pub enum Target {
    AtLeast(f64),
    AtMost(f64),
}

/// One figure of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Figure {
    pub measure: Measure,
    /// For a kappa: [`BAND`], or the id of a criterion.
    pub on: Option<String>,
    pub value: f64,
    /// None where it is told, not asked for.
    pub target: Option<Target>,
    /// The same figure of the run before.
    pub before: Option<f64>,
}

impl Figure {
    /// Whether it is what is asked for.
    pub fn holds(&self) -> bool {
        match self.target {
            Some(Target::AtLeast(least)) => self.value >= least,
            Some(Target::AtMost(most)) => self.value <= most,
            None => true,
        }
    }

    /// How far it moved since the run before.
    pub fn drift(&self) -> Option<f64> {
        self.before.map(|before| self.value - before)
    }
}

/// A run with all its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunView {
    pub at: DateTime<Utc>,
    pub scorer: InterviewerLabel,
    /// Version of the rubric.
    pub rubric: String,
    pub answers: u32,
    /// Judgements that failed.
    pub failed: u32,
    /// How often the same answer was judged for [`Measure::Repeatability`].
    pub repeats: u32,
    pub figures: Vec<Figure>,
}

/// A run in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunLine {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub scorer: InterviewerLabel,
    /// Version of the rubric.
    pub rubric: String,
    pub answers: u32,
    pub failed: u32,
    /// Agreement with the graders on the band.
    pub band_kappa: Option<f64>,
    /// Figures that are not what is asked for.
    pub missed: u32,
    pub shows_numbers: bool,
}

/// What the program is doing about it now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    #[default]
    Idle,
    Running {
        done: u32,
        all: u32,
    },
    /// The last run that was started here came to nothing.
    Failed(Problem),
}

/// Everything about the scorer that is configured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScoreCheckView {
    pub scorer: InterviewerLabel,
    /// Version of the rubric.
    pub rubric: String,
    /// Whether its levels are shown as numbers.
    pub numbers: Numbers,
    /// Its last run, whatever the version of its rules or prompts then was.
    pub last: Option<RunView>,
    /// Runs before that one, of other scorers too, newest first.
    pub earlier: Vec<RunLine>,
    pub state: RunState,
    /// Calls to the model that a run makes at most, repairs left out; none without a model.
    pub calls: Option<u32>,
}
