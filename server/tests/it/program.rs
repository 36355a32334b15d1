//! A program with a token, as far as the server can tell.

use axum::Router;
use axum::body::Body;
use domain::tokens::{NewToken, Scope, service as tokens};
use domain::{App, Viewer};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, request};
use serde_json::Value;

use crate::client::{Browser, Reply};

/// A program somewhere. It keeps no cookies.
#[derive(Clone)]
pub struct Program {
    router: Router,
    pub token: String,
}

/// Makes a token of a person.
pub async fn token(app: &App, person: &Viewer, scope: Scope) -> String {
    let new = NewToken { name: "test".to_owned(), scope: scope.to_string(), expiry: "7".to_owned() };
    tokens::create(app, person, new).await.expect("a token").secret
}

impl Program {
    /// A program with a token of a person, which was used before.
    pub async fn new(router: &Router, app: &App, person: &Viewer, scope: Scope) -> Self {
        let program = Self { router: router.clone(), token: token(app, person, scope).await };
        // The first use is written down: what comes after it is to change nothing.
        program.get("/api/v1/rubric").await;
        program
    }

    /// The beginning of a request.
    pub fn request(&self, method: Method, path: &str) -> request::Builder {
        let browser = Browser::new(&self.router);
        browser.request(method, path).header(AUTHORIZATION, format!("Bearer {}", self.token))
    }

    pub async fn send(&self, request: http::Request<Body>) -> Reply {
        Browser::new(&self.router).send(request).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    /// A call with a body of JSON; none when it is null.
    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Reply {
        let request = self.request(method, path);
        self.send(with_body(request, body)).await
    }

    /// A POST of a file.
    pub async fn post_file(&self, path: &str, zip: impl Into<Body>) -> Reply {
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, "application/zip");
        self.send(request.body(zip.into()).expect("a request")).await
    }

    /// A POST under a key.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Reply {
        let request = self.request(Method::POST, path).header("idempotency-key", key);
        self.send(with_body(request, body)).await
    }
}

/// The request with its body.
pub fn with_body(request: request::Builder, body: &Value) -> http::Request<Body> {
    let request = match body {
        Value::Null => request.body(Body::empty()),
        body => request.header(CONTENT_TYPE, "application/json").body(body.to_string().into()),
    };
    request.expect("a request")
}

/// The word of the problem that a reply tells, after a look at its form.
pub fn problem(reply: &Reply) -> String {
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{reply:?}");
    let told = reply.json();
    assert_eq!(told["status"], reply.status.as_u16(), "{told}");
    for member in ["title", "detail"] {
        assert!(told[member].as_str().is_some_and(|text| !text.is_empty()), "{told}");
    }
    let kind = told["type"].as_str().and_then(|kind| kind.strip_prefix("urn:daedap:problem:"));
    kind.expect("a kind of ours").to_owned()
}
