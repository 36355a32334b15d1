//! A document.

use sea_orm::entity::prelude::*;

/// A résumé or a job posting of a person. The file that it was read from is not kept.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "documents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    /// What the request that made it is known by. Unique for its person.
    pub request_id: Uuid,
    /// A `DocumentKind`.
    pub kind: String,
    pub title: String,
    pub text: String,
    /// How many it has, so that a list need not read it.
    pub characters: i32,
    /// A `FileKind`; none when it was typed or pasted.
    pub file: Option<String>,
    /// Counts its changes.
    pub revision: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
