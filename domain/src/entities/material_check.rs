//! Comparing the materials of an interview with its answers.

use sea_orm::entity::prelude::*;

/// Whether it was done, and what it found.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "material_checks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub interview_id: Uuid,
    /// It is owed once the interview is over.
    pub due: bool,
    /// A `Compared`.
    pub found: Option<Json>,
    /// Until then another worker keeps its hands off.
    pub leased_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
