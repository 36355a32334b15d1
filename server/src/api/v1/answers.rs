//! What a candidate does in an interview: answering, and everything else.

use axum::Json;
use axum::extract::{Path, State};
use domain::App;
use domain::interview::{RoomAction, service};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::Writer;
use crate::api::once::RequestId;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(answer)).routes(routes!(act)).routes(routes!(save_draft))
}

/// An answer to the turn that is awaited.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAnswer {
    /// The number that the answer will have: one more than that of the last turn.
    turn_number: u32,
    #[schema(min_length = 1, max_length = 20_000)]
    text: String,
}

/// Something else than an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewAction {
    /// The number of the awaited turn. It counts for `skip` and `ask-intent`.
    #[serde(default)]
    turn_number: u32,
    action: RoomAction,
}

/// What was typed and not sent.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Draft {
    #[schema(max_length = 20_000)]
    text: String,
}

/// Answers. It is stored when this returns, and the interviewer goes on by itself.
#[utoipa::path(post, path = "/interviews/{id}/answers", tag = "interviews", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = NewAnswer,
    responses((status = 204, description = "It is stored")))]
async fn answer(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Path(id): Path<Uuid>,
    Json(NewAnswer { turn_number, text }): Json<NewAnswer>,
) -> Result<StatusCode, Failure> {
    service::answer(&app, &viewer, id, turn_number, request_id, text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Skips, asks for the intent, pauses, resumes, finishes, stops the speaker, or tries a failed turn again.
#[utoipa::path(post, path = "/interviews/{id}/actions", tag = "interviews", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = NewAction,
    responses((status = 204, description = "It is done")))]
async fn act(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(NewAction { turn_number, action }): Json<NewAction>,
) -> Result<StatusCode, Failure> {
    service::act(&app, &viewer, id, turn_number, action).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keeps what was typed and not sent.
#[utoipa::path(put, path = "/interviews/{id}/draft", tag = "interviews", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = Draft,
    responses((status = 204, description = "It is kept")))]
async fn save_draft(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Draft { text }): Json<Draft>,
) -> Result<StatusCode, Failure> {
    service::save_draft(&app, &viewer, id, text).await?;
    Ok(StatusCode::NO_CONTENT)
}
