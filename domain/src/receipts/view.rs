//! What goes out about receipts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::takeout::Holdings;

/// Days that a receipt can be read.
pub const RECEIPT_DAYS: u32 = 365;

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceiptView {
    pub id: Uuid,
    pub deleted_at: DateTime<Utc>,
    /// What was deleted.
    pub deleted: Holdings,
}
