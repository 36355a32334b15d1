//! One kept-alive connection to a server on this machine.

use std::net::SocketAddr;

use anyhow::{Context, ensure};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// What is sent.
pub type Request = axum::http::Request<Full<Bytes>>;

/// A connection that waits for its next request.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the connection.
        tokio::spawn(connection);
        Ok(Self { sender, address })
    }

    /// Sends and waits for the head of the reply.
    pub async fn send(&mut self, mut request: Request) -> anyhow::Result<axum::http::Response<Incoming>> {
        let host = self.address.to_string().parse()?;
        request.headers_mut().insert(header::HOST, host);
        self.sender.ready().await?;
        Ok(self.sender.send_request(request).await?)
    }

    /// The body of a page that must be there.
    pub async fn page(&mut self, request: Request) -> anyhow::Result<Bytes> {
        let path = request.uri().path().to_owned();
        let (status, _, body) = self.whole(request).await?;
        ensure!(status == StatusCode::OK, "{path} answers {status}");
        Ok(body)
    }

    /// Status, headers and body.
    pub async fn whole(&mut self, request: Request) -> anyhow::Result<(StatusCode, HeaderMap, Bytes)> {
        let response = self.send(request).await?;
        let (head, body) = response.into_parts();
        Ok((head.status, head.headers, body.collect().await?.to_bytes()))
    }
}

/// A request for a page.
pub fn page(path: &str) -> anyhow::Result<Request> {
    axum::http::Request::get(path).body(Full::default()).context("a request")
}

/// A JSON call, as the pages of the site make it.
pub fn call(path: &str, body: &serde_json::Value) -> anyhow::Result<Request> {
    axum::http::Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Full::from(body.to_string()))
        .context("a request")
}

/// The JSON of the server-sent events in a stream, taken out as they become whole.
#[derive(Default)]
pub struct Events {
    held: Vec<u8>,
}

impl Events {
    /// Takes bytes, and gives the data of the events that they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<String> {
        self.held.extend_from_slice(bytes);
        let mut whole = Vec::new();
        while let Some(end) = self.held.windows(2).position(|pair| pair == b"\n\n") {
            let event: Vec<u8> = self.held.drain(..end + 2).collect();
            let text = String::from_utf8_lossy(&event);
            whole.extend(
                text.lines().filter_map(|line| line.strip_prefix("data:")).map(|data| data.trim().to_owned()),
            );
        }
        whole
    }
}
