//! Results over time, days of practice, and topics to practise.

use axum::Json;
use axum::extract::{Query, State};
use domain::App;
use domain::progress::{ProgressFilter, ProgressView, service};
use domain::questions::Field;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_progress))
}

/// Which results to show. What is left out, or not known, filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
    /// The id of a topic of that field.
    topic: Option<String>,
}

/// Results over time, days of practice, and the weakest topics first.
#[utoipa::path(get, path = "/progress", tag = "progress", security(("bearer" = ["read"])), params(Wanted),
    responses((status = 200, description = "The last year", body = ProgressView)))]
async fn read_progress(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(Wanted { field, topic }): Query<Wanted>,
) -> Result<Json<ProgressView>, Failure> {
    Ok(Json(service::progress(&app, &viewer, ProgressFilter { field, topic }).await?))
}
