//! The event stream of a proposal to a cover letter.

use std::convert::Infallible;
use std::time::Duration;

use app_base::context::CurrentViewer;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::letters::proposals::{ProposalEvent, ProposalListener};
use domain::{App, Problem};
use futures::StreamExt;
use futures::stream::{Stream, unfold};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use tower_sessions::Session;
use uuid::Uuid;

use crate::problem::ApiError;
use crate::room_events::{Since, ends};

/// The words of a proposal as they come, from a byte of its text on.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::NotFound`].
pub async fn listen(
    State(app): State<App>,
    Extension(CurrentViewer(current)): Extension<CurrentViewer>,
    session: Session,
    Path(proposal): Path<Uuid>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let current = current.ok_or(Problem::SignInRequired)?;
    let since = since(&headers, query.since.as_deref());
    let listener = ProposalListener::new(&app, &current, proposal, since).await?;
    Ok(stream(listener, ends(app, session)))
}

/// Where to go on. A browser that reconnects says where it was; a page that opens the stream says what it has.
pub fn since(headers: &HeaderMap, asked: Option<&str>) -> Option<u32> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    last.or(asked).and_then(|text| text.parse().ok())
}

/// The events of a proposal as a reply, until `ends` resolves or the proposal is over.
pub fn stream(listener: ProposalListener, ends: impl Future<Output = ()> + Send + 'static) -> Response {
    let events = events(listener).take_until(ends);
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // The frame's own word is `no-cache`, which still lets a copy be kept.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Some proxies hold a stream back until it is long enough.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn events(listener: ProposalListener) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(listener, |mut listener| async {
        let (cursor, event) = listener.next().await?;
        Some((Ok(encode(cursor, &event)), listener))
    })
}

fn encode(cursor: u32, event: &ProposalEvent) -> Event {
    let encoded = Event::default().id(cursor.to_string()).retry(Duration::from_secs(1)).json_data(event);
    encoded.unwrap_or_else(|_| Event::default().comment("an event could not be encoded"))
}
