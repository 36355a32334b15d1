//! Everything that the screens can do, for programs: one file per feature, thin over the same services. Who may do what, and what it
//! costs, is decided there.

mod account;
mod allowance;
mod answers;
mod bank;
mod documents;
mod drill;
mod interviews;
mod letter_proposals;
mod letters;
mod logins;
mod notebook;
mod privacy;
mod progress;
mod receipts;
mod reports;
mod retention;
mod room;
mod rubric;
mod score_check;
mod sessions;
mod shares;
mod takeout;
mod today;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::LOCATION;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use super::ApiState;

/// All calls, each with its description.
pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(interviews::routes())
        .merge(room::routes())
        .merge(answers::routes())
        .merge(reports::routes())
        .merge(shares::routes())
        .merge(progress::routes())
        .merge(drill::routes())
        .merge(notebook::routes())
        .merge(letters::routes())
        .merge(letter_proposals::routes())
        .merge(today::routes())
        .merge(documents::routes())
        .merge(bank::routes())
        .merge(rubric::routes())
        .merge(allowance::routes())
        .merge(account::routes())
        .merge(sessions::routes())
        .merge(logins::routes())
        .merge(takeout::routes())
        .merge(retention::routes())
        .merge(receipts::routes())
        .merge(privacy::routes())
        .merge(score_check::routes())
}

/// Something that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    pub id: Uuid,
}

/// The reply about an interview that was begun.
fn begun(id: Uuid) -> Response {
    (StatusCode::CREATED, [(LOCATION, format!("/api/v1/interviews/{id}"))], Json(Made { id })).into_response()
}
