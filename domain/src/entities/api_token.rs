//! A personal API token. The secret is a hash, so that a copy of the table opens no door.

use sea_orm::entity::prelude::*;

/// A token of a person's programs.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "api_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub name: String,
    pub scope: String,
    pub origin: String,
    #[sea_orm(unique)]
    pub token_hash: String,
    /// That of the account when the token was made: with another one it is dead.
    pub credentials_rev: i32,
    /// From then on it counts as gone; none when it does not end by itself.
    pub expires_at: Option<DateTimeUtc>,
    /// Written at most once an hour.
    pub last_used_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
