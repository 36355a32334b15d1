//! Problems as RFC 9457 describes them. What goes wrong under `/api/v1` is told in this form, whatever it was that refused.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::{Error, Problem};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What stands before the word of a problem.
const TYPE_PREFIX: &str = "urn:daedap:problem:";

/// How much of a plain refusal is read to be told as a detail.
const DETAIL_MAX: usize = 4096;

/// A failure of a call, with its details.
#[derive(Debug)]
pub struct Failure(Box<ProblemDetails>);

/// What went wrong (RFC 9457).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// What kind of problem it is: the same for the same kind, always.
    #[serde(rename = "type")]
    #[schema(format = "uri", example = "urn:daedap:problem:quota-reached")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    #[serde(flatten)]
    pub members: Members,
}

/// What some kinds of problem tell besides.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct Members {
    /// The field of the request that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Why the field was refused, or why the model failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What is wrong with a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Fewest characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// Most characters, or most things of a kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
    /// When the allowance is renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u32>,
}

impl Members {
    /// What a problem carries, by the names that it has in data.
    fn of(mut told: Value) -> Self {
        // A reason is a word with limits beside it: they are told side by side.
        if let Some(reason @ Value::Object(_)) = told.get("reason").cloned()
            && let (Value::Object(told), Value::Object(reason)) = (&mut told, reason)
        {
            told.extend(reason);
        }
        serde_json::from_value(told).unwrap_or_default()
    }
}

/// A sentence about a problem, for whoever writes the program.
fn detail(problem: &Problem) -> String {
    match problem {
        Problem::SignInRequired => "Send a token that works: Authorization: Bearer KEY.".to_owned(),
        Problem::Forbidden => "The token or the account does not reach that far.".to_owned(),
        Problem::NotFound => "There is nothing here, or nothing of yours.".to_owned(),
        Problem::OutOfDate => "It has moved on since, or is not that far yet: read it again.".to_owned(),
        Problem::Busy => "The server is busy: send the request again in a moment.".to_owned(),
        Problem::Internal => "The server failed. What happened is in its log.".to_owned(),
        other => {
            let text = other.to_string();
            let mut letters = text.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            format!("{first}{}.", letters.as_str())
        }
    }
}

/// A word with hyphens as a title.
fn title(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase()).unwrap_or_default();
    format!("{first}{}", letters.as_str().replace('-', " "))
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        let detail = detail(&problem);
        let told = serde_json::to_value(&problem).unwrap_or_default();
        let word = told.get("problem").and_then(Value::as_str).unwrap_or("internal").to_owned();
        Self::new(problem.status(), &word, detail, Members::of(told))
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        error.into_problem().into()
    }
}

impl Failure {
    fn new(status: u16, word: &str, detail: String, members: Members) -> Self {
        let kind = format!("{TYPE_PREFIX}{word}");
        Self(Box::new(ProblemDetails { kind, title: title(word), status, detail, members }))
    }

    /// A refusal that is about the request rather than about what it asks for.
    pub fn of_status(status: StatusCode, detail: impl Into<String>) -> Self {
        match status {
            StatusCode::NOT_FOUND => Problem::NotFound.into(),
            StatusCode::INTERNAL_SERVER_ERROR => Problem::Internal.into(),
            StatusCode::SERVICE_UNAVAILABLE => Problem::Busy.into(),
            _ => {
                let word = status.canonical_reason().unwrap_or("refused").to_lowercase().replace(' ', "-");
                Self::new(status.as_u16(), &word, detail.into(), Members::default())
            }
        }
    }

    /// A request that cannot be read.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::of_status(StatusCode::BAD_REQUEST, detail)
    }

    /// The same request is being worked on.
    pub fn under_way(retry_after_seconds: u32) -> Self {
        let members = Members { retry_after_seconds: Some(retry_after_seconds), ..Default::default() };
        let detail = "A request with this Idempotency-Key is being worked on.".to_owned();
        Self::new(409, "request-under-way", detail, members)
    }

    /// The key of this request belongs to another one.
    pub fn key_in_use() -> Self {
        let detail =
            "This Idempotency-Key belongs to another request, or to one of another token.".to_owned();
        Self::new(422, "idempotency-key-in-use", detail, Members::default())
    }

    /// Seconds after which the same may be asked for again.
    fn retry_after(&self) -> Option<i64> {
        let members = &self.0.members;
        let until = members.resets_at.map(|at| (at - Utc::now()).num_seconds().max(1));
        members.retry_after_seconds.map(i64::from).or(until).or((self.0.status == 503).then_some(1))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after();
        let mut response = (status, axum::Json(*self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(seconds) = retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"daedap\""));
            headers.append(WWW_AUTHENTICATE, HeaderValue::from_static("Token realm=\"daedap\""));
        }
        response
    }
}

