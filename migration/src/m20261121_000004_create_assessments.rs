//! Every judgement of an answer is kept: the first, those that were asked for again, and those that answer a dispute.

use sea_orm_migration::{prelude::*, schema::*};

use super::m20261121_000002_create_interviews::part_of_interview;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What moved to a table of its own.
const MOVED: [&str; 3] = ["feedback", "feedback_due", "leased_until"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("assessments")
                    .col(uuid("id").primary_key())
                    .col(uuid("interview_id"))
                    .col(integer("position"))
                    .col(integer("number"))
                    .col(text("occasion"))
                    .col(boolean("due"))
                    .col(json_binary_null("feedback"))
                    .col(text_null("band"))
                    .col(text_null("dispute"))
                    .col(json_binary_null("reply"))
                    .col(timestamp_with_time_zone_null("leased_until"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut part_of_interview("assessments"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("assessments_interview_id_position_number")
                    .table("assessments")
                    .col("interview_id")
                    .col("position")
                    .col("number")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("assessments_due").table("assessments").col("due").to_owned())
            .await?;
        manager
            .get_connection()
            .execute_unprepared(
                "INSERT INTO assessments \
                 (id, interview_id, position, number, occasion, due, feedback, band, created_at) \
                 SELECT q.id, q.interview_id, q.position, 0, 'first', q.feedback_due, q.feedback, \
                        q.feedback ->> 'band', COALESCE(i.finished_at, i.started_at) \
                 FROM interview_questions q JOIN interviews i ON i.id = q.interview_id \
                 WHERE q.feedback IS NOT NULL OR q.feedback_due",
            )
            .await?;
        manager
            .drop_index(
                Index::drop()
                    .name("interview_questions_feedback_due")
                    .table("interview_questions")
                    .to_owned(),
            )
            .await?;
        for column in MOVED {
            manager
                .alter_table(Table::alter().table("interview_questions").drop_column(column).to_owned())
                .await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("overrides")
                    .col(uuid("interview_id"))
                    .col(integer("position"))
                    .col(text("point_id"))
                    .col(timestamp_with_time_zone("created_at"))
                    .primary_key(Index::create().col("interview_id").col("position").col("point_id"))
                    .foreign_key(&mut part_of_interview("overrides"))
                    .to_owned(),
            )
            .await
    }

    /// Keeps the last judgement of each question.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            json_binary_null("feedback"),
            boolean("feedback_due").default(false).to_owned(),
            timestamp_with_time_zone_null("leased_until"),
        ] {
            manager
                .alter_table(Table::alter().table("interview_questions").add_column(column).to_owned())
                .await?;
        }
        manager
            .get_connection()
            .execute_unprepared(
                "UPDATE interview_questions SET \
                 feedback = (SELECT a.feedback FROM assessments a \
                     WHERE a.interview_id = interview_questions.interview_id \
                       AND a.position = interview_questions.position AND a.feedback IS NOT NULL \
                     ORDER BY a.number DESC LIMIT 1), \
                 feedback_due = EXISTS (SELECT 1 FROM assessments a \
                     WHERE a.interview_id = interview_questions.interview_id \
                       AND a.position = interview_questions.position AND a.due AND a.number = 0)",
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("interview_questions_feedback_due")
                    .table("interview_questions")
                    .col("feedback_due")
                    .to_owned(),
            )
            .await?;
        for table in ["overrides", "assessments"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
