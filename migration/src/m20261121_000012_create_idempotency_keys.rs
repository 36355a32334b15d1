//! Requests of programs that may be sent again.

use sea_orm_migration::{prelude::*, schema::*};

use super::m20261121_000001_create_accounts::owned_by_user;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("idempotency_keys")
                    .col(uuid("user_id"))
                    .col(text("key_hash"))
                    .col(text("request_hash"))
                    .col(uuid("request_id"))
                    .col(timestamp_with_time_zone("leased_until"))
                    .col(blob_null("reply"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .primary_key(Index::create().col("user_id").col("key_hash"))
                    .foreign_key(&mut owned_by_user("idempotency_keys"))
                    .to_owned(),
            )
            .await?;
        // What has to be forgotten.
        let index = Index::create()
            .name("idempotency_keys_expires_at")
            .table("idempotency_keys")
            .col("expires_at")
            .to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("idempotency_keys").to_owned()).await
    }
}
