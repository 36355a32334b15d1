//! Everything of a person as a file: taking it along, and bringing it back. What both doors share, and the routes of the pages.

use app_base::context::CurrentViewer;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use domain::takeout::{Coming, FileFault, IMPORT_MAX, Takeout, service};
use domain::{App, Problem, Viewer};
use futures::stream;
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use utoipa::ToSchema;

use crate::api::problem::Failure;
use crate::body;
use crate::problem::ApiError;

/// Where a file is sent that is to be imported.
pub const IMPORT: &str = "/account/import";
/// Where a file is sent that is to be looked at first.
pub const PREVIEW: &str = "/account/import/preview";
/// The same for programs.
const API_IMPORT: &str = "/api/v1/account/import";
const API_PREVIEW: &str = "/api/v1/account/import/preview";

/// Whether what is sent to a path may be a whole file. It is read by its handler, once it is known whose it is.
pub fn takes_files(path: &str) -> bool {
    matches!(path, IMPORT | PREVIEW | API_IMPORT | API_PREVIEW)
}

/// Everything of a person as a ZIP, written while it is read.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
pub struct Zip(pub Takeout);

impl IntoResponse for Zip {
    fn into_response(self) -> Response {
        let Self(Takeout { day, mut pieces }) = self;
        let file = format!("attachment; filename=\"daedap-{day}.zip\"");
        let body = Body::from_stream(stream::poll_fn(move |context| pieces.poll_recv(context)));
        ([(CONTENT_TYPE, "application/zip"), (CONTENT_DISPOSITION, file.as_str())], body).into_response()
    }
}

/// Everything of the viewer as a ZIP.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::TooManyAttempts`].
pub async fn export(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
) -> Result<Zip, ApiError> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    Ok(Zip(service::export(&app, &viewer).await?))
}

/// What importing a file would do. What is wrong is told as JSON: [`Problem::SignInRequired`], [`Problem::TooManyAttempts`],
/// [`Problem::Busy`], [`Problem::WrongFile`].
pub async fn preview(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Result<Response, Refused> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    let Taken { bytes, _coming } = take_in(&app, &viewer, request).await?;
    Ok(Json(service::preview(&app, &viewer, bytes).await?).into_response())
}

/// Imports a file, and says what was done. What is wrong is told as in [`preview`].
pub async fn import(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    request: Request,
) -> Result<Response, Refused> {
    let viewer = viewer.ok_or(Problem::SignInRequired)?;
    let Taken { bytes, _coming } = take_in(&app, &viewer, request).await?;
    Ok(Json(service::import(&app, &viewer, bytes).await?).into_response())
}

/// A file that was taken in.
pub struct Taken {
    pub bytes: Bytes,
    /// Only so many are in memory at once.
    pub _coming: Coming,
}

/// Why a file is not taken in.
pub enum Refused {
    Problem(Problem),
    /// It broke off, or took too long.
    Status(StatusCode),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<domain::Error> for Refused {
    fn from(error: domain::Error) -> Self {
        Self::Problem(error.into_problem())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => ApiError::from(problem).into_response(),
            Self::Status(status) => body::refuse(status),
        }
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Problem(problem) => problem.into(),
            Refused::Status(status) => Self::of_status(status, "The file did not come as a whole."),
        }
    }
}

/// Reads a file that somebody sends, once it is known whose it is.
///
/// # Errors
/// [`Problem::WrongFile`], [`Problem::TooManyAttempts`], [`Problem::Busy`].
pub async fn take_in(app: &App, viewer: &Viewer, request: Request) -> Result<Taken, Refused> {
    let wrong = |fault| Problem::WrongFile { fault };
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    // A form of another site cannot send this type, and what the file is its content says.
    if header(CONTENT_TYPE) != Some("application/zip") {
        return Err(wrong(FileFault::NotZip).into());
    }
    let declared: Option<u64> = header(CONTENT_LENGTH).and_then(|length| length.parse().ok());
    if declared.is_some_and(|length| length > u64::from(IMPORT_MAX)) {
        return Err(wrong(FileFault::TooLarge).into());
    }
    let coming = app.takeouts.import(viewer.id)?;
    let read = body::collect_file(body, IMPORT_MAX as usize).await;
    let bytes = read.map_err(|status| match status {
        StatusCode::PAYLOAD_TOO_LARGE => wrong(FileFault::TooLarge).into(),
        status => Refused::Status(status),
    })?;
    Ok(Taken { bytes, _coming: coming })
}
