//! Everything of a person as a file: taking it along, and bringing it back.

use app::CurrentViewer;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use domain::takeout::{Coming, FileFault, IMPORT_MAX, ImportView, service};
use domain::{App, Problem, Viewer};
use futures::stream;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};

use crate::body;
use crate::problem::ApiError;

/// Where a file is sent that is to be imported.
pub const IMPORT: &str = "/account/import";
/// Where a file is sent that is to be looked at first.
pub const PREVIEW: &str = "/account/import/preview";

/// Whether what is sent to a path may be a whole file. It is read by its handler, once it is known whose it is.
pub fn takes_files(path: &str) -> bool {
    matches!(path, IMPORT | PREVIEW)
}

/// Everything of the viewer as a ZIP.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::TooManyAttempts`].
pub async fn export(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
) -> Result<Response, ApiError> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    let takeout = service::export(&app, &viewer).await?;
    let file = format!("attachment; filename=\"daedap-{}.zip\"", takeout.day);
    let mut pieces = takeout.pieces;
    let body = Body::from_stream(stream::poll_fn(move |context| pieces.poll_recv(context)));
    Ok(([(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, file.as_str())], body).into_response())
}

/// What importing a file would do. What is wrong is told as JSON: [`Problem::SignInRequired`], [`Problem::TooManyAttempts`],
/// [`Problem::Busy`], [`Problem::WrongFile`].
pub async fn preview(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Response {
    match take_in(&app, viewer, request).await {
        Ok(Taken { viewer, bytes, _coming }) => reply(service::preview(&app, &viewer, bytes).await),
        Err(refused) => refused,
    }
}

/// Imports a file, and says what was done. What is wrong is told as in [`preview`].
pub async fn import(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Response {
    match take_in(&app, viewer, request).await {
        Ok(Taken { viewer, bytes, _coming }) => reply(service::import(&app, &viewer, bytes).await),
        Err(refused) => refused,
    }
}

/// A file, and whose it is.
struct Taken {
    viewer: Viewer,
    bytes: Bytes,
    /// Only so many are in memory at once.
    _coming: Coming,
}

async fn take_in(app: &App, viewer: Option<Viewer>, request: Request) -> Result<Taken, Response> {
    let refused = |problem: Problem| ApiError::from(problem).into_response();
    let wrong = |fault| refused(Problem::WrongFile { fault });
    let viewer = viewer.ok_or_else(|| refused(Problem::SignInRequired))?;
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    // A form of another site cannot send this type, and what the file is its content says.
    if header(CONTENT_TYPE) != Some("application/zip") {
        return Err(wrong(FileFault::NotZip));
    }
    let declared: Option<u64> = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if declared.is_some_and(|length| length > u64::from(IMPORT_MAX)) {
        return Err(wrong(FileFault::TooLarge));
    }
    let coming = app.takeouts.import(viewer.id).map_err(refused)?;
    let read = body::collect_file(body, IMPORT_MAX as usize).await;
    let bytes = read.map_err(|status| match status {
        StatusCode::PAYLOAD_TOO_LARGE => wrong(FileFault::TooLarge),
        status => body::refuse(status),
    })?;
    Ok(Taken { viewer, bytes, _coming: coming })
}

fn reply(done: Result<ImportView, domain::Error>) -> Response {
    match done {
        Ok(view) => Json(view).into_response(),
        Err(error) => ApiError::from(error).into_response(),
    }
}
