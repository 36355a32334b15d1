//! A letter as it was at some time.

use sea_orm::entity::prelude::*;

/// A version of a letter. The latest one is the letter as it stands.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "letter_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub letter_id: Uuid,
    /// A `VersionKind`.
    pub kind: String,
    /// The revision of the letter that it was saved under, last.
    pub revision: i32,
    /// A `LetterContent`.
    pub content: Json,
    /// When it was begun. Saves that follow soon belong to it.
    pub begun_at: DateTimeUtc,
    pub saved_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
