//! One line of the audit log. No line is ever changed.

use sea_orm::entity::prelude::*;

/// A line of the log.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who did it; none for the operator's command line.
    pub actor_id: Option<Uuid>,
    pub action: String,
    /// Whom it was done to. The account may be gone.
    pub subject_id: Option<Uuid>,
    pub details: Json,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
