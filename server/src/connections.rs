//! Connections: as many as there may be, none of which may take for ever to say what it wants.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;

/// How long the head of a request may take. A connection that waits for the next one is closed after this time too.
const HEAD: Duration = Duration::from_secs(30);

/// Most bytes of a head, and of a reply that waits for a slow reader.
const BUFFER: usize = 64 << 10;

/// Most connections, where the system allows so many.
const MOST: usize = 20_000;

/// Files that are no connections of clients: the database, the model server, the program's own.
const OTHER_FILES: usize = 200;

/// Serves every connection until it is told to end, and then what was begun.
pub async fn serve(listener: TcpListener, router: Router, end: CancellationToken) {
    let connections = TaskTracker::new();
    let places = Arc::new(Semaphore::new(most()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(BUFFER);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = end.cancelled() => break,
            next = accept(&listener, &places) => next,
        };
        let (http, router, end) = (http.clone(), router.clone(), end.clone());
        connections.spawn(async move {
            attend(&http, router, stream, peer, end).await;
            drop(place);
        });
    }
    // Nobody new gets in while the others finish.
    drop(listener);
    connections.close();
    connections.wait().await;
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed.
    let place = places.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, place),
            Err(error) => {
                // A peer that has left already, or too many open files: others will be closed.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn attend(
    http: &http1::Builder,
    router: Router,
    stream: TcpStream,
    peer: SocketAddr,
    end: CancellationToken,
) {
    // Without this a small reply waits for the one before it to be acknowledged.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(request)
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let over = tokio::select! {
        over = connection.as_mut() => over,
        () = end.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = over {
        tracing::debug!(%error, "a connection broke off");
    }
}

/// Most connections at a time. Raises the number of files that may be open to what the system allows.
#[cfg(unix)]
fn most() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit });
    let allowed = raised.map_or(limit.current, |()| limit.maximum);
    let allowed = allowed.map_or(MOST, |files| usize::try_from(files).unwrap_or(MOST));
    allowed.saturating_sub(OTHER_FILES).clamp(1, MOST)
}

#[cfg(not(unix))]
fn most() -> usize {
    MOST - OTHER_FILES
}
