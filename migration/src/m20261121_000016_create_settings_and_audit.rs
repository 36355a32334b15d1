//! What administrators set while the program runs, and the log of what they and the operator do.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("settings")
                    .col(text("key").primary_key())
                    .col(json_binary("value"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("audit_entries")
                    .col(uuid("id").primary_key())
                    // No foreign keys: the line outlives both accounts, and says of neither more than a number.
                    .col(uuid_null("actor_id"))
                    .col(text("action"))
                    .col(uuid_null("subject_id"))
                    .col(json_binary("details"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        for (name, column) in
            [("audit_entries_action_id", "action"), ("audit_entries_subject_id_id", "subject_id")]
        {
            manager
                .create_index(
                    Index::create().name(name).table("audit_entries").col(column).col("id").to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["audit_entries", "settings"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
