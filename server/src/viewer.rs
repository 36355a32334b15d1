//! Who a request comes from.

use app_base::context::CurrentViewer;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use domain::{App, Error, Viewer, accounts};
use tower_sessions::Session;
use uuid::Uuid;

use crate::problem::ApiError;

/// Puts the viewer into the request. A session whose account is gone or whose password was changed since stands for nobody.
pub async fn identify(
    State(app): State<App>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    match of_session(&app, &session).await {
        Ok(viewer) => {
            request.extensions_mut().insert(CurrentViewer(viewer));
            next.run(request).await
        }
        Err(error) => ApiError::from(error).without_page(request.headers()),
    }
}

/// Whom the session stands for now.
///
/// # Errors
/// When the database is not available.
pub async fn of_session(app: &App, session: &Session) -> Result<Option<Viewer>, Error> {
    let user_id: Option<Uuid> =
        session.get(app_base::session::USER_ID_KEY).await.map_err(app_base::session::store_failed)?;
    let credentials_rev: Option<i32> =
        session.get(app_base::session::CREDENTIALS_REV_KEY).await.map_err(app_base::session::store_failed)?;
    match (user_id, credentials_rev) {
        (Some(user_id), Some(rev)) => accounts::service::resume(app, user_id, rev).await,
        _ => Ok(None),
    }
}
