//! Headers that every reply carries, whatever it is.

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use domain::ModelFailure;
use domain::interview::{
    AssessmentBrief, Feedback, Interviewer, InterviewerLabel, QuestionBrief, SpeechBrief, Spoken, Words,
};
use domain::questions::Question;
use http::header::CONTENT_LENGTH;
use http::{Method, Request, StatusCode};
use serde_json::json;
use server::BODY_MAX;
use testkit::Fixture;

use crate::calls::{For, PAGES};
use crate::client::{Browser, Reply};
use crate::world::{World, serve, serving_https};

/// A model whose name cannot be told: asking for it is a defect of the program.
struct Broken;

#[async_trait]
impl Interviewer for Broken {
    fn label(&self) -> InterviewerLabel {
        panic!("secret-of-the-program");
    }

    fn makes_questions(&self) -> bool {
        false
    }

    async fn speak(&self, _brief: &SpeechBrief, _words: Words) -> Result<Spoken, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    async fn assess(&self, _brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    async fn make_question(&self, _brief: &QuestionBrief) -> Result<Question, ModelFailure> {
        Err(ModelFailure::Broken)
    }
}

/// Replies of every kind, each with the status that shows that it is of that kind.
async fn all_kinds(world: &World, router: &Router, mut browser: Browser) -> Vec<(String, Reply)> {
    let mut replies = Vec::new();
    let mut keep = |what: &str, reply: Reply, status: StatusCode| {
        assert_eq!(reply.status, status, "{what}");
        replies.push((what.to_owned(), reply));
    };
    keep("a guest's page", Browser::new(router).get("/login").await, StatusCode::OK);
    keep("a redirect to the sign-in", Browser::new(router).get("/profile").await, StatusCode::FOUND);
    browser.sign_in("victim").await;
    for (page, who) in PAGES {
        let path = world.address(page, world.finished);
        let expected = match who {
            For::Admins => StatusCode::FORBIDDEN,
            For::Arrivals => match *page {
                "/oauth/{provider}/start" => StatusCode::BAD_REQUEST,
                _ => StatusCode::NOT_FOUND,
            },
            _ => StatusCode::OK,
        };
        keep(&path, browser.get(&path).await, expected);
    }
    keep("/share/nobodys", browser.get("/share/nobodys").await, StatusCode::NOT_FOUND);
    let running = format!("/interviews/{}/report", world.interview);
    keep("a report too early", browser.get(&running).await, StatusCode::CONFLICT);
    keep("a page that is not there", browser.get("/nowhere").await, StatusCode::NOT_FOUND);
    let other = format!("/interviews/{}", uuid::Uuid::now_v7());
    keep("an interview that is not there", browser.get(&other).await, StatusCode::NOT_FOUND);
    keep("an interview without an id", browser.get("/interviews/x").await, StatusCode::NOT_FOUND);
    keep("events of nothing", browser.get("/interviews/x/events").await, StatusCode::BAD_REQUEST);
    keep("a file that is not there", browser.get("/pkg/nothing.js").await, StatusCode::NOT_FOUND);
    keep("health", browser.get("/healthz").await, StatusCode::OK);
    keep("readiness", browser.get("/readyz").await, StatusCode::OK);
    let data = browser.call("/web/accounts/profile", &json!({})).await;
    keep("data", data, StatusCode::OK);
    let refused = Browser::secure(router).call("/web/accounts/profile", &json!({})).await;
    keep("data for nobody", refused, StatusCode::UNAUTHORIZED);
    let malformed = browser.call("/web/interview/room", &json!({ "id": 1 })).await;
    keep("a malformed call", malformed, StatusCode::BAD_REQUEST);
    let chosen = browser.submit("/preferences", &[("theme", "dark")]).await;
    keep("a choice", chosen, StatusCode::SEE_OTHER);
    let request = browser.own("/preferences").body(Body::empty()).expect("a request");
    keep("a form of no type", browser.send(request).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let request =
        browser.request(Method::GET, "/web/accounts/profile").body(Body::empty()).expect("a request");
    keep("a wrong method", browser.send(request).await, StatusCode::METHOD_NOT_ALLOWED);
    let request = browser.request(Method::POST, "/web/accounts/profile").header("origin", "null");
    let request = request.body(Body::empty()).expect("a request");
    keep("another site's request", browser.send(request).await, StatusCode::FORBIDDEN);
    let request = browser.own("/web/accounts/profile").header(CONTENT_LENGTH, BODY_MAX + 1);
    let request = request.body(Body::empty()).expect("a request");
    keep("too much", browser.send(request).await, StatusCode::PAYLOAD_TOO_LARGE);
    let request: Request<Body> =
        browser.request(Method::HEAD, "/login").body(Body::empty()).expect("a request");
    keep("only the head", browser.send(request).await, StatusCode::OK);
    keep("a sign-out", browser.submit("/web/accounts/sign-out", &[]).await, StatusCode::FOUND);
    replies
}

fn assert_guarded(what: &str, reply: &Reply, https: bool) {
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{what}");
    assert_eq!(reply.header("x-frame-options"), Some("DENY"), "{what}");
    let is_key = ["/share/", "/reset/", "/setup/"].iter().any(|prefix| what.starts_with(prefix));
    let referrer = if is_key { "no-referrer" } else { "same-origin" };
    assert_eq!(reply.header("referrer-policy"), Some(referrer), "{what}");
    assert_eq!(reply.header("strict-transport-security").is_some(), https, "{what}");
    assert_eq!(reply.headers.get_all("content-security-policy").iter().count(), 1, "{what}");
    let policy = reply.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none';"), "{what}: {policy}");
    assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
    for hole in ["unsafe-inline", "'unsafe-eval'", "*", "http:", "https:", "strict-dynamic", "ws:"] {
        assert!(!policy.contains(hole), "{what}: {policy}");
    }
    let is_page = reply.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    assert_eq!(is_page, policy.contains("'nonce-"), "{what}: {policy}");
    if is_page {
        for part in ["base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{what}: {policy}");
        }
    }
    assert!(reply.header("cache-control").is_some_and(|value| value.contains("no-store")), "{what}");
    for name in ["server", "x-powered-by"] {
        assert_eq!(reply.header(name), None, "{what}");
    }
}

#[tokio::test]
async fn every_reply_is_guarded() {
    let world = World::new(Fixture::sqlite(None).await).await;
    for (what, reply) in all_kinds(&world, &world.router, world.nobody()).await {
        assert_guarded(&what, &reply, false);
    }
}

#[tokio::test]
async fn every_reply_over_https_is_guarded() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let router = server::router(world.fixture.app.clone(), serving_https());
    for (what, reply) in all_kinds(&world, &router, Browser::secure(&router)).await {
        assert_guarded(&what, &reply, true);
    }
}

