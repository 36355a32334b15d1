//! Somebody whom a provider knows and Daedap does not yet.

use sea_orm::entity::prelude::*;

/// What the provider said, until the person has chosen a name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "unfinished_sign_ups")]
pub struct Model {
    /// Of the cookie of the browser that came back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub browser_hash: String,
    pub provider: String,
    pub subject: String,
    pub label: String,
    /// A suggestion; empty when there is none.
    pub username: String,
    /// A suggestion; empty when there is none.
    pub email: String,
    pub next: Option<String>,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
