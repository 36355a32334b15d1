//! The handlers.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::{Method, Response, StatusCode, Uri, header};
use axum::response::{IntoResponse, Json};
use axum::routing::{get, post};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::Shared;
use super::calls::{Recorded, Running};
use super::connection::{BreakableListener, Breaker};
use super::natural::Request;
use super::script::{Interruption, Reply, Script};
use super::speech;
use super::steps::{self, Step};

/// Serves for ever.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = Router::new()
        .route("/v1/chat/completions", post(complete))
        .route("/v1/audio/speech", post(speech::speak))
        .route("/v1/models", get(models))
        .route("/_script", post(choose_script))
        .route("/_calls", get(calls).delete(clear))
        .route("/_requests", get(requests))
        .layer(DefaultBodyLimit::max(16 << 20))
        .with_state(shared)
        .into_make_service_with_connect_info::<Breaker>();
    // It ends with the task only.
    let _ = axum::serve(BreakableListener(listener), router).await;
}

async fn models() -> impl IntoResponse {
    Json(
        json!({ "object": "list", "data": [{ "id": "scripted", "object": "model", "owned_by": "testkit" }] }),
    )
}

async fn calls(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    Json(shared.counter.calls().to_json())
}

async fn clear(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    shared.counter.clear();
    shared.state().requests.clear();
    StatusCode::NO_CONTENT
}

async fn requests(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let bodies: Vec<Value> = shared.state().requests.iter().map(|request| request.body.clone()).collect();
    Json(Value::Array(bodies))
}

/// `{"name": …}` from now on, or for the next call only with `"once": true`; `"token_delay_ms"` slows it down.
async fn choose_script(State(shared): State<Arc<Shared>>, Json(choice): Json<Value>) -> impl IntoResponse {
    let Some(mut script) = choice["name"].as_str().and_then(Script::named) else {
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "names": Script::NAMES })));
    };
    if let Some(delay) = choice["token_delay_ms"].as_u64() {
        script = script.token_delay(Duration::from_millis(delay));
    }
    let mut state = shared.state();
    match choice["once"].as_bool().unwrap_or_default() {
        true => state.queue.push_back(script),
        false => {
            state.queue.clear();
            state.default = script;
        }
    }
    (StatusCode::OK, Json(json!({})))
}

async fn complete(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    method: Method,
    uri: Uri,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let running = shared.counter.start();
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let script = {
        let mut state = shared.state();
        let path = uri.path().to_owned();
        state.requests.push(Recorded { method: method.to_string(), path, headers, body: body.clone() });
        state.queue.pop_front().unwrap_or_else(|| state.default.clone())
    };
    perform(&script, Request(&body), running, breaker).await
}

async fn perform(
    script: &Script,
    request: Request<'_>,
    mut running: Running,
    breaker: Breaker,
) -> Response<Body> {
    match &script.reply {
        Reply::Hang => std::future::pending().await,
        Reply::Reset => {
            running.finish();
            breaker.reset();
            std::future::pending().await
        }
        Reply::Status { code, retry_after, error } => {
            tokio::time::sleep(script.first_delay).await;
            running.finish();
            status(*code, retry_after.as_deref(), error)
        }
        Reply::NoResponseFormat if request.has_response_format() => {
            running.finish();
            let error = json!({ "message": "response_format is not supported", "param": "response_format" });
            status(400, None, &error)
        }
        Reply::Page { content_type, body } => {
            let steps = VecDeque::from([Step::Send(Bytes::copy_from_slice(body))]);
            respond(content_type, steps, running, breaker)
        }
        Reply::Natural | Reply::NoResponseFormat => {
            say(script, request, &request.reply(false), running, breaker).await
        }
        Reply::OverPraise => say(script, request, &request.reply(true), running, breaker).await,
        Reply::Text(text) => say(script, request, &steps::pieces(text), running, breaker).await,
        Reply::Tokens(tokens) => say(script, request, tokens, running, breaker).await,
        Reply::Stamps(count) => say(script, request, &vec![String::new(); *count], running, breaker).await,
        Reply::Flood(_) | Reply::Refusal(_) => say(script, request, &[], running, breaker).await,
    }
}

async fn say(
    script: &Script,
    request: Request<'_>,
    tokens: &[String],
    mut running: Running,
    breaker: Breaker,
) -> Response<Body> {
    let (flood, refusal) = match &script.reply {
        Reply::Flood(token) => (Some(token.as_str()), None),
        Reply::Refusal(text) => (None, Some(text.as_str())),
        _ => (None, None),
    };
    if request.is_stream() {
        let steps = steps::stream(script, tokens, flood, refusal);
        return respond("text/event-stream", steps, running, breaker);
    }
    tokio::time::sleep(script.first_delay).await;
    if let Some((_, Interruption::Error(error))) = &script.interruption {
        running.finish();
        return status(200, None, error);
    }
    let message = json!({
        "role": "assistant",
        "content": refusal.is_none().then(|| tokens.concat()),
        "refusal": refusal,
        "reasoning_content": script.reasoning,
    });
    let body = json!({
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": "scripted",
        "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }],
        "usage": { "prompt_tokens": 100, "completion_tokens": tokens.len(), "total_tokens": 100 + tokens.len() },
    });
    respond("application/json", steps::whole(script, &body), running, breaker)
}

fn status(code: u16, retry_after: Option<&str>, error: &Value) -> Response<Body> {
    let mut response = (
        StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
        Json(json!({ "error": error })),
    )
        .into_response();
    if let Some(value) = retry_after.and_then(|value| value.parse().ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// Status 200 and the steps, one after the other.
fn respond(content_type: &str, steps: VecDeque<Step>, running: Running, breaker: Breaker) -> Response<Body> {
    let stream = futures::stream::unfold((steps, running), move |(mut steps, mut running)| {
        let breaker = breaker.clone();
        async move {
            loop {
                match steps.pop_front() {
                    None => {
                        running.finish();
                        return None;
                    }
                    Some(Step::Send(bytes)) => {
                        // The last piece is the end: nobody asks for more when the length is known.
                        if steps.is_empty() {
                            running.finish();
                        }
                        return Some((bytes, (steps, running)));
                    }
                    Some(Step::Stamp) => return Some((steps::stamp(), (steps, running))),
                    Some(Step::Wait(delay)) => tokio::time::sleep(delay).await,
                    Some(Step::Repeat(bytes, pause)) => {
                        // Gives way, so that the connection can be seen to be closed.
                        tokio::time::sleep(pause).await;
                        tokio::task::yield_now().await;
                        steps.push_front(Step::Repeat(bytes.clone(), pause));
                        return Some((bytes, (steps, running)));
                    }
                    Some(Step::Stall) => std::future::pending().await,
                    Some(Step::Reset) => {
                        running.finish();
                        breaker.reset();
                        std::future::pending::<()>().await;
                    }
                }
            }
        }
    });
    let body = Body::from_stream(stream.map(Ok::<_, Infallible>));
    let mut response = Response::new(body);
    if let Ok(value) = content_type.parse() {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    response
}
