//! What the interviewer says, as a file: who can play it, how, and for how long.

use std::sync::Arc;

use axum::body::Body;
use domain::audio::{Audio, SpeechFailure, SpeechSynthesizer};
use domain::questions::Language;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, RANGE};
use http::{Method, StatusCode};
use serde_json::json;
use server::{Serving, router};
use testkit::{Fixture, PASSWORD};

use crate::client::{Browser, HOST_NAME, Reply};
use crate::world::{serving, serving_https};

/// A sound of a thousand bytes that are told apart.
struct Voice;

fn sound() -> Vec<u8> {
    (0..1000_u32).map(|number| (number % 251) as u8).collect()
}

#[async_trait::async_trait]
impl SpeechSynthesizer for Voice {
    fn name(&self) -> &'static str {
        "a test"
    }

    async fn speak(&self, text: &str, language: Language) -> Result<Audio, SpeechFailure> {
        assert!(!text.is_empty() && language == Language::Korean);
        Ok(Audio { media_type: "audio/mpeg".to_owned(), bytes: sound() })
    }
}

/// Starts an interview in the chat and returns the address of its greeting.
async fn greeted(fixture: &Fixture, serving: Serving) -> (Browser, String) {
    fixture.person("mina").await;
    let mut browser = Browser::new(&router(fixture.app.clone(), serving));
    let post = |browser: &Browser, path: &str, key: &str, body: serde_json::Value| {
        let request = browser.request(Method::POST, path).header(CONTENT_TYPE, "application/json");
        let request = request.header(AUTHORIZATION, format!("Token {key}"));
        request.body(Body::from(body.to_string())).expect("a request")
    };
    let login =
        post(&browser, "/api/user/login/", "none", json!({ "username": "mina", "password": PASSWORD }));
    let key = browser.send(login).await.json()["Token"].as_str().expect("a token").to_owned();
    let start = post(&browser, "/api/chat/gpt/", &key, json!({ "interview_topic": "운영체제" }));
    let reply = browser.send(start).await;
    let url = reply.json()["audio_url"].as_str().unwrap_or_else(|| panic!("{reply:?}")).to_owned();
    (browser, url)
}

async fn play(browser: &mut Browser, path: &str, range: Option<&str>) -> Reply {
    // As an <audio> element of another site asks.
    let mut request = browser
        .request(Method::GET, path)
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-dest", "audio")
        .header(ACCEPT_ENCODING, "gzip, br");
    if let Some(range) = range {
        request = request.header(RANGE, range);
    }
    browser.send(request.body(Body::empty()).expect("a request")).await
}

async fn speaking() -> Fixture {
    Fixture::speaking(None, vec![Arc::new(Voice)]).await
}

#[tokio::test]
async fn the_link_plays_in_an_element_of_any_page() {
    let fixture = speaking().await;
    let (mut browser, url) = greeted(&fixture, serving()).await;
    let path = url.strip_prefix(&format!("http://{HOST_NAME}")).expect("an absolute address").to_owned();
    assert!(path.starts_with("/api/audio/"));
    let whole = play(&mut browser, &path, None).await;
    assert_eq!((whole.status, whole.body.as_ref()), (StatusCode::OK, sound().as_slice()));
    assert_eq!(whole.header("content-type"), Some("audio/mpeg"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.header("content-length"), Some("1000"));
    assert_eq!(whole.header("content-encoding"), None);
    assert_eq!(whole.header("cache-control"), Some("no-store"));
    assert_eq!(whole.header("cross-origin-resource-policy"), Some("cross-origin"));
    assert_eq!(whole.header("x-content-type-options"), Some("nosniff"));

    for (range, told, expected) in [
        ("bytes=0-1", "bytes 0-1/1000", &sound()[0..2]),
        ("bytes=990-", "bytes 990-999/1000", &sound()[990..]),
        ("bytes=-10", "bytes 990-999/1000", &sound()[990..]),
    ] {
        let part = play(&mut browser, &path, Some(range)).await;
        assert_eq!((part.status, part.body.as_ref()), (StatusCode::PARTIAL_CONTENT, expected), "{range}");
        assert_eq!(part.header("content-range"), Some(told));
        assert_eq!(part.header("content-type"), Some("audio/mpeg"));
    }
    let behind = play(&mut browser, &path, Some("bytes=1000-")).await;
    assert_eq!(behind.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(behind.header("content-range"), Some("bytes */1000"));
}

#[tokio::test]
async fn the_address_is_that_of_the_operator() {
    let fixture = speaking().await;
    let (_, url) = greeted(&fixture, serving_https()).await;
    assert!(url.starts_with(&format!("https://{HOST_NAME}/api/audio/")), "the scheme and host that were set");
}

#[tokio::test]
async fn links_that_open_nothing_are_all_alike() {
    let fixture = speaking().await;
    fixture.set_clock("2026-11-21T10:00:00Z");
    let (mut browser, url) = greeted(&fixture, serving()).await;
    let path = url.strip_prefix(&format!("http://{HOST_NAME}")).expect("an absolute address").to_owned();
    let mut paths: Vec<String> = ["0", "%00", &"0".repeat(64), "..%2F..%2Fetc%2Fpasswd"]
        .iter()
        .map(|token| format!("/api/audio/{token}"))
        .collect();
    assert_eq!(play(&mut browser, &path, None).await.status, StatusCode::OK);
    fixture.set_clock("2026-11-21T11:00:00Z");
    paths.push(path);
    for path in paths {
        let reply = play(&mut browser, &path, None).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        assert_eq!(reply.json(), json!({ "problem": "not-found" }));
    }
}
