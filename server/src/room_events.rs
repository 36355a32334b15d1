//! The event stream of an interview room.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use app_base::context::CurrentViewer;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use domain::interview::RoomEvent;
use domain::interview::service::{Cursor, RoomListener};
use domain::{App, Problem};
use futures::StreamExt;
use futures::stream::{Stream, unfold};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

use crate::problem::ApiError;
use crate::sessions::DatabaseSessions;
use crate::viewer;

/// How often an open stream asks whether its session still stands.
const SESSION_CHECK: Duration = Duration::from_secs(2);

/// Where a page wants to go on.
#[derive(Deserialize)]
pub struct Since {
    pub since: Option<String>,
}

/// Everything that happens in the room, from the cursor on.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::NotFound`].
pub async fn listen(
    State(app): State<App>,
    Extension(CurrentViewer(current)): Extension<CurrentViewer>,
    session: Session,
    Path(interview): Path<Uuid>,
    Query(query): Query<Since>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let current = current.ok_or(Problem::SignInRequired)?;
    let since = since(&headers, query.since.as_deref());
    let listener = RoomListener::new(&app, &current, interview, since).await?;
    Ok(stream(listener, ends(app, session)))
}

/// Where to go on. A browser that reconnects says where it was; a page that opens the stream says what it was rendered with.
pub fn since(headers: &HeaderMap, asked: Option<&str>) -> Option<Cursor> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    last.or(asked).and_then(|text| text.parse().ok())
}

/// The events of a room as a reply, until `ends` resolves.
pub fn stream(listener: RoomListener, ends: impl Future<Output = ()> + Send + 'static) -> Response {
    let events = events(listener).take_until(ends);
    let mut response = Sse::new(events).keep_alive(KeepAlive::default()).into_response();
    // The frame's own word is `no-cache`, which still lets a copy be kept.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Some proxies hold a stream back until it is long enough.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn events(listener: RoomListener) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(listener, |mut listener| async {
        let (cursor, event) = listener.next().await?;
        Some((Ok(encode(cursor, &event)), listener))
    })
}

fn encode(cursor: Cursor, event: &RoomEvent) -> Event {
    let encoded = Event::default().id(cursor.to_string()).retry(Duration::from_secs(1)).json_data(event);
    encoded.unwrap_or_else(|_| Event::default().comment("an event could not be encoded"))
}

/// Resolves when the stream has to end: the person signed out, changed the password or is gone, or the program ends.
pub async fn ends(app: App, session: Session) {
    loop {
        tokio::select! {
            () = app.shutdown.cancelled() => return,
            () = tokio::time::sleep(SESSION_CHECK) => {}
        }
        // The session was read when the request came; another request may have ended it since.
        let store = Arc::new(DatabaseSessions::new(app.database.clone()));
        let fresh = Session::new(session.id(), store, None);
        if !matches!(viewer::of_session(&app, &fresh).await, Ok(Some(_))) {
            return;
        }
    }
}
