//! A login at another provider that signs a person in.

use sea_orm::entity::prelude::*;

/// Who somebody is at a provider, and whose account that opens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identities")]
pub struct Model {
    /// A word of `Provider`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider: String,
    /// How the provider calls the person, for good: names and addresses change.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub user_id: Uuid,
    /// What the person recognises it by.
    pub label: String,
    pub linked_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
