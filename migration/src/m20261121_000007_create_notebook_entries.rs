//! The notebook: questions that a person was asked, with a star and a memo.

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
                    .table("notebook_entries")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(text("question_key"))
                    .col(text("language"))
                    .col(text("field"))
                    .col(text_null("topic"))
                    .col(text("question"))
                    // No foreign key: the entry outlives the interview.
                    .col(uuid("interview_id"))
                    .col(integer("position"))
                    .col(text_null("last_band"))
                    .col(boolean("missed"))
                    .col(integer("times_asked"))
                    .col(boolean("favourite"))
                    .col(text("memo"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut owned_by_user("notebook_entries"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("notebook_entries_user_id_question")
                    .table("notebook_entries")
                    .col("user_id")
                    .col("question_key")
                    .col("language")
                    .unique()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("notebook_entries").to_owned()).await
    }
}
