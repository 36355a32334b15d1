//! Problems as replies of plain routes.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::{Error, Problem};
use http::StatusCode;

/// A failure of a plain route: the problem as JSON, with its status.
pub struct ApiError(Problem);

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(error.into_problem())
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Json(self.0)).into_response()
    }
}
