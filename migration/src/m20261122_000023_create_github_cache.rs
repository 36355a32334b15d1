//! What GitHub answered about public profiles, and which one a person looked up last.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("github_cache")
                    .col(text("url").primary_key())
                    .col(text_null("etag"))
                    .col(json_binary("value"))
                    .col(timestamp_with_time_zone("fetched_at"))
                    .to_owned(),
            )
            .await?;
        // What has to be forgotten.
        manager
            .create_index(
                Index::create()
                    .name("github_cache_fetched_at")
                    .table("github_cache")
                    .col("fetched_at")
                    .to_owned(),
            )
            .await?;
        manager
            .alter_table(Table::alter().table("users").add_column(text_null("github_name")).to_owned())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("users").drop_column("github_name").to_owned()).await?;
        manager.drop_table(Table::drop().table("github_cache").to_owned()).await
    }
}
