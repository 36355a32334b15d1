//! How much a request may bring. Its body is read here, whole, so that no handler meets half of one:
//! server functions would call a body that is cut off unreadable, whatever the reason.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{HeaderValue, StatusCode};

use crate::{documents, takeout};

/// Most bytes of a request: the longest answer, in whatever encoding, with room to spare.
pub const BODY_MAX: usize = 512 * 1024;

/// Most bytes of bodies that are in memory, of all requests together: half a thousand of the longest.
const ALL_MAX: usize = 256 << 20;

/// Bytes of bodies that are in memory.
static HELD: AtomicUsize = AtomicUsize::new(0);

/// The part of them that one request has, until it is answered.
#[derive(Default)]
struct Held(usize);

impl Held {
    /// Counts so many more. Says whether there is room for them.
    fn grow(&mut self, bytes: usize) -> bool {
        self.0 += bytes;
        HELD.fetch_add(bytes, Ordering::Relaxed) + bytes <= ALL_MAX
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.fetch_sub(self.0, Ordering::Relaxed);
    }
}

/// How long a body may take: the longest answer, over a very bad line.
const BODY_TIME: Duration = Duration::from_secs(30);

/// How long a file may take: the largest, over a line of a megabit a second.
pub const FILE_TIME: Duration = Duration::from_secs(300);

/// Refuses what is too long, before it is read when its length is declared, and what takes too long.
pub async fn read(request: Request, next: Next) -> Response {
    // A file is read by its handler: nobody but a signed-in person makes room for so much.
    if takes_files(request.uri().path()) {
        return next.run(request).await;
    }
    let declared =
        request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if declared.is_some_and(|length: u64| length > BODY_MAX as u64) {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE);
    }
    let (parts, body) = request.into_parts();
    let mut held = Held::default();
    match tokio::time::timeout(BODY_TIME, collect(body, BODY_MAX, |bytes| held.grow(bytes))).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(status)) => refuse(status),
        Err(_) => {
            let mut response = refuse(StatusCode::REQUEST_TIMEOUT);
            // The rest of it may still come: nothing else can be read from this connection.
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    }
}

/// Whether what is sent to a path may be a whole file.
pub fn takes_files(path: &str) -> bool {
    takeout::takes_files(path) || documents::takes_files(path)
}

/// Reads a file.
///
/// # Errors
/// With the status that says why it could not be read: it is too long, it took too long, or it broke off.
pub async fn collect_file(body: Body, most: usize) -> Result<Bytes, StatusCode> {
    // How many there are at a time somebody else sees to.
    match tokio::time::timeout(FILE_TIME, collect(body, most, |_| true)).await {
        Ok(collected) => collected,
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Reads a body of so many bytes at most, for which `has_room` is asked piece by piece.
async fn collect(
    body: Body,
    most: usize,
    mut has_room: impl FnMut(usize) -> bool,
) -> Result<Bytes, StatusCode> {
    let mut stream = body.into_data_stream();
    let mut collected = Vec::new();
    while let Some(piece) = stream.next().await {
        // The client went away, or does not keep to the protocol.
        let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?;
        if collected.len() + piece.len() > most {
            return Err(StatusCode::PAYLOAD_TOO_LARGE);
        }
        if !has_room(piece.len()) {
            return Err(StatusCode::SERVICE_UNAVAILABLE);
        }
        collected.extend_from_slice(&piece);
    }
    Ok(collected.into())
}

/// A reply that says a status and nothing else.
pub fn refuse(status: StatusCode) -> Response {
    (status, status.canonical_reason().unwrap_or_default()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_that_finds_no_room_is_refused_and_leaves_none_behind() {
        let mut others = Held::default();
        assert!(others.grow(1));
        assert!(!others.grow(ALL_MAX));
        let mut held = Held::default();
        let refused = collect(Body::from("answer"), BODY_MAX, |bytes| held.grow(bytes)).await;
        assert_eq!(refused, Err(StatusCode::SERVICE_UNAVAILABLE));
        drop((others, held));
        let mut held = Held::default();
        let read = collect(Body::from("answer"), BODY_MAX, |bytes| held.grow(bytes)).await;
        assert_eq!(read, Ok(Bytes::from("answer")));
        assert_eq!(held.0, "answer".len());
    }
}
