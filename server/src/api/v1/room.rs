//! The room of an interview: what is said in it, and hearing it as it is said.

use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::App;
use domain::interview::{RoomEvent, RoomView, service};
use http::HeaderMap;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::access::Reader;
use crate::api::problem::Failure;
use crate::api::{ApiState, authenticate};
use crate::room_events;

/// How often an open stream asks whether its token still works.
const TOKEN_CHECK: Duration = Duration::from_secs(2);

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_room)).routes(routes!(listen))
}

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The id of the last event that was heard. The header `Last-Event-ID` says the same.
    pub since: Option<String>,
}

/// An interview with everything said in it so far.
#[utoipa::path(get, path = "/interviews/{id}", tag = "interviews", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The interview")),
    responses((status = 200, description = "As it is now", body = RoomView)))]
async fn read_room(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<RoomView>, Failure> {
    Ok(Json(service::room(&app, &viewer, id).await?))
}

/// Everything that happens in an interview, as server-sent events. Each has an id to go on from, and as its data an event as described
/// below. The stream ends with the token.
#[utoipa::path(get, path = "/interviews/{id}/events", tag = "interviews", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The interview"), Since),
    responses((status = 200, description = "The events", body = RoomEvent, content_type = "text/event-stream")))]
async fn listen(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let since = room_events::since(&headers, query.since.as_deref());
    let listener = service::RoomListener::new(&app, &viewer, id, since).await?;
    Ok(room_events::stream(listener, ends(app, headers)))
}

/// Resolves when the stream has to end: the token was revoked or is over, its person may not come any more, or the program ends.
pub async fn ends(app: App, headers: HeaderMap) {
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            () = tokio::time::sleep(TOKEN_CHECK) => {}
        }
        if !matches!(authenticate(&app, &headers).await, Ok(Some(_))) {
            return;
        }
    }
}
