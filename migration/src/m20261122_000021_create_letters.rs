//! Cover letters, what they were, and what is proposed to them.

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
                    .table("letters")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(uuid("request_id"))
                    .col(integer("revision"))
                    .col(text("title"))
                    .col(text("company"))
                    .col(text("role"))
                    .col(json_binary("content"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone("updated_at"))
                    .foreign_key(&mut owned_by_user("letters"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("letter_versions")
                    .col(uuid("id").primary_key())
                    .col(uuid("letter_id"))
                    .col(text("kind"))
                    .col(integer("revision"))
                    .col(json_binary("content"))
                    .col(timestamp_with_time_zone("begun_at"))
                    .col(timestamp_with_time_zone("saved_at"))
                    .foreign_key(&mut of_letter("letter_versions"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("letter_proposals")
                    .col(uuid("id").primary_key())
                    .col(uuid("letter_id"))
                    .col(uuid("user_id"))
                    .col(uuid("request_id"))
                    .col(text("kind"))
                    .col(uuid_null("item_id"))
                    .col(text("status"))
                    .col(text("instruction"))
                    .col(text("text"))
                    .col(json_binary("unsupplied"))
                    .col(json_binary("points"))
                    .col(json_binary("made_by"))
                    .col(json_binary_null("problem"))
                    .col(timestamp_with_time_zone("leased_until"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut of_letter("letter_proposals"))
                    .foreign_key(&mut owned_by_user("letter_proposals"))
                    .to_owned(),
            )
            .await?;
        for (name, table, columns, unique) in [
            ("letters_user_id_request_id", "letters", &["user_id", "request_id"][..], true),
            ("letters_user_id_updated_at", "letters", &["user_id", "updated_at"][..], false),
            ("letter_versions_letter_id", "letter_versions", &["letter_id", "id"][..], false),
            ("letter_proposals_letter_id", "letter_proposals", &["letter_id"][..], false),
            ("letter_proposals_user_id_request_id", "letter_proposals", &["user_id", "request_id"][..], true),
            // What a task has left behind.
            ("letter_proposals_status", "letter_proposals", &["status", "leased_until"][..], false),
        ] {
            let mut index = Index::create();
            index.name(name).table(table);
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["letter_proposals", "letter_versions", "letters"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rows go when their letter goes.
fn of_letter(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "letter_id")
        .to("letters", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