#[tokio::test]
async fn a_nonce_is_used_once() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let mut policies = Vec::new();
    for _ in 0..3 {
        policies.push(
            browser.get("/login").await.header("content-security-policy").expect("a policy").to_owned(),
        );
    }
    policies.sort();
    policies.dedup();
    assert_eq!(policies.len(), 3);
}

#[tokio::test]
async fn a_panic_is_a_guarded_error_that_tells_nothing() {
    let fixture = Fixture::sqlite(Some(Arc::new(Broken))).await;
    fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let called = browser.call("/web/interview/setup", &json!({})).await;
    let opened = browser.get("/interviews/new").await;
    for (what, reply) in [("a call", called), ("a page", opened)] {
        assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR, "{what}");
        assert_guarded(what, &reply, false);
        assert!(!reply.text().contains("secret-of-the-program"), "{what}");
    }
    // The program lives.
    assert_eq!(browser.get("/profile").await.status, StatusCode::OK);
}

#[tokio::test]
async fn files_of_the_program_are_guarded_and_kept() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    let reply = browser.get("/favicon.svg").await;
    // Without the web build there are no files; then it is a page that is not there, and guarded as such.
    if reply.status == StatusCode::NOT_FOUND {
        return assert_guarded("no file", &reply, false);
    }
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("content-type"), Some("image/svg+xml"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    assert!(
        reply
            .header("content-security-policy")
            .is_some_and(|policy| policy.starts_with("default-src 'none'"))
    );
    assert!(reply.header("cache-control").is_some_and(|value| value.starts_with("public")));
    let etag = reply.header("etag").expect("an etag");
    let request = browser.request(Method::GET, "/favicon.svg").header("if-none-match", etag);
    let again = browser.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/pkg/../../../Cargo.toml", "//etc/passwd", "/.env"]
    {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
