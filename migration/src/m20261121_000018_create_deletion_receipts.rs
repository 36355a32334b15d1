//! Receipts for accounts that were deleted. They name nobody.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("deletion_receipts")
                    .col(uuid("id").primary_key())
                    .col(timestamp_with_time_zone("deleted_at"))
                    .col(json_binary("counts"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("deletion_receipts_deleted_at")
                    .table("deletion_receipts")
                    // What has to be forgotten.
                    .col("deleted_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("deletion_receipts").to_owned()).await
    }
}
