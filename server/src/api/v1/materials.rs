//! What interviews can be about besides their field: a person's letters, documents and public code.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::material::{MaterialChoices, MaterialPreview, NewMaterials, service};
use domain::questions::Language;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_materials)).routes(routes!(preview_materials))
}

/// Materials to look at before an interview is held about them.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PreviewSetup {
    #[serde(default)]
    materials: NewMaterials,
    #[schema(value_type = Language)]
    language: String,
}

/// The letters and documents that an interview can be about, what was changed last first.
#[utoipa::path(get, path = "/materials", tag = "interviews", security(("bearer" = ["read"])),
    responses((status = 200, description = "What there is", body = MaterialChoices)))]
async fn list_materials(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<MaterialChoices>, Failure> {
    Ok(Json(service::choices(&app, &viewer).await?))
}

/// What would be asked about first. Nothing is stored, and no model is asked.
#[utoipa::path(post, path = "/materials/preview", tag = "interviews", security(("bearer" = ["read"])),
    request_body = PreviewSetup,
    responses((status = 200, description = "What was found", body = MaterialPreview)))]
async fn preview_materials(
    State(app): State<App>,
    Reader(viewer): Reader,
    Json(PreviewSetup { materials, language }): Json<PreviewSetup>,
) -> Result<Json<MaterialPreview>, Failure> {
    Ok(Json(service::preview(&app, &viewer, materials, &language).await?))
}
