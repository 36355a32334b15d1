//! What the page of a receipt asks of the server.

use domain::takeout::Holdings;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReceiptPage {
    pub id: Uuid,
    pub deleted: Holdings,
    /// In UTC: whoever it is about has no time zone here any more.
    pub at: LocalTime,
    /// The host of this installation.
    pub host: String,
}

/// A receipt, for whoever has its id.
#[server(prefix = "/web", endpoint = "receipts/read", input = Json, output = Json)]
pub async fn read_receipt(id: Uuid) -> Result<ReceiptPage, AppError> {
    use crate::context;
    use crate::time::local_time;
    let receipt = context::page(domain::receipts::service::read(&context::app(), id).await)?;
    Ok(ReceiptPage {
        id: receipt.id,
        deleted: receipt.deleted,
        at: local_time(receipt.deleted_at, "UTC"),
        host: context::site_host(),
    })
}