/// Whether an address lies in this part of the API.
pub fn is_here(path: &str) -> bool {
    path.strip_prefix("/api/v1").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Puts every other refusal into the form of a problem: of the router, of the extractors, and of the layers around them.
pub async fn complete(request: Request, next: Next) -> Response {
    let here = is_here(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    if !here || !refused || has_type(&response, PROBLEM_JSON) {
        return response;
    }
    let plain = has_type(&response, "text/plain");
    let (parts, body) = response.into_parts();
    let said = to_bytes(body, DETAIL_MAX).await.ok().filter(|_| plain && status.is_client_error());
    let said = said.and_then(|said| String::from_utf8(said.to_vec()).ok()).filter(|said| !said.is_empty());
    let detail = said.unwrap_or_else(|| format!("{}.", status.canonical_reason().unwrap_or("Refused")));
    let mut problem = Failure::of_status(status, detail).into_response();
    // What else was said stands: which methods are allowed, that the connection ends.
    for (name, value) in &parts.headers {
        if ![CONTENT_TYPE, CONTENT_LENGTH, CONTENT_ENCODING].contains(name)
            && !problem.headers().contains_key(name)
        {
            problem.headers_mut().insert(name, value.clone());
        }
    }
    problem
}

fn has_type(response: &Response, media_type: &str) -> bool {
    let sent = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    sent.is_some_and(|sent| sent.split(';').next().is_some_and(|sent| sent.trim() == media_type))
}

#[cfg(test)]
mod tests {
    use domain::takeout::FileFault;
    use domain::{InputField, Reason};
    use serde_json::json;

    use super::*;

    #[test]
    fn a_problem_tells_its_data() {
        let check = |problem: Problem, expected: Value| {
            let Failure(details) = problem.into();
            assert_eq!(serde_json::to_value(details).expect("JSON"), expected);
        };
        check(
            Problem::Invalid { field: InputField::Username, reason: Reason::TooShort { min: 3 } },
            json!({
                "type": "urn:daedap:problem:invalid", "title": "Invalid", "status": 422,
                "detail": "Username is invalid: TooShort { min: 3 }.",
                "field": "username", "reason": "too-short", "min": 3,
            }),
        );
        check(
            Problem::TooManyShares { max: 5 },
            json!({
                "type": "urn:daedap:problem:too-many-shares", "title": "Too many shares", "status": 409,
                "detail": "No more than 5 share links.", "max": 5,
            }),
        );
        check(
            Problem::WrongFile { fault: FileFault::TooNew },
            json!({
                "type": "urn:daedap:problem:wrong-file", "title": "Wrong file", "status": 422,
                "detail": "The file cannot be imported: TooNew.", "fault": "too-new",
            }),
        );
        check(
            Problem::NotFound,
            json!({
                "type": "urn:daedap:problem:not-found", "title": "Not found", "status": 404,
                "detail": "There is nothing here, or nothing of yours.",
            }),
        );
    }

    #[test]
    fn whoever_is_to_wait_is_told_how_long() {
        let check = |problem: Problem, expected: &str| {
            let response = Failure::from(problem).into_response();
            let told = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            assert_eq!(told, Some(expected));
        };
        check(Problem::TooManyAttempts { retry_after_seconds: 7 }, "7");
        check(Problem::QuotaReached { resets_at: DateTime::UNIX_EPOCH }, "1");
        check(Problem::Busy, "1");
    }

    #[test]
    fn only_this_part_of_the_api_is_here() {
        let check = |path: &str, expected: bool| assert_eq!(is_here(path), expected, "{path}");
        check("/api/v1", true);
        check("/api/v1/nowhere", true);
        check("/api/v10", false);
        check("/api/user/login/", false);
        check("/web/api/v1", false);
    }
}
