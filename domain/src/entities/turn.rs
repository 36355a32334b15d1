//! Something said in an interview.

use sea_orm::entity::prelude::*;

/// A turn, of the interviewer or the candidate.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "turns")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub interview_id: Uuid,
    /// Order within the interview, from 0.
    pub number: i32,
    pub position: i32,
    pub speaker: String,
    pub kind: String,
    pub status: String,
    pub attempt: i32,
    pub text: String,
    /// For a probe: the `Probe` that the rules chose, so that nothing is asked twice.
    pub probe: Option<Json>,
    /// An `InterviewerLabel`, for turns of the interviewer.
    pub spoken_by: Option<Json>,
    /// A `Problem`, when it failed.
    pub problem: Option<Json>,
    /// Made by the browser with an answer: the same id is the same answer.
    pub request_id: Option<Uuid>,
    /// Until then another worker keeps its hands off.
    pub leased_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
