//! Accounts, sessions, allowances and their ledger.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("users")
                    .col(uuid("id").primary_key())
                    .col(text("username"))
                    .col(text_uniq("username_key"))
                    .col(text("email"))
                    .col(text_uniq("email_key"))
                    .col(text("password_hash"))
                    .col(integer("credentials_rev").default(0))
                    .col(text("display_name"))
                    .col(text("language"))
                    .col(text("time_zone"))
                    .col(json_binary("fields"))
                    .col(text("role"))
                    .col(timestamp_with_time_zone("created_at"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(text("key_hash").primary_key())
                    .col(uuid_null("user_id"))
                    .col(json_binary("data"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by_user("sessions"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("sessions_expires_at").table("sessions").col("expires_at").to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("action_limits")
                    .col(uuid("user_id"))
                    .col(text("action"))
                    .col(integer("daily_limit"))
                    .primary_key(Index::create().col("user_id").col("action"))
                    .foreign_key(&mut owned_by_user("action_limits"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("allowances")
                    .col(uuid("user_id"))
                    .col(text("action"))
                    .col(date("day"))
                    .col(integer("used"))
                    .primary_key(Index::create().col("user_id").col("action").col("day"))
                    .foreign_key(&mut owned_by_user("allowances"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("ledger_entries")
                    .col(uuid("id").primary_key())
                    .col(uuid("user_id"))
                    .col(text("action"))
                    .col(text("reason"))
                    .col(integer("units"))
                    // No foreign key: the line outlives the interview.
                    .col(uuid_null("interview_id"))
                    .col(date("day"))
                    .col(text("idempotency_key"))
                    .col(timestamp_with_time_zone("created_at"))
                    .foreign_key(&mut owned_by_user("ledger_entries"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("ledger_entries_user_id_idempotency_key")
                    .table("ledger_entries")
                    .col("user_id")
                    .col("idempotency_key")
                    .unique()
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["ledger_entries", "allowances", "action_limits", "sessions", "users"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

/// Rows go when their person goes.
pub fn owned_by_user(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, "user_id")
        .to("users", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}
