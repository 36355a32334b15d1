//! Receipts to take away.

use app_base::context::SiteUrl;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::App;
use domain::receipts::service;
use http::HeaderMap;
use http::header::CONTENT_DISPOSITION;
use serde_json::json;
use uuid::Uuid;

use crate::problem::ApiError;

/// The receipt as JSON, for whoever has its address.
///
/// # Errors
/// [`domain::Problem::NotFound`].
pub async fn json(
    State(app): State<App>,
    State(site): State<SiteUrl>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let receipt = service::read(&app, id).await?;
    let day = receipt.deleted_at.format("%Y-%m-%d");
    let file = format!("attachment; filename=\"daedap-receipt-{day}.json\"");
    let content = json!({
        "receipt": receipt.id,
        "installation": site.host(&headers),
        "deleted_at": receipt.deleted_at,
        "deleted": receipt.deleted,
    });
    Ok(([(CONTENT_DISPOSITION, file)], Json(content)).into_response())
}
