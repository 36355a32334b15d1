//! Whether the program lives, and whether it can work.

use axum::extract::State;
use domain::App;
use http::StatusCode;
use sea_orm::ConnectionTrait;

/// It lives.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// It can reach its database.
pub async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    match app.database.reader().execute_unprepared("SELECT 1").await {
        Ok(_) if !app.shutdown.is_cancelled() => (StatusCode::OK, "ready\n"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "shutting down\n"),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
