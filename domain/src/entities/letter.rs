//! A cover letter.

use sea_orm::entity::prelude::*;

/// A cover letter as it stands. What it was before is in its versions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "letters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// What the person made it under; unique for each person.
    pub request_id: Uuid,
    /// Raised by every save.
    pub revision: i32,
    /// Copied out of the content for the list, like the two below.
    pub title: String,
    pub company: String,
    pub role: String,
    /// A `LetterContent`.
    pub content: Json,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
