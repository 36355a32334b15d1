//! One judgement of the answers to a main question.

use sea_orm::entity::prelude::*;

/// A judgement, owed or written. None is ever changed once it is written.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "assessments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub interview_id: Uuid,
    /// Position of the main question.
    pub position: i32,
    /// Order among the judgements of this question, from 0.
    pub number: i32,
    /// An `Occasion`.
    pub occasion: String,
    /// It is owed and not written yet.
    pub due: bool,
    /// A `Feedback`.
    pub feedback: Option<Json>,
    /// The `Band` of the feedback, for what counts many.
    pub band: Option<String>,
    /// Why the person disagreed with the judgement before.
    pub dispute: Option<String>,
    /// A `Reply` to that.
    pub reply: Option<Json>,
    /// Until then another worker keeps its hands off.
    pub leased_until: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
