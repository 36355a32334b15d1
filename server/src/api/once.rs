//! A POST that may be sent again: under the same `Idempotency-Key` it is done once, and answered alike every time. Files are the
//! exception. They are too large to be compared with what came before, and sending one twice adds nothing: their keys are not looked at.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, OriginalUri, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::idempotency::{Claim, Key, Reply, service};
use domain::{App, Problem, Viewer};
use http::header::{CONTENT_TYPE, LOCATION};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use uuid::Uuid;

use super::auth::{ApiViewer, secret};
use super::problem::Failure;
use crate::body::{BODY_MAX, takes_files};

/// The header that names a request.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of a reply that was told before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Longest reply to a POST.
const REPLY_MAX: usize = 4 << 20;

/// The headers of a reply that are told again.
const KEPT: [HeaderName; 2] = [CONTENT_TYPE, LOCATION];

/// What the work of a request is known by: the same when it is sent again under its key.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or_else(|| Self(Uuid::now_v7())))
    }
}

/// A request with a key, and whose it is.
struct Named {
    app: App,
    viewer: Viewer,
    key: Key,
}

/// Does a POST once. What has no key is done as often as it comes.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST || !request.headers().contains_key(IDEMPOTENCY_KEY) {
        return next.run(request).await;
    }
    let whole = request.extensions().get::<OriginalUri>().map_or(request.uri(), |uri| &uri.0);
    if takes_files(whole.path()) {
        return next.run(request).await;
    }
    let Some(person) = request.extensions().get::<ApiViewer>() else {
        return Failure::from(Problem::SignInRequired).into_response();
    };
    let viewer = person.viewer.clone();
    match key(request.headers()) {
        Some(key) => done_once(Named { app, viewer, key }, request, next).await.into_response(),
        None => Failure::bad_request("Idempotency-Key must be one of 1 to 255 visible ASCII characters.")
            .into_response(),
    }
}

/// The key of a request. Several are none.
fn key(headers: &HeaderMap) -> Option<Key> {
    let mut sent = headers.get_all(IDEMPOTENCY_KEY).iter();
    let (Some(text), None) = (sent.next(), sent.next()) else { return None };
    Key::parse(text.to_str().ok()?, secret(headers)?)
}

async fn done_once(named: Named, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let too_large = |_| Failure::of_status(StatusCode::PAYLOAD_TOO_LARGE, "The body is too large.");
    let body: Bytes = to_bytes(body, BODY_MAX).await.map_err(too_large)?;
    let address = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |uri| &uri.0).to_string();
    let kind = parts.headers.get(CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    let request = [parts.method.as_str().as_bytes(), address.as_bytes(), kind, &body[..]];
    match service::claim(&named.app, &named.viewer, &named.key, &request).await? {
        Claim::Done(reply) => Ok(told_again(reply)),
        Claim::OtherRequest => Err(Failure::key_in_use()),
        Claim::UnderWay { retry_after_seconds } => Err(Failure::under_way(retry_after_seconds)),
        Claim::Work(id) => {
            parts.extensions.insert(RequestId(id));
            let request = Request::from_parts(parts, Body::from(body));
            let tasks = named.app.tasks.clone();
            // A task of its own: a program that does not wait for the reply ends no work, and may ask for the reply later.
            let working = tasks.spawn(async move { work(&named, next.run(request).await).await });
            Ok(working.await.unwrap_or_else(|_| Failure::from(Problem::Internal).into_response()))
        }
    }
}

/// Keeps the reply, when it is one that another try would not change.
async fn work(named: &Named, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, REPLY_MAX).await else {
        return Failure::from(Problem::Internal).into_response();
    };
    let Named { app, viewer, key } = named;
    let lasts = !parts.status.is_server_error() && parts.status != StatusCode::TOO_MANY_REQUESTS;
    let kept = match String::from_utf8(body.to_vec()) {
        Ok(text) if lasts => {
            let text_of = |name: &HeaderName| {
                let value = parts.headers.get(name)?.to_str().ok()?;
                Some((name.to_string(), value.to_owned()))
            };
            let headers = KEPT.iter().filter_map(text_of).collect();
            let reply = Reply { status: parts.status.as_u16(), headers, body: text };
            service::keep(app, viewer, key, &reply).await
        }
        _ => service::give_up(app, viewer, key).await,
    };
    if let Err(error) = kept {
        // The work is done: whoever asks again finds what it made.
        tracing::warn!(?error, "a reply could not be kept");
    }
    Response::from_parts(parts, Body::from(body))
}

fn told_again(reply: Reply) -> Response {
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    for (name, value) in reply.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
