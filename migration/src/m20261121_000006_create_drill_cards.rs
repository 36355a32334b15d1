//! Cards of the drill: key points that were missed, and when they come back.

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
                    .table("drill_cards")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(text("question_key"))
                    .col(text("point_id"))
                    .col(text("language"))
                    .col(text("field"))
                    .col(text_null("topic"))
                    .col(text("question"))
                    .col(text("intent"))
                    .col(text("say"))
                    .col(boolean("must"))
                    .col(integer("weight"))
                    .col(json_binary_null("made_question"))
                    .col(integer("missed"))
                    .col(integer("made"))
                    .col(text("last_verdict"))
                    .col(text("state"))
                    .col(timestamp_with_time_zone("due_at"))
                    .col(double("stability"))
                    .col(double("difficulty"))
                    .col(integer("reps"))
                    .col(integer("lapses"))
                    .col(timestamp_with_time_zone_null("last_review_at"))
                    .col(timestamp_with_time_zone_null("begun_at"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by_user("drill_cards"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("drill_cards_user_id_point")
                    .table("drill_cards")
                    .col("user_id")
                    .col("question_key")
                    .col("point_id")
                    .col("language")
                    .unique()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("drill_cards").to_owned()).await
    }
}
