//! A receipt for an account that was deleted.

use sea_orm::entity::prelude::*;

/// When, and how much of each kind. Nothing leads from it to a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deletion_receipts")]
pub struct Model {
    /// Random, and told to nobody but the person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub deleted_at: DateTimeUtc,
    /// `Holdings`.
    pub counts: Json,
}

impl ActiveModelBehavior for ActiveModel {}
