//! The schema of Daedap. Every change is a file of its own, named by date and verb, and is never edited once released.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261121_000001_create_accounts;
mod m20261121_000002_create_interviews;
mod m20261121_000003_create_score_checks;
mod m20261121_000004_create_assessments;
mod m20261121_000005_create_shares;
mod m20261121_000006_create_drill_cards;
mod m20261121_000007_create_notebook_entries;
mod m20261121_000008_add_interviews_retake_of;
mod m20261121_000009_create_today_questions;
mod m20261121_000018_create_deletion_receipts;
mod m20261121_000019_add_retention_and_imported;

pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_create_accounts::Migration),
            Box::new(m20261121_000002_create_interviews::Migration),
            Box::new(m20261121_000003_create_score_checks::Migration),
            Box::new(m20261121_000004_create_assessments::Migration),
            Box::new(m20261121_000005_create_shares::Migration),
            Box::new(m20261121_000006_create_drill_cards::Migration),
            Box::new(m20261121_000007_create_notebook_entries::Migration),
            Box::new(m20261121_000008_add_interviews_retake_of::Migration),
            Box::new(m20261121_000009_create_today_questions::Migration),
            Box::new(m20261121_000018_create_deletion_receipts::Migration),
            Box::new(m20261121_000019_add_retention_and_imported::Migration),
        ]
    }
}
