//! The reference of the API as a page. Everything on it comes from this program, and no script stands in the page itself.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::Value;
use utoipa_swagger_ui::Config;

/// What the page may load and run.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Daedap API</title>
<link rel="icon" href="/favicon.svg">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<script src="/api/docs/swagger-ui-bundle.js" defer></script>
<script src="/api/docs/start.js" defer></script>
</head>
<body>
<main id="reference"></main>
<noscript><p>This reference needs JavaScript. The description itself is <a href="/api/openapi.json">openapi.json</a>.</p></noscript>
</body>
</html>
"#;

/// A token that is typed there stays on the page: nothing keeps it. No other host validates the description.
const START: &str = r##"window.addEventListener("DOMContentLoaded", () => {
  SwaggerUIBundle({
    url: "/api/openapi.json",
    dom_id: "#reference",
    deepLinking: true,
    validatorUrl: null,
    persistAuthorization: false,
  });
});
"##;

/// The page.
pub async fn page() -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], Html(PAGE)).into_response()
}

/// What the page loads.
pub async fn file(Path(name): Path<String>) -> Response {
    let cached = (CACHE_CONTROL, "public, no-cache");
    if name == "start.js" {
        return ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), cached], START).into_response();
    }
    if !["swagger-ui.css", "swagger-ui-bundle.js"].contains(&name.as_str()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match utoipa_swagger_ui::serve(&name, Arc::new(Config::default())) {
        Ok(Some(file)) => {
            ([(CONTENT_TYPE, file.content_type.as_str()), cached], file.bytes.into_owned()).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The description.
pub async fn description(State(document): State<Arc<Value>>) -> Response {
    axum::Json(document.as_ref()).into_response()
}
