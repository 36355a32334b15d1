//! Links that work once: a new password, an invitation, the first administrator.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000001_create_accounts::owned_by_user;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("one_time_links")
                    .col(uuid("id").primary_key())
                    .col(text("purpose"))
                    .col(uuid_null("user_id"))
                    .col(text_uniq("token_hash"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by_user("one_time_links"))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            ("one_time_links_user_id", "user_id"),
            // What has to be forgotten.
            ("one_time_links_expires_at", "expires_at"),
        ] {
            manager
                .create_index(Index::create().name(name).table("one_time_links").col(column).to_owned())
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("one_time_links").to_owned()).await
    }
}
