//! What the question bank holds: fields, topics, and how many questions fit. `questions.rs` has the questions themselves.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::interview::{FieldOption, service};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_bank))
}

/// The bank as the setup of an interview shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankView {
    fields: Vec<FieldOption>,
}

/// The fields and topics of the bank, with the number of questions for each level and language.
#[utoipa::path(get, path = "/bank", tag = "bank", security(("bearer" = ["read"])),
    responses((status = 200, description = "The bank", body = BankView)))]
async fn read_bank(State(app): State<App>, Reader(_): Reader) -> Json<BankView> {
    Json(BankView { fields: service::setup_options(&app).fields })
}
