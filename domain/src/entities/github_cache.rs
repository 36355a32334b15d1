//! Something that GitHub answered: public, and nobody's.

use sea_orm::entity::prelude::*;

/// What is kept of an answer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "github_cache")]
pub struct Model {
    /// The address that was asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub url: String,
    /// The version, as GitHub names it.
    pub etag: Option<String>,
    pub value: Json,
    /// When it was fetched, or found to be the same.
    pub fetched_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
