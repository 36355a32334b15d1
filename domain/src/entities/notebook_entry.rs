//! An entry of the notebook.

use sea_orm::entity::prelude::*;

/// A question that a person was asked. What it shows is copied: the entry outlives the interview.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "notebook_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// The bank's id, or `made:` and the id of the interview's question. Unique with the language.
    pub question_key: String,
    pub language: String,
    pub field: String,
    pub topic: Option<String>,
    /// What the interviewer said.
    pub question: String,
    /// Where it was asked last. The interview may have been deleted since.
    pub interview_id: Uuid,
    pub position: i32,
    /// A `Band`, of the last time; none when it was skipped, or is still open.
    pub last_band: Option<String>,
    /// The last answer that could be judged fell short, or there was none.
    pub missed: bool,
    /// How often it was answered or skipped.
    pub times_asked: i32,
    pub favourite: bool,
    pub memo: String,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
