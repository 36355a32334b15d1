//! What answers are judged by.

use axum::Json;
use domain::rubric::{Rubric, rubric};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_rubric))
}

/// The rubric in both languages.
#[utoipa::path(get, path = "/rubric", tag = "bank", security(("bearer" = ["read"])),
    responses((status = 200, description = "The rubric", body = Rubric)))]
async fn read_rubric(Reader(_): Reader) -> Json<Rubric> {
    Json(rubric().clone())
}
