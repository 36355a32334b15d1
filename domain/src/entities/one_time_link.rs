//! A link that works once. The token is a hash, so that a copy of the table opens no door.

use sea_orm::entity::prelude::*;

/// A link that was handed out and not used yet.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// A word of `LinkPurpose`.
    pub purpose: String,
    /// Whom it is for, if there is an account already.
    pub user_id: Option<Uuid>,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// From then on it counts as gone.
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
