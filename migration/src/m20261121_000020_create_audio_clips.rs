//! What the interviewer said, as sound.

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
                    .table("audio_clips")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(text_uniq("token_hash"))
                    .col(text("media_type"))
                    .col(blob("bytes"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by_user("audio_clips"))
                    .to_owned(),
            )
            .await?;
        for (name, column) in [
            // What goes with its person.
            ("audio_clips_user_id", "user_id"),
            // What has to be forgotten.
            ("audio_clips_expires_at", "expires_at"),
        ] {
            manager
                .create_index(Index::create().name(name).table("audio_clips").col(column).to_owned())
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audio_clips").to_owned()).await
    }
}
