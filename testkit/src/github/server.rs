//! The handlers.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Json, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, ETAG, IF_NONE_MATCH, LOCATION, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

use super::script::GithubScript;
use super::{GithubCall, LIMIT, Shared};

/// Where a redirect leads that stays here.
const MOVED: &str = "/moved";

/// Serves for ever.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/_script", post(choose_script))
        .route("/_remaining", post(choose_remaining))
        .route("/_calls", get(count_calls))
        .fallback(call)
        .with_state(shared);
    // It ends with its task only.
    let _ = axum::serve(listener, router).await;
}

/// A call of the API.
async fn call(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    // The body cannot be shared between threads, and nothing is in it.
    let (parts, _) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let header = |name: HeaderName| Some(parts.headers.get(name)?.to_str().ok()?.to_owned());
    let number = {
        let mut state = shared.state();
        let authorization = header(AUTHORIZATION);
        state.calls.push(GithubCall { path: path.clone(), authorization, status: None });
        state.remaining = state.remaining.saturating_sub(1);
        state.calls.len() - 1
    };
    let script = shared.state().script;
    let response = match misbehave(script, &path).await {
        Some(response) => response,
        None if header(USER_AGENT).is_none() => StatusCode::FORBIDDEN.into_response(),
        None => answer(&shared, &path, &parts.headers),
    };
    let mut state = shared.state();
    let remaining = match script {
        GithubScript::Limited | GithubScript::LimitedByStatus => 0,
        _ => state.remaining,
    };
    // Somebody may have taken the list meanwhile.
    if let Some(call) = state.calls.get_mut(number) {
        call.status = Some(response.status().as_u16());
    }
    (limits(remaining), response).into_response()
}

/// What every answer says about the limits.
fn limits(remaining: u32) -> [(&'static str, String); 4] {
    // The end of a whole half hour, so that answers to calls at once agree.
    let now = chrono::Utc::now().timestamp();
    let reset = now - now % 1_800 + 1_800;
    [
        ("x-ratelimit-limit", LIMIT.to_string()),
        ("x-ratelimit-remaining", remaining.to_string()),
        ("x-ratelimit-reset", reset.to_string()),
        ("x-ratelimit-resource", "core".to_owned()),
    ]
}

/// What goes wrong with a call, if anything does.
async fn misbehave(script: GithubScript, path: &str) -> Option<Response> {
    let refused = |status: StatusCode, said: &str| (status, Json(json!({ "message": said }))).into_response();
    Some(match script {
        GithubScript::Answer => return None,
        GithubScript::FailClosely if !path.starts_with("/repos/") => return None,
        GithubScript::RedirectHere if path.starts_with(MOVED) => return None,
        GithubScript::Limited => refused(StatusCode::FORBIDDEN, "API rate limit exceeded for 127.0.0.1"),
        GithubScript::LimitedByStatus => refused(StatusCode::TOO_MANY_REQUESTS, "API rate limit exceeded"),
        GithubScript::SlowDown => {
            let wait = [(RETRY_AFTER, "30")];
            (wait, refused(StatusCode::FORBIDDEN, "secondary rate limit")).into_response()
        }
        GithubScript::Abuse => {
            refused(StatusCode::FORBIDDEN, "You have exceeded a secondary rate limit. Please wait.")
        }
        GithubScript::Refuse => refused(StatusCode::UNAUTHORIZED, "Bad credentials"),
        GithubScript::Fail | GithubScript::FailClosely => {
            refused(StatusCode::INTERNAL_SERVER_ERROR, "Server Error")
        }
        GithubScript::Garbage => Html("<h1>secret-of-github</h1>").into_response(),
        GithubScript::HalfJson => "{\"login\": \"mina-".into_response(),
        GithubScript::Flood => {
            let without_end =
                futures::stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 16 << 10])));
            Body::from_stream(without_end).into_response()
        }
        GithubScript::Stall => std::future::pending().await,
        GithubScript::StallInside => {
            Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>()).into_response()
        }
        GithubScript::RedirectAway => redirect(&format!("http://192.0.2.1{path}")),
        GithubScript::RedirectHere => redirect(&format!("{MOVED}{path}")),
        GithubScript::RedirectRound => redirect(path),
    })
}

fn redirect(to: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(LOCATION, to.to_owned())]).into_response()
}

/// The answer as GitHub gives it, or that it is the one that is known.
fn answer(shared: &Shared, path: &str, headers: &HeaderMap) -> Response {
    let path = path.strip_prefix(MOVED).unwrap_or(path);
    let Some(body) = body(shared, path, headers) else {
        let said = Json(json!({ "message": "Not Found" }));
        return (StatusCode::NOT_FOUND, said).into_response();
    };
    let digest = Sha256::digest(&body);
    let etag: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let etag = format!("W/\"{etag}\"");
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if known == Some(etag.as_str()) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, etag)]).into_response();
    }
    ([(ETAG, etag)], body).into_response()
}

/// The body of an answer; none for what is not there.
fn body(shared: &Shared, path: &str, headers: &HeaderMap) -> Option<Vec<u8>> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let asked = |name: &str| -> Option<usize> {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name)?.1.parse().ok()
    };
    let state = shared.state();
    let account = |name: &str| state.accounts.iter().find(|account| account.login.eq_ignore_ascii_case(name));
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let value: Value = match segments.as_slice() {
        ["users", name] => account(name)?.told(),
        ["users", name, "repos"] => {
            account(name)?.page(asked("page").unwrap_or(1), asked("per_page").unwrap_or(30))
        }
        ["users", name, "events", "public"] => account(name)?.told_events(),
        ["repos", owner, name, "languages"] => account(owner)?.repository(name)?.by_language(),
        ["repos", owner, name, "git", "trees", "main"] => account(owner)?.repository(name)?.tree()?,
        ["repos", owner, name, "readme"] => {
            let readme = account(owner)?.repository(name)?.readme.as_ref()?;
            let raw = headers.get(ACCEPT).is_some_and(|accept| accept.as_bytes().ends_with(b".raw+json"));
            // Otherwise it would come packed.
            return raw.then(|| readme.clone().into_bytes());
        }
        _ => return None,
    };
    serde_json::to_vec(&value).ok()
}

async fn choose_script(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> StatusCode {
    let Some(script) = body["name"].as_str().and_then(GithubScript::named) else {
        return StatusCode::NOT_FOUND;
    };
    shared.state().script = script;
    StatusCode::NO_CONTENT
}

async fn choose_remaining(State(shared): State<Arc<Shared>>, Json(body): Json<Value>) -> StatusCode {
    let Some(remaining) = body["remaining"].as_u64().and_then(|number| u32::try_from(number).ok()) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    shared.state().remaining = remaining;
    StatusCode::NO_CONTENT
}

/// How many calls came in.
async fn count_calls(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({ "calls": shared.state().calls.len() }))
}
