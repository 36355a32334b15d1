//! The least that a server of this kind can do: axum, one route, one page that stands in memory.

use std::net::Ipv4Addr;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;

/// Serves until it is killed.
pub async fn serve(port: u16, bytes: usize) -> anyhow::Result<()> {
    let page = Bytes::from(vec![b'x'; bytes]);
    let reply = move || std::future::ready(([(CONTENT_TYPE, "text/html; charset=utf-8")], page.clone()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    // As the real one does it.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, Router::new().route("/", get(reply))).await?;
    Ok(())
}
