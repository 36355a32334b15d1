//! Logins at other providers, what is known of a sign-in on its way, and when a session was last seen.

use sea_orm_migration::{prelude::*, schema::*};

use crate::m20261121_000001_create_accounts::owned_by_user;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("identities")
                    .col(text("provider"))
                    .col(text("subject"))
                    .col(uuid("user_id"))
                    .col(text("label"))
                    .col(timestamp_with_time_zone("linked_at"))
                    .primary_key(Index::create().col("provider").col("subject"))
                    .foreign_key(&mut owned_by_user("identities"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("identities_user_id_provider")
                    .table("identities")
                    .col("user_id")
                    .col("provider")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("login_attempts")
                    .col(text("state_hash").primary_key())
                    .col(text("browser_hash"))
                    .col(text("provider"))
                    .col(text("verifier"))
                    .col(text("nonce"))
                    .col(text("wish"))
                    .col(text_null("next"))
                    .col(uuid_null("user_id"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut owned_by_user("login_attempts"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("unfinished_sign_ups")
                    .col(text("browser_hash").primary_key())
                    .col(text("provider"))
                    .col(text("subject"))
                    .col(text("label"))
                    .col(text("username"))
                    .col(text("email"))
                    .col(text_null("next"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .to_owned(),
            )
            .await?;
        for (name, table, column) in [
            ("login_attempts_user_id", "login_attempts", "user_id"),
            // What has to be forgotten.
            ("login_attempts_expires_at", "login_attempts", "expires_at"),
            ("unfinished_sign_ups_expires_at", "unfinished_sign_ups", "expires_at"),
            // Sessions are listed for their person now.
            ("sessions_user_id", "sessions", "user_id"),
        ] {
            manager.create_index(Index::create().name(name).table(table).col(column).to_owned()).await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table("sessions")
                    .add_column(timestamp_with_time_zone_null("last_seen_at"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("sessions").drop_column("last_seen_at").to_owned()).await?;
        manager.drop_index(Index::drop().name("sessions_user_id").table("sessions").to_owned()).await?;
        for table in ["unfinished_sign_ups", "login_attempts", "identities"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
