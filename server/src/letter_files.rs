//! Cover letters to take away.

use app_base::context::CurrentViewer;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::letters::{Letter, export, service};
use domain::{App, Problem};
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use uuid::Uuid;

use crate::problem::ApiError;

/// The letter as Markdown.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::NotFound`].
pub async fn markdown(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    let letter = service::find(&app, &viewer.ok_or(Problem::SignInRequired)?, id).await?;
    let text = export::markdown(&letter.content);
    Ok(to_keep(&letter, "md", "text/markdown; charset=utf-8", text))
}

/// The letter as plain text, to be pasted into a form.
///
/// # Errors
/// As [`markdown`].
pub async fn plain(
    State(app): State<App>,
    Extension(CurrentViewer(viewer)): Extension<CurrentViewer>,
    Path(id): Path<Uuid>,
) -> Result<Response, ApiError> {
    let letter = service::find(&app, &viewer.ok_or(Problem::SignInRequired)?, id).await?;
    let text = export::plain(&letter.content);
    Ok(to_keep(&letter, "txt", "text/plain; charset=utf-8", text))
}

/// A file with a name, and no copy on the way. No word of the letter is in its name.
fn to_keep(letter: &Letter, ending: &str, kind: &'static str, text: String) -> Response {
    let day = letter.updated_at.format("%Y-%m-%d");
    let headers = [
        (CONTENT_DISPOSITION, format!("attachment; filename=\"daedap-letter-{day}.{ending}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
        (CONTENT_TYPE, kind.to_owned()),
    ];
    (headers, text).into_response()
}
