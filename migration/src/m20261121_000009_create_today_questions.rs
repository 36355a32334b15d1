//! The questions of the day that somebody changed or answered. A day without a row has the question that the rules choose.

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
                    .table("today_questions")
                    .col(uuid("user_id"))
                    .col(date("day"))
                    .col(text("question_id"))
                    .col(integer("swaps"))
                    .col(uuid_null("answered_interview_id"))
                    .primary_key(Index::create().col("user_id").col("day"))
                    .foreign_key(&mut owned_by_user("today_questions"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("today_questions", "answered_interview_id")
                            .to("interviews", "id")
                            .on_delete(ForeignKeyAction::SetNull),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("today_questions_answered_interview_id")
                    .table("today_questions")
                    .col("answered_interview_id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("today_questions").to_owned()).await
    }
}
