//! Reading the file of somebody for a page. Nothing is kept: the text goes back to whoever sent the file.

use std::time::Duration;

use app_base::context::CurrentViewer;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use domain::documents::{DocumentFault, FILE_MAX, Parsed};
use domain::{App, Problem, Viewer};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};

use crate::body;
use crate::takeout::Refused;

/// Where a page sends a file to be read.
pub const PARSE: &str = "/documents/parse";
/// Where a program does.
pub const API_PARSE: &str = "/api/v1/documents/parse";

/// How long a file may take: the largest, over a line of a megabit a second.
const UPLOAD_TIME: Duration = Duration::from_secs(100);

/// Whether what is sent to a path may be a whole file. It is read by its handler, once it is known whose it is.
pub fn takes_files(path: &str) -> bool {
    matches!(path, PARSE | API_PARSE)
}

/// The text of a file. What is wrong is told as JSON: [`Problem::SignInRequired`], and whatever [`read`] refuses.
pub async fn parse(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Response {
    let Some(viewer) = viewer else { return Refused::from(Problem::SignInRequired).into_response() };
    match read(&app, &viewer, request).await {
        Ok(parsed) => Json(parsed).into_response(),
        Err(refused) => refused.into_response(),
    }
}

/// Takes a file in and reads it. Both doors do it here, so that a file is refused alike by them: 413 for one that is too large, 415 for
/// one of a kind that is not read, 422 for one of which nothing can be read.
///
/// # Errors
/// [`Problem::WrongDocument`], [`Problem::TooManyAttempts`], [`Problem::Busy`]; a status when the file did not come whole.
pub async fn read(app: &App, viewer: &Viewer, request: Request) -> Result<Parsed, Refused> {
    let wrong = |fault| Problem::WrongDocument { fault };
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    // A form of another site cannot send this type, and what the file is its content says.
    if header(CONTENT_TYPE) != Some("application/octet-stream") {
        return Err(wrong(DocumentFault::WrongKind).into());
    }
    let declared: Option<u64> = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if declared.is_some_and(|length| length > u64::from(FILE_MAX)) {
        return Err(wrong(DocumentFault::TooLarge).into());
    }
    let _place = app.documents.admit(viewer.id)?;
    let collected = tokio::time::timeout(UPLOAD_TIME, body::collect_file(body, FILE_MAX as usize)).await;
    let bytes = collected.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT)).map_err(|status| match status {
        StatusCode::PAYLOAD_TOO_LARGE => wrong(DocumentFault::TooLarge).into(),
        status => Refused::Status(status),
    })?;
    Ok(app.documents.read(bytes).await?)
}
