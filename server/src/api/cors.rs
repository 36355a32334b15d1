//! Which other sites may call the API from their pages: those that the operator names. None of them gets cookies.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{AUTHORIZATION, CONTENT_TYPE, LINK, LOCATION, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method};
use tower::{Layer, ServiceExt};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::once::{IDEMPOTENCY_KEY, REPLAYED};

/// How long a browser may remember what it was told.
const REMEMBERED: Duration = Duration::from_secs(600);

/// The rules for these origins; none when there are none.
pub fn rules(origins: &[HeaderValue]) -> Option<CorsLayer> {
    let methods = [Method::GET, Method::POST, Method::PUT, Method::DELETE];
    let header = HeaderName::from_static;
    (!origins.is_empty()).then(|| {
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(origins.iter().cloned()))
            .allow_methods(methods)
            .allow_headers([AUTHORIZATION, CONTENT_TYPE, IDEMPOTENCY_KEY, header("last-event-id")])
            .expose_headers([
                header("ratelimit-limit"),
                header("ratelimit-remaining"),
                header("ratelimit-reset"),
                RETRY_AFTER,
                LINK,
                LOCATION,
                REPLAYED,
            ])
            .max_age(REMEMBERED)
    })
}

/// Applies the rules to everything under `/api`, refusals too, and to nothing else.
pub async fn apply(State(rules): State<Option<CorsLayer>>, request: Request, next: Next) -> Response {
    match rules.filter(|_| request.uri().path().starts_with("/api/")) {
        Some(rules) => match rules.layer(next).oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        None => next.run(request).await,
    }
}
