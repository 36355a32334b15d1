//! Writing, reading and forgetting receipts.

use chrono::Duration;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::{Builder, Uuid};

use super::{RECEIPT_DAYS, ReceiptView};
use crate::Problem;
use crate::app::App;
use crate::entities::deletion_receipt;
use crate::error::{Error, OrInternal};
use crate::takeout::Holdings;

/// Writes a receipt and returns its id. It joins the transaction that deletes the account.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn write(
    app: &App,
    transaction: &impl ConnectionTrait,
    deleted: Holdings,
) -> Result<Uuid, Error> {
    // All of it random: an id that is ordered by time would be easier to guess.
    let id = Builder::from_random_bytes(rand::random()).into_uuid();
    let row = deletion_receipt::ActiveModel {
        id: Set(id),
        deleted_at: Set(app.now()),
        counts: Set(serde_json::to_value(deleted).or_internal("storing a receipt")?),
    };
    deletion_receipt::Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(id)
}

/// The receipt of that id. It needs no viewer: whoever it is about has no account any more.
///
/// # Errors
/// [`Problem::NotFound`], also when it was forgotten.
pub async fn read(app: &App, id: Uuid) -> Result<ReceiptView, Error> {
    let row = deletion_receipt::Entity::find_by_id(id)
        .filter(deletion_receipt::Column::DeletedAt.gt(app.now() - age()))
        .one(app.database.reader())
        .await?
        .ok_or(Problem::NotFound)?;
    Ok(ReceiptView {
        id: row.id,
        deleted_at: row.deleted_at,
        deleted: serde_json::from_value(row.counts).or_internal("reading a receipt")?,
    })
}

/// Removes receipts that are over: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    deletion_receipt::Entity::delete_many()
        .filter(deletion_receipt::Column::DeletedAt.lte(app.now() - age()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

fn age() -> Duration {
    Duration::days(RECEIPT_DAYS.into())
}
