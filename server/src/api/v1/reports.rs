//! The report on a finished interview, and having it judged again.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::App;
use domain::interview::{NewAssessment, ReportView, export, service};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read_report))
        .routes(routes!(read_report_markdown))
        .routes(routes!(assess_again))
        .routes(routes!(set_override))
}

/// A key point that the person holds for made, or does not any more.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Override {
    /// The main question.
    position: u32,
    /// The id of the key point.
    point: String,
    said: bool,
}

/// The report on a finished interview.
#[utoipa::path(get, path = "/interviews/{id}/report", tag = "reports", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The interview")),
    responses((status = 200, description = "The report", body = ReportView)))]
async fn read_report(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<ReportView>, Failure> {
    Ok(Json(service::report(&app, &viewer, id).await?))
}

/// The same for people, as Markdown in the language of the interview.
#[utoipa::path(get, path = "/interviews/{id}/report.md", tag = "reports", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The interview")),
    responses((status = 200, description = "The report", body = String, content_type = "text/markdown")))]
async fn read_report_markdown(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let report = service::export(&app, &viewer, id).await?;
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], export::markdown(&report)).into_response())
}

/// Has the answers to one question judged again, with a reason when the person disagrees.
#[utoipa::path(post, path = "/interviews/{id}/assessments", tag = "reports", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = NewAssessment,
    responses((status = 204, description = "It is being written; the report shows it when it is done")))]
async fn assess_again(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(assessment): Json<NewAssessment>,
) -> Result<StatusCode, Failure> {
    service::assess_again(&app, &viewer, id, assessment).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Holds a key point for made, or takes that back. It changes no judgement.
#[utoipa::path(put, path = "/interviews/{id}/overrides", tag = "reports", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = Override,
    responses((status = 204, description = "It is kept")))]
async fn set_override(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Override { position, point, said }): Json<Override>,
) -> Result<StatusCode, Failure> {
    service::set_override(&app, &viewer, id, position, &point, said).await?;
    Ok(StatusCode::NO_CONTENT)
}
