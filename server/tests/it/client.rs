//! A browser as far as the server can tell: it keeps cookies, says where a request comes from, and encodes as the pages do.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::ConnectInfo;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

/// Where the browsers of the tests live unless they say otherwise.
const HOME: [u8; 4] = [192, 0, 2, 1];

/// The host that browsers believe they talk to.
pub const HOST_NAME: &str = "daedap.test";

/// What a browser accepts when a person opens a page.
pub const PAGE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// One browser on one machine.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    pub address: IpAddr,
    /// Of the pages that it has open.
    origin: String,
}

impl Browser {
    pub fn new(router: &Router) -> Self {
        Self {
            router: router.clone(),
            cookies: BTreeMap::new(),
            address: HOME.into(),
            origin: format!("http://{HOST_NAME}"),
        }
    }

    /// The same over HTTPS.
    pub fn secure(router: &Router) -> Self {
        Self { origin: format!("https://{HOST_NAME}"), ..Self::new(router) }
    }

    pub fn at(router: &Router, address: impl Into<IpAddr>) -> Self {
        Self { address: address.into(), ..Self::new(router) }
    }

    /// Opens a page, as a person does who types its address.
    pub async fn get(&mut self, path: &str) -> Reply {
        let request = self.request(Method::GET, path).header(ACCEPT, PAGE).header("sec-fetch-site", "none");
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Calls a server function as a page of ours does.
    pub async fn call(&mut self, path: &str, arguments: &Value) -> Reply {
        let request =
            self.own(path).header(CONTENT_TYPE, "application/json").header(ACCEPT, "application/json");
        self.send(request.body(arguments.to_string().into()).expect("a request")).await
    }

    /// Sends a plain form of one of our pages.
    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let fields: String =
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request =
            self.own(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").header(ACCEPT, PAGE);
        self.send(request.body(fields.into()).expect("a request")).await
    }

    /// The beginning of a POST from one of our own pages.
    pub fn own(&self, path: &str) -> http::request::Builder {
        self.request(Method::POST, path).header(ORIGIN, &self.origin).header("sec-fetch-site", "same-origin")
    }

    /// The beginning of any request: host and cookies, which a browser adds whoever asks for it.
    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(HOST, HOST_NAME);
        match self.cookies.is_empty() {
            true => request,
            false => request.header(COOKIE, self.cookie_header()),
        }
    }

    fn cookie_header(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// Sends, keeps the cookies of the answer and reads it to its end.
    pub async fn send(&mut self, request: Request<Body>) -> Reply {
        let (parts, body) = self.open(request).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a whole body");
        Reply { status: parts.status, headers: parts.headers, body }
    }

    /// Sends, keeps the cookies of the answer and leaves its body to be read: for streams.
    pub async fn open(&mut self, mut request: Request<Body>) -> Response<Body> {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.address, 50_000))));
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        self.keep_cookies(response.headers());
        response
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a readable cookie");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a named cookie");
            match attributes.to_lowercase().contains("max-age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }

    /// The cookie that holds the session, if there is one.
    pub fn session(&self) -> Option<&str> {
        let found = self.cookies.iter().find(|(name, _)| name.ends_with("daedap_session"));
        found.map(|(_, value)| value.as_str())
    }

    /// Signs in, which must succeed.
    pub async fn sign_in(&mut self, name: &str) {
        let reply = self.try_sign_in(name, testkit::PASSWORD).await;
        assert_eq!(reply.json()["Ok"], Value::Null, "{reply:?}");
        assert!(reply.json().get("Ok").is_some(), "{reply:?}");
    }

    pub async fn try_sign_in(&mut self, name: &str, password: &str) -> Reply {
        self.call("/web/accounts/sign-in", &serde_json::json!({ "username": name, "password": password }))
            .await
    }

    /// Whether the server knows who this is.
    pub async fn is_signed_in(&mut self) -> bool {
        match self.call("/web/accounts/profile", &serde_json::json!({})).await.status {
            StatusCode::OK => true,
            StatusCode::UNAUTHORIZED => false,
            status => panic!("neither signed in nor out: {status}"),
        }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Reply {
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// The problem that a form is told, which is no failure of the call.
    pub fn told(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        self.json()["Err"].clone()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().expect("a readable header"))
    }

    pub fn location(&self) -> Option<&str> {
        self.header(LOCATION.as_str())
    }

    pub fn set_cookies(&self) -> Vec<&str> {
        self.headers.get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().expect("readable")).collect()
    }
}
