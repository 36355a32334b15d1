//! Problems as replies of plain routes.

use axum::Json;
use axum::response::{IntoResponse, Response};
use domain::{Error, Problem};
use http::header::ACCEPT;
use http::{HeaderMap, StatusCode};

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

impl ApiError {
    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The reply when there is no page to show it on. A person reads a sentence, in both languages: nobody knows which.
    pub fn without_page(self, headers: &HeaderMap) -> Response {
        let reads = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
        if !reads.is_some_and(|accept| accept.contains("text/html")) {
            return self.into_response();
        }
        let sentence = match self.0 {
            Problem::Busy => {
                "지금 서버가 바빠요. 잠시 뒤에 다시 시도해 주세요.\n\nThe server is busy. Please try again in a moment.\n"
            }
            _ => {
                "서버에 문제가 생겼어요. 잠시 뒤에 다시 시도해 주세요.\n\nSomething went wrong. Please try again in a moment.\n"
            }
        };
        (self.status(), sentence).into_response()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        (self.status(), Json(self.0)).into_response()
    }
}
