//! Personal API tokens.

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
                    .table("api_tokens")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(text("name"))
                    .col(text("scope"))
                    .col(text("origin"))
                    .col(text_uniq("token_hash"))
                    .col(integer("credentials_rev"))
                    .col(timestamp_with_time_zone_null("expires_at"))
                    .col(timestamp_with_time_zone_null("last_used_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by_user("api_tokens"))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("api_tokens_user_id", "user_id"),
            // What has to be forgotten.
            ("api_tokens_expires_at", "expires_at"),
        ] {
            manager
                .create_index(Index::create().name(name).table("api_tokens").col(column).to_owned())
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("api_tokens").to_owned()).await
    }
}
