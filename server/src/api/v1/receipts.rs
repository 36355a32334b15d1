//! Receipts for deleted accounts. Whoever such a receipt is about has no token any more: `/receipts/{id}/receipt.json` asks for none.

use axum::Json;
use axum::extract::{Path, State};
use domain::App;
use domain::receipts::{ReceiptView, service};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_receipt))
}

/// The receipt for a deleted account. Having its id is the permission; without a token it is read at `/receipts/{id}/receipt.json`.
#[utoipa::path(get, path = "/receipts/{id}", tag = "data", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The receipt")),
    responses((status = 200, description = "When it was deleted, and how much", body = ReceiptView)))]
async fn read_receipt(
    State(app): State<App>,
    Reader(_): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<ReceiptView>, Failure> {
    Ok(Json(service::read(&app, id).await?))
}
