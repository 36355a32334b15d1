//! For how long the person's interviews are kept.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::retention::{RetentionChoice, RetentionView, service};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Holder, Reader};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_retention, choose_retention))
}

/// For how long interviews are to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewRetention {
    /// One of the choices that `effects` offers.
    #[schema(value_type = RetentionChoice)]
    retention: String,
}

/// For how long interviews are kept, and what each choice would lead to.
#[utoipa::path(get, path = "/account/retention", tag = "data", security(("bearer" = ["read"])),
    responses((status = 200, description = "What stands, and what could be chosen", body = RetentionView)))]
async fn read_retention(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<RetentionView>, Failure> {
    Ok(Json(service::view(&app, &viewer).await?))
}

/// Chooses for how long interviews are kept. Those that are older are deleted within the hour.
#[utoipa::path(put, path = "/account/retention", tag = "data", security(("bearer" = ["account"])),
    request_body = NewRetention,
    responses((status = 200, description = "What stands now", body = RetentionView)))]
async fn choose_retention(
    State(app): State<App>,
    Holder(viewer): Holder,
    Json(NewRetention { retention }): Json<NewRetention>,
) -> Result<Json<RetentionView>, Failure> {
    Ok(Json(service::choose(&app, &viewer, &retention).await?))
}
