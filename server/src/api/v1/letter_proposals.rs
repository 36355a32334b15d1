//! What is proposed to cover letters: drafts and points, asked for and heard as they come.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::App;
use domain::letters::proposals::{
    NewProposal, ProposalEvent, ProposalKind, ProposalListener, ProposalView, service,
};
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::room::{Since, ends};
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::problem::Failure;
use crate::letter_events;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(propose))
        .routes(routes!(read_proposal, dismiss_proposal))
        .routes(routes!(stop_proposal))
        .routes(routes!(listen_to_proposal))
}

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProposalRequest {
    #[schema(value_type = ProposalKind)]
    kind: String,
    /// The item to write; null for points, which are about all of them.
    item_id: Option<Uuid>,
    /// What is to be different about the answer that is there. It needs a model.
    #[serde(default)]
    #[schema(max_length = 1_000)]
    instruction: String,
}

/// Asks for a draft or for points. With a model it uses one unit of the allowance and comes by and by; without one a draft is an outline,
/// and there at once. It takes the place of the last one to the same item.
#[utoipa::path(post, path = "/letters/{id}/proposals", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The letter")), request_body = ProposalRequest,
    responses((status = 201, description = "It is on its way, or there", body = ProposalView, headers(("location" = String)))))]
async fn propose(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Path(id): Path<Uuid>,
    Json(ProposalRequest { kind, item_id, instruction }): Json<ProposalRequest>,
) -> Result<Response, Failure> {
    let new = NewProposal { request_id, kind, item_id, instruction };
    let proposal = service::propose(&app, &viewer, id, new).await?;
    let location = [(LOCATION, format!("/api/v1/letter-proposals/{}", proposal.id))];
    Ok((StatusCode::CREATED, location, Json(proposal)).into_response())
}

/// A proposal as far as it is.
#[utoipa::path(get, path = "/letter-proposals/{id}", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The proposal")),
    responses((status = 200, description = "As it is now", body = ProposalView)))]
async fn read_proposal(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<ProposalView>, Failure> {
    Ok(Json(service::read(&app, &viewer, id).await?))
}

/// Forgets a proposal. The letter stays as it is.
#[utoipa::path(delete, path = "/letter-proposals/{id}", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The proposal")),
    responses((status = 204, description = "It is gone")))]
async fn dismiss_proposal(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::dismiss(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a proposal that is on its way. What has come stands.
#[utoipa::path(post, path = "/letter-proposals/{id}/stop", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The proposal")),
    responses((status = 204, description = "It ends")))]
async fn stop_proposal(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::stop(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A proposal as it comes, as server-sent events. The id of each is a byte of the text to go on from. The stream ends with the proposal,
/// and with the token.
#[utoipa::path(get, path = "/letter-proposals/{id}/events", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The proposal"), Since),
    responses((status = 200, description = "The events", body = ProposalEvent, content_type = "text/event-stream")))]
async fn listen_to_proposal(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let since = letter_events::since(&headers, query.since.as_deref());
    let listener = ProposalListener::new(&app, &viewer, id, since).await?;
    Ok(letter_events::stream(listener, ends(app, headers)))
}
