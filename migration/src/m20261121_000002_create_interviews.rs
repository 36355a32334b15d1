//! Interviews, their main questions and their turns.

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
                    .table("interviews")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(uuid("request_id"))
                    .col(text("field"))
                    .col(json_binary("topics"))
                    .col(text("level"))
                    .col(text("language"))
                    .col(text("mode"))
                    .col(integer("question_count"))
                    .col(text("status"))
                    .col(json_binary("interviewer"))
                    .col(integer("position"))
                    .col(text_null("band"))
                    .col(text("draft"))
                    .col(timestamp_with_time_zone("started_at"))
                    .col(timestamp_with_time_zone_null("finished_at"))
                    .col(timestamp_with_time_zone_null("paused_at"))
                    .col(integer("paused_seconds"))
                    .foreign_key(&mut owned_by_user("interviews"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("interview_questions")
                    .col(uuid("id").primary_key())
                    .col(uuid("interview_id"))
                    .col(integer("position"))
                    .col(text_null("question_id"))
                    .col(json_binary_null("question"))
                    .col(text("status"))
                    .col(json_binary_null("feedback"))
                    .col(boolean("feedback_due"))
                    .col(timestamp_with_time_zone_null("leased_until"))
                    .foreign_key(&mut part_of_interview("interview_questions"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("turns")
                    .col(uuid("id").primary_key())
                    .col(uuid("interview_id"))
                    .col(integer("number"))
                    .col(integer("position"))
                    .col(text("speaker"))
                    .col(text("kind"))
                    .col(text("status"))
                    .col(integer("attempt"))
                    .col(text("text"))
                    .col(json_binary_null("probe"))
                    .col(json_binary_null("spoken_by"))
                    .col(json_binary_null("problem"))
                    .col(uuid_null("request_id"))
                    .col(timestamp_with_time_zone_null("leased_until"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut part_of_interview("turns"))
                    .to_owned(),
            )
            .await?;
        for (name, table, columns) in [
            ("interviews_user_id_request_id", "interviews", ["user_id", "request_id"]),
            (
                "interview_questions_interview_id_position",
                "interview_questions",
                ["interview_id", "position"],
            ),
            ("turns_interview_id_number", "turns", ["interview_id", "number"]),
        ] {
            let mut index = Index::create();
            index.name(name).table(table).unique();
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        for (name, table, columns) in [
            // The history: newest first, ids are ordered by time.
            ("interviews_user_id_id", "interviews", vec!["user_id", "id"]),
            // What a restart has to pick up again.
            ("turns_status", "turns", vec!["status"]),
            ("interview_questions_feedback_due", "interview_questions", vec!["feedback_due"]),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["turns", "interview_questions", "interviews"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rows go when their interview goes.
pub fn part_of_interview(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "interview_id")
        .to("interviews", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
