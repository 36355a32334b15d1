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
mod m20261121_000010_create_api_tokens;
mod m20261121_000011_add_interviews_chat_topic;
mod m20261121_000012_create_idempotency_keys;
mod m20261121_000013_create_identities;
mod m20261121_000014_create_one_time_links;
mod m20261121_000015_add_users_banned_at;
mod m20261121_000016_create_settings_and_audit;
mod m20261121_000017_create_model_usage;
mod m20261121_000018_create_deletion_receipts;
mod m20261121_000019_add_retention_and_imported;
mod m20261121_000020_create_audio_clips;
mod m20261122_000021_create_letters;
mod m20261122_000022_create_documents;
mod m20261122_000027_add_shares_request_id;

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
            Box::new(m20261121_000010_create_api_tokens::Migration),
            Box::new(m20261121_000011_add_interviews_chat_topic::Migration),
            Box::new(m20261121_000012_create_idempotency_keys::Migration),
            Box::new(m20261121_000020_create_audio_clips::Migration),
            Box::new(m20261121_000013_create_identities::Migration),
            Box::new(m20261121_000014_create_one_time_links::Migration),
            Box::new(m20261121_000015_add_users_banned_at::Migration),
            Box::new(m20261121_000016_create_settings_and_audit::Migration),
            Box::new(m20261121_000017_create_model_usage::Migration),
            Box::new(m20261121_000018_create_deletion_receipts::Migration),
            Box::new(m20261121_000019_add_retention_and_imported::Migration),
            Box::new(m20261122_000021_create_letters::Migration),
            Box::new(m20261122_000022_create_documents::Migration),
            Box::new(m20261122_000027_add_shares_request_id::Migration),
        ]
    }
}

/// The names of all changes, the oldest first, as a database keeps those that it has been through.
pub fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}
