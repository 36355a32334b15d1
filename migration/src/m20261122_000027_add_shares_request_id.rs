//! The request that made a share link: sent again, it makes no second one.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// None for links that are older than this.
const COLUMN: &str = "request_id";
const INDEX: &str = "shares_interview_id_request_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("shares").add_column(uuid_null(COLUMN)).to_owned()).await?;
        let index =
            Index::create().name(INDEX).table("shares").col("interview_id").col(COLUMN).unique().to_owned();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name(INDEX).table("shares").to_owned()).await?;
        manager.alter_table(Table::alter().table("shares").drop_column(COLUMN).to_owned()).await
    }
}
