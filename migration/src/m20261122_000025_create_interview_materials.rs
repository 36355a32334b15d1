//! What interviews are about besides their field: copies of a person's texts, the words that a question is about, and what comparing
//! them with the answers has found.

use sea_orm_migration::{prelude::*, schema::*};

use super::m20261121_000002_create_interviews::part_of_interview;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("interview_materials")
                    .col(uuid("interview_id"))
                    .col(integer("number"))
                    .col(text("kind"))
                    .col(text("title"))
                    .col(text("text"))
                    .primary_key(Index::create().col("interview_id").col("number"))
                    .foreign_key(&mut part_of_interview("interview_materials"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("material_checks")
                    .col(uuid("interview_id").primary_key())
                    .col(boolean("due"))
                    .col(json_binary_null("found"))
                    .col(timestamp_with_time_zone_null("leased_until"))
                    .foreign_key(&mut part_of_interview("material_checks"))
                    .to_owned(),
            )
            .await?;
        // What a restart looks for.
        manager
            .create_index(
                Index::create().name("material_checks_due").table("material_checks").col("due").to_owned(),
            )
            .await?;
        manager
            .alter_table(
                Table::alter().table("interview_questions").add_column(json_binary_null("cue")).to_owned(),
            )
            .await?;
        manager
            .alter_table(
                Table::alter().table("shares").add_column(boolean("with_material").default(false)).to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("shares", "with_material"), ("interview_questions", "cue")] {
            manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("material_checks").to_owned()).await?;
        manager.drop_table(Table::drop().table("interview_materials").to_owned()).await
    }
}
