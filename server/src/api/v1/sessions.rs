//! The browsers in which the person is signed in. A token is no session, so none of them is the one that asks.

use axum::Json;
use axum::extract::{Path, State};
use domain::accounts::{SessionView, sessions};
use domain::{App, Problem};
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Holder, Reader};
use crate::api::page::Page;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_sessions, end_sessions)).routes(routes!(end_session))
}

/// The browsers that are signed in, those that were seen last first: a few, so there is one page.
#[utoipa::path(get, path = "/account/sessions", tag = "account", security(("bearer" = ["read"])),
    responses((status = 200, description = "The browsers, without what opens them", body = Page<SessionView>)))]
async fn list_sessions(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Page<SessionView>>, Failure> {
    Ok(Json(sessions::list(&app, &viewer, "").await?.into()))
}

/// Signs every browser out. Tokens stay.
#[utoipa::path(delete, path = "/account/sessions", tag = "account", security(("bearer" = ["account"])),
    responses((status = 204, description = "Nobody is signed in any more")))]
async fn end_sessions(State(app): State<App>, Holder(viewer): Holder) -> Result<StatusCode, Failure> {
    sessions::end_all(&app, &viewer).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Signs one browser out.
#[utoipa::path(delete, path = "/account/sessions/{key}", tag = "account", security(("bearer" = ["account"])),
    params(("key" = String, Path, description = "`key` of the session")),
    responses((status = 204, description = "It is signed out")))]
async fn end_session(
    State(app): State<App>,
    Holder(viewer): Holder,
    Path(key): Path<String>,
) -> Result<StatusCode, Failure> {
    match sessions::end(&app, &viewer, &key).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::NotFound.into()),
    }
}
