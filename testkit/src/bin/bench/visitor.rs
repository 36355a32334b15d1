//! Somebody who uses the site as its pages do.

use std::net::SocketAddr;

use anyhow::{Context, ensure};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use serde_json::{Value, json};
use testkit::PASSWORD;

use crate::client::{Connection, Request, call, page};

/// A person who is signed in.
pub struct Visitor {
    address: SocketAddr,
    cookie: HeaderValue,
}

impl Visitor {
    /// Signs in with the password of every account of a fixture.
    pub async fn sign_in(address: SocketAddr, name: &str) -> anyhow::Result<Self> {
        let request = call("/web/accounts/sign-in", &json!({ "username": name, "password": PASSWORD }))?;
        let (status, headers, _) = Connection::open(address).await?.whole(request).await?;
        ensure!(status == StatusCode::OK, "signing in answers {status}");
        let session = headers
            .get_all(SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| cookie.contains("daedap_session="))
            .context("signing in gives no session")?;
        Ok(Self { address, cookie: session.parse()? })
    }

    /// A request for a page of the person's.
    pub fn get(&self, path: &str) -> anyhow::Result<Request> {
        self.signed(page(path)?)
    }

    /// Calls a server function and gives what its form would get.
    pub async fn call(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.signed(call(path, body)?)?;
        let (status, _, body) = Connection::open(self.address).await?.whole(request).await?;
        ensure!(status == StatusCode::OK, "{path} answers {status}");
        let reply: Value = serde_json::from_slice(&body)?;
        ensure!(reply.get("Err").is_none(), "{path} answers {reply}");
        Ok(reply["Ok"].clone())
    }

    fn signed(&self, mut request: Request) -> anyhow::Result<Request> {
        request.headers_mut().insert(COOKIE, self.cookie.clone());
        Ok(request)
    }
}
