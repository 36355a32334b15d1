//! Reading the file of somebody for a page. Nothing is kept: the text goes back to whoever sent the file.

use std::time::Duration;

use app::CurrentViewer;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use domain::documents::{DocumentFault, FILE_MAX};
use domain::{App, Problem};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};

use crate::body;
use crate::problem::ApiError;

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

/// The text of a file. What is wrong is told as JSON: [`Problem::SignInRequired`], [`Problem::TooManyAttempts`], [`Problem::Busy`],
/// [`Problem::WrongDocument`].
pub async fn parse(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Response {
    let refused = |problem: Problem| ApiError::from(problem).into_response();
    let Some(viewer) = viewer else { return refused(Problem::SignInRequired) };
    let (parts, body) = request.into_parts();
    // A form of another site cannot send this type, and what the file is its content says.
    let typed = parts.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/octet-stream");
    if !typed {
        return refused(wrong(DocumentFault::WrongKind));
    }
    let _permit = match app.documents.admit(viewer.id) {
        Ok(permit) => permit,
        Err(problem) => return refused(problem),
    };
    match collect(&parts.headers, body).await {
        Ok(bytes) => match app.documents.read(bytes).await {
            Ok(parsed) => Json(parsed).into_response(),
            Err(error) => ApiError::from(error).into_response(),
        },
        Err(StatusCode::PAYLOAD_TOO_LARGE) => refused(wrong(DocumentFault::TooLarge)),
        Err(status) => body::refuse(status),
    }
}

/// A file of somebody, whole.
///
/// # Errors
/// With the status that says why it could not be taken in: it is too large, it took too long, or it broke off.
pub async fn collect(headers: &HeaderMap, body: Body) -> Result<Bytes, StatusCode> {
    let declared: Option<u64> =
        headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length| length > u64::from(FILE_MAX)) {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let read = tokio::time::timeout(UPLOAD_TIME, body::collect_file(body, FILE_MAX as usize)).await;
    read.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

/// What is wrong with a file, as a problem.
pub const fn wrong(fault: DocumentFault) -> Problem {
    Problem::WrongDocument { fault }
}
