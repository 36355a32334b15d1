//! Somebody who was sent to a provider and is expected back.

use sea_orm::entity::prelude::*;

/// What has to be known when the person comes back. What the browser brings is a hash here.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub state_hash: String,
    /// Of the cookie of the browser that was sent.
    pub browser_hash: String,
    pub provider: String,
    pub verifier: String,
    pub nonce: String,
    /// A word of `Wish`.
    pub wish: String,
    /// The page to go on to.
    pub next: Option<String>,
    /// Who wants to link.
    pub user_id: Option<Uuid>,
    pub expires_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
