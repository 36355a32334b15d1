//! What comes in and goes out about progress.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::interview::Band;
use crate::questions::{Field, Topic};

/// How many days back progress looks.
pub const DAYS_BACK: u32 = 365;
/// Most interviews that it looks at, the latest.
pub const INTERVIEWS_MAX: u32 = 500;
/// Most questions of a topic that its profile counts, the latest.
pub const PROFILE_QUESTIONS: u32 = 10;
/// Weeks of the practice calendar, this one included.
pub const WEEKS: u32 = 12;

/// Which scores to show. Everything empty shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProgressFilter {
    /// A word of [`Field`].
    #[serde(default)]
    pub field: Option<String>,
    /// The id of a topic of that field.
    #[serde(default)]
    pub topic: Option<String>,
}

/// Everything that the page shows. Days are the person's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProgressView {
    pub scores: Scores,
    pub practice: Practice,
    /// The weakest topic first; those in which nothing could be judged last.
    pub profiles: Vec<TopicProfile>,
    /// There are interviews beyond [`DAYS_BACK`] or [`INTERVIEWS_MAX`], which do not count here.
    pub is_cut: bool,
}

/// How far interviews were explained over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Scores {
    /// Fields that can be chosen: those with finished interviews, and the chosen one.
    pub fields: Vec<Field>,
    /// The chosen field; none for all.
    pub field: Option<Field>,
    /// Topics that can be chosen: those of the field that were asked about, and the chosen one.
    pub topics: Vec<Topic>,
    /// The chosen topic; none for all of the field.
    pub topic: Option<String>,
    /// Oldest first.
    pub points: Vec<ScorePoint>,
}

/// One finished interview, or its questions on one topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScorePoint {
    pub interview_id: Uuid,
    /// The day on which it ended.
    pub day: NaiveDate,
    /// Mean of the ranks of its questions, 0 to 3. It places the point and is never shown as a number.
    pub mean: f32,
    /// The band nearest to the mean.
    pub band: Band,
    pub worst: Band,
    pub best: Band,
    /// Questions behind it, skipped ones included.
    pub questions: u32,
}

/// On which days the person practised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Practice {
    pub today: NaiveDate,
    /// Days in a row up to today, or up to yesterday while today may still be added.
    pub current_streak: u32,
    /// Within [`DAYS_BACK`].
    pub longest_streak: u32,
    /// Oldest first; the last one is this week.
    pub weeks: Vec<PracticeWeek>,
}

/// Seven days from a Monday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PracticeWeek {
    pub monday: NaiveDate,
    pub days: Vec<PracticeDay>,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PracticeDay {
    pub day: NaiveDate,
    /// How often a question was answered.
    pub answers: u32,
}

crate::questions::words! {
    /// How the last questions of a topic went, compared with those before.
    Trend {
        Rising = "rising",
        Steady = "steady",
        Falling = "falling",
    }
}

/// How far the last questions of a topic were explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TopicProfile {
    pub topic: Topic,
    pub band: Band,
    /// Questions behind it, skipped ones included; at most [`PROFILE_QUESTIONS`].
    pub questions: u32,
    /// None where there are too few questions to tell.
    pub trend: Option<Trend>,
}
