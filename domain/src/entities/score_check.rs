//! A run of a scorer over the golden set.

use sea_orm::entity::prelude::*;

/// What came of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "score_checks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The scorer by its kind and model, without the version of its rules or prompts: runs of the same are compared.
    pub scorer: String,
    /// A `ScoreCheck`.
    pub result: Json,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
