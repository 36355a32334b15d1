//! Reports to take away.

use app_base::context::CurrentViewer;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::interview::export::{self, ReportExport};
use domain::interview::service;
use domain::{App, Problem};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use uuid::Uuid;

use crate::problem::ApiError;

/// The report as Markdown.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::NotFound`], [`Problem::OutOfDate`] while the interview goes on.
pub async fn markdown(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Path(interview): Path<Uuid>,
) -> Result<Response, ApiError> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    let report = service::export(&app, &viewer, interview).await?;
    let kind = [(CONTENT_TYPE, "text/markdown; charset=utf-8")];
    Ok((to_keep(&report, "md"), kind, export::markdown(&report)).into_response())
}

/// The report as JSON.
///
/// # Errors
/// As [`markdown`].
pub async fn json(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Path(interview): Path<Uuid>,
) -> Result<Response, ApiError> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    let report = service::export(&app, &viewer, interview).await?;
    Ok((to_keep(&report, "json"), Json(report)).into_response())
}

/// A file with a name, and no copy on the way.
fn to_keep(report: &ReportExport, ending: &str) -> [(http::HeaderName, String); 2] {
    let day = report.interview.started_at.format("%Y-%m-%d");
    let file = format!("attachment; filename=\"daedap-{}-{day}.{ending}\"", report.interview.field);
    [(CONTENT_DISPOSITION, file), (CACHE_CONTROL, "no-store".to_owned())]
}
