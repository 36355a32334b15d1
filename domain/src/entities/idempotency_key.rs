//! A request that a program may send again. Neither the key nor the request nor the reply can be read from it.

use sea_orm::entity::prelude::*;

/// A request by its key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    /// Tells another request under the same key.
    pub request_hash: String,
    /// What the work is known by where it makes something, so that work that is taken up again finds what was made.
    pub request_id: Uuid,
    /// Until then somebody is at work, unless there is a reply.
    pub leased_until: DateTimeUtc,
    /// Sealed. None until the work is done.
    pub reply: Option<Vec<u8>>,
    /// From then on it counts as gone.
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
