//! A question of the day that was changed or answered.

use sea_orm::entity::prelude::*;

/// The question of a person's day. There is a row only once the person has done something about it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "today_questions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// In the person's time zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// The bank's id.
    pub question_id: String,
    /// How often another one was asked for.
    pub swaps: i32,
    /// The interview that it was answered in; none again when that was deleted.
    pub answered_interview_id: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
