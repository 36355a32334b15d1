//! Past questions that people hand in for everybody.

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
                    .table("past_questions")
                    .col(uuid("id").primary_key())
                    // None for an approved one whose account is gone.
                    .col(uuid_null("user_id"))
                    .col(uuid("request_id"))
                    .col(text("language"))
                    .col(text("field"))
                    .col(text_null("topic"))
                    .col(text("level"))
                    .col(text("company"))
                    .col(text("job"))
                    .col(date("asked_on"))
                    .col(text("source"))
                    .col(text_null("source_url"))
                    .col(text("question"))
                    .col(text("status"))
                    .col(text_null("reason"))
                    .col(json_binary_null("answer_key"))
                    .col(boolean("by_model"))
                    .col(integer("rev"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .col(timestamp_with_time_zone_null("decided_at"))
                    .foreign_key(&mut owned_by_user("past_questions"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("past_questions_user_id_request_id")
                    .table("past_questions")
                    .col("user_id")
                    .col("request_id")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("past_questions_status")
                    .table("past_questions")
                    .col("status")
                    .col("updated_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("past_questions").to_owned()).await
    }
}
