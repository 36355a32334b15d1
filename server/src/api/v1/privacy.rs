//! Where data stands, for how long, and who receives some of it.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::privacy::{PrivacyFacts, service};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_privacy))
}

/// What is true of this installation now: where everything is stored, for how long, and everybody outside the server to whom something
/// is sent.
#[utoipa::path(get, path = "/privacy", tag = "data", security(("bearer" = ["read"])),
    responses((status = 200, description = "The facts of the privacy page", body = PrivacyFacts)))]
async fn read_privacy(State(app): State<App>, Reader(_): Reader) -> Result<Json<PrivacyFacts>, Failure> {
    Ok(Json(service::facts(&app).await?))
}
