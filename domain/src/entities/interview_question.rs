//! One main question of an interview.

use sea_orm::entity::prelude::*;

/// A main question at its position.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "interview_questions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub interview_id: Uuid,
    pub position: i32,
    /// The bank's id; none when the question is to be made, or was made, by a model.
    pub question_id: Option<String>,
    /// The whole `Question` as it was asked; none until a model has made it.
    pub question: Option<Json>,
    /// A `Cue`, when it is about a material of the interview.
    pub cue: Option<Json>,
    pub status: String,
}

impl ActiveModelBehavior for ActiveModel {}
