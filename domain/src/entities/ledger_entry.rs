//! One line of the allowance ledger. Lines are only ever added.

use sea_orm::entity::prelude::*;

/// A line of the ledger.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub action: String,
    pub reason: String,
    pub units: i32,
    pub interview_id: Option<Uuid>,
    pub day: Date,
    /// Unique per person: writing the same event twice is one line.
    pub idempotency_key: String,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
