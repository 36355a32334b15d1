//! The body of a call: an object of texts.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};

use super::error::Refusal;

/// The members of a JSON object that was sent.
///
/// It must be called JSON. A page of another site can send a text or a form without asking anybody, but nothing of that type.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// The text of that name; none when it is missing, null or empty.
    ///
    /// # Errors
    /// 400 when it is something else than a text.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(_) => Err(Refusal::error(StatusCode::BAD_REQUEST, format!("{name} must be a text."))),
        }
    }

    /// Whether there is anything else than null under that name.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let is_json = is_json(request.headers());
        // A router outside has read it already, and has said how long it may be.
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|_| Refusal::error(StatusCode::BAD_REQUEST, "The body cannot be read."))?;
        // Nothing at all does nothing, whatever it is called.
        if body.is_empty() {
            return Ok(Self(Map::new()));
        }
        if !is_json {
            return Err(Refusal::error(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Please send the body as JSON, with Content-Type: application/json.",
            ));
        }
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Refusal::error(StatusCode::BAD_REQUEST, "The body is not a valid JSON object.")),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}
