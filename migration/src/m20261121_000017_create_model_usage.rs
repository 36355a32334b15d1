//! Counts of calls to model servers, by UTC day, model and purpose. Nothing of a person is in them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "model_usage";

/// What is counted.
const COUNTS: &[&str] = &[
    "calls",
    "cancelled",
    "repairs",
    "unreachable",
    "refused",
    "limited",
    "timed_out",
    "broken",
    "prompt_tokens",
    "completion_tokens",
    "estimated_prompt_tokens",
    "estimated_completion_tokens",
    "answer_ms",
    "answer_quarter",
    "answer_half",
    "answer_one",
    "answer_two",
    "answer_four",
    "answer_eight",
    "answer_sixteen",
    "answer_thirty_two",
    "answer_sixty_four",
    "answer_longer",
    "first_word_ms",
    "first_word_quarter",
    "first_word_half",
    "first_word_one",
    "first_word_two",
    "first_word_four",
    "first_word_eight",
    "first_word_sixteen",
    "first_word_thirty_two",
    "first_word_sixty_four",
    "first_word_longer",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table.table(TABLE).col(date("day")).col(text("model")).col(text("purpose"));
        for count in COUNTS {
            table.col(big_integer(*count));
        }
        table
            .col(timestamp_with_time_zone_null("last_success_at"))
            .col(timestamp_with_time_zone_null("last_failure_at"))
            .col(text_null("last_failure"))
            .primary_key(Index::create().col("day").col("model").col("purpose"));
        manager.create_table(table).await?;
        manager
            .create_index(Index::create().name("model_usage_model").table(TABLE).col("model").to_owned())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).to_owned()).await
    }
}
