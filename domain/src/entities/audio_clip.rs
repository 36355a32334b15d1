//! Something that the interviewer said, as sound. The token is a hash, so that a copy of the table opens nothing.

use sea_orm::entity::prelude::*;

/// A sound that is kept for an hour.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audio_clips")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub media_type: String,
    pub bytes: Vec<u8>,
    /// From then on it counts as gone.
    pub expires_at: DateTimeUtc,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
