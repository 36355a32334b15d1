//! A share link. The token is a hash, so that a copy of the table opens no report.

use sea_orm::entity::prelude::*;

/// A link to the report of an interview.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shares")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub interview_id: Uuid,
    /// The request that made it. The same one makes no second link.
    pub request_id: Option<Uuid>,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Whether it says whose report it is.
    pub with_name: bool,
    /// From then on it counts as gone.
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
