//! Today's question.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::App;
use domain::today::{TodayView, service};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Made, begun};
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_today)).routes(routes!(swap_today)).routes(routes!(answer_today))
}

/// How today's question is known.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Swaps {
    /// How often it was swapped today, as the program knows it.
    swaps: u32,
}

/// Today's question, and what became of it.
#[utoipa::path(get, path = "/today", tag = "today", security(("bearer" = ["read"])),
    responses((status = 200, description = "The question", body = TodayView)))]
async fn read_today(State(app): State<App>, Reader(viewer): Reader) -> Result<Json<TodayView>, Failure> {
    Ok(Json(service::today(&app, &viewer).await?))
}

/// Takes another question for today.
#[utoipa::path(post, path = "/today/swaps", tag = "today", security(("bearer" = ["write"])), request_body = Swaps,
    responses((status = 200, description = "The other question", body = TodayView)))]
async fn swap_today(
    State(app): State<App>,
    Writer(viewer): Writer,
    Json(Swaps { swaps }): Json<Swaps>,
) -> Result<Json<TodayView>, Failure> {
    service::swap(&app, &viewer, swaps).await?;
    Ok(Json(service::today(&app, &viewer).await?))
}

/// Begins an interview on today's question alone. It uses one unit of the allowance.
#[utoipa::path(post, path = "/today/interview", tag = "today", security(("bearer" = ["write"])), request_body = Swaps,
    responses((status = 201, description = "It has begun", body = Made, headers(("location" = String)))))]
async fn answer_today(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(Swaps { swaps }): Json<Swaps>,
) -> Result<Response, Failure> {
    Ok(begun(service::answer(&app, &viewer, swaps, request_id).await?))
}
