//! A browser's session. The key is a hash, so that a copy of the table opens no door.

use sea_orm::entity::prelude::*;

/// A session as it is stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    /// Whose it is, once signed in: it goes when the account goes.
    pub user_id: Option<Uuid>,
    pub data: Json,
    pub expires_at: DateTimeUtc,
    /// Moved once an hour at most.
    pub last_seen_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
