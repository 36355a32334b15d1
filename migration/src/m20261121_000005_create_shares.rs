//! Share links to reports.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("shares")
                    .col(uuid("id").primary_key())
                    .col(uuid("interview_id"))
                    .col(text_uniq("token_hash"))
                    .col(boolean("with_name"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("shares", "interview_id")
                            .to("interviews", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("shares_interview_id", "interview_id"),
            // What has to be forgotten.
            ("shares_expires_at", "expires_at"),
        ] {
            manager.create_index(Index::create().name(name).table("shares").col(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("shares").to_owned()).await
    }
}
