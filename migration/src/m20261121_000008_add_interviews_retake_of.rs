//! The interview that another one repeats.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table("interviews")
                    // No foreign key: SQLite adds none to a table that exists. Who follows it looks whether the interview is still there.
                    .add_column(uuid_null("retake_of"))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("interviews").drop_column("retake_of").to_owned()).await
    }
}
