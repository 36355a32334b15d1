//! How long a reply may take to begin. A page waits for its data, and data that panics never comes.

use std::time::Duration;

use axum::extract::{OriginalUri, Request};
use axum::middleware::Next;
use axum::response::Response;
use domain::Problem;
use http::HeaderMap;
use http::header::ACCEPT;

use crate::body::{FILE_TIME, takes_files};
use crate::problem::ApiError;
use crate::shared_page;

/// Longer than anything takes that works: a lock is waited for, and a queue of passwords.
const PATIENCE: Duration = Duration::from_secs(30);

/// Ends the wait. What a stream says after it has begun is not limited.
pub async fn limit(request: Request, next: Next) -> Response {
    let accept = request.headers().get(ACCEPT).cloned();
    // Within the API a request knows only the rest of its path.
    let whole = request.extensions().get::<OriginalUri>().map_or(request.uri(), |uri| &uri.0);
    let path = shared_page::without_token(whole.path()).to_owned();
    // A file is read by its handler, and takes as long as it takes.
    let patience = if takes_files(&path) { PATIENCE + FILE_TIME } else { PATIENCE };
    match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::error!(path, "no reply in time");
            let headers = HeaderMap::from_iter(accept.map(|accept| (ACCEPT, accept)));
            ApiError::from(Problem::Internal).without_page(&headers)
        }
    }
}
