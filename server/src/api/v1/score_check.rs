//! Checks of the scorer, for administrators.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::score_check::{RunState, ScoreCheckView, service};
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read_score_check))
        .routes(routes!(read_score_check_state))
        .routes(routes!(start_score_check))
        .routes(routes!(stop_score_check))
}

/// The configured scorer, its last run, and the runs before.
#[utoipa::path(get, path = "/admin/score-check", tag = "admin", security(("bearer" = ["read"])),
    responses((status = 200, description = "How far it agrees with people", body = ScoreCheckView)))]
async fn read_score_check(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<ScoreCheckView>, Failure> {
    Ok(Json(service::overview(&app, &viewer).await?))
}

/// How far the run of this program is.
#[utoipa::path(get, path = "/admin/score-check/state", tag = "admin", security(("bearer" = ["read"])),
    responses((status = 200, description = "What it is doing", body = RunState)))]
async fn read_score_check_state(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<RunState>, Failure> {
    Ok(Json(service::state(&app, &viewer)?))
}

/// Starts a run that goes on by itself. While one is under way nothing more is started.
#[utoipa::path(post, path = "/admin/score-check/runs", tag = "admin", security(("bearer" = ["write"])),
    responses((status = 202, description = "It is under way", body = RunState)))]
async fn start_score_check(
    State(app): State<App>,
    Writer(viewer): Writer,
) -> Result<(StatusCode, Json<RunState>), Failure> {
    service::start(&app, &viewer)?;
    Ok((StatusCode::ACCEPTED, Json(service::state(&app, &viewer)?)))
}

/// Ends the run of this program. Nothing of it is kept; where none is under way nothing happens.
#[utoipa::path(delete, path = "/admin/score-check/runs/current", tag = "admin", security(("bearer" = ["write"])),
    responses((status = 202, description = "It ends, or there was none", body = RunState)))]
async fn stop_score_check(
    State(app): State<App>,
    Writer(viewer): Writer,
) -> Result<(StatusCode, Json<RunState>), Failure> {
    service::stop(&app, &viewer)?;
    Ok((StatusCode::ACCEPTED, Json(service::state(&app, &viewer)?)))
}
