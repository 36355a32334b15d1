//! Cover letters over HTTP: what people wrote is text, files are to be kept, and a proposal is heard to its end.

use axum::body::Body;
use domain::letters::proposals::{NewProposal, service as proposals};
use domain::letters::{LetterContent, LetterItem, NewLetter, service};
use domain::questions::Language;
use futures::StreamExt;
use http::header::ACCEPT;
use http::{Method, StatusCode};
use serde_json::json;
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::client::Browser;
use crate::hostile::{CANARY, PAYLOADS, all};
use crate::markup::Page;
use crate::world::{SECRET, World, serve};

#[tokio::test]
async fn letters_are_text_on_every_page() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let mut letters = Vec::new();
    for payload in PAYLOADS {
        let item = LetterItem {
            id: Uuid::now_v7(),
            question: payload.to_string(),
            answer: all(),
            limit: None,
            tip: payload.to_string(),
        };
        let short: String = payload.chars().take(90).collect();
        let mut content = LetterContent {
            title: short.clone(),
            company: short.clone(),
            role: short,
            posting: all(),
            items: vec![item.clone()],
            ..LetterContent::empty(Language::Korean)
        };
        content.facts.experiences = all();
        content.facts.strengths = payload.to_string();
        let new = NewLetter { request_id: Uuid::now_v7(), content };
        let letter = service::create(&fixture.app, &viewer, new).await.expect("a letter");
        let new = NewProposal {
            request_id: Uuid::now_v7(),
            kind: "draft".to_owned(),
            item_id: Some(item.id),
            instruction: String::new(),
        };
        proposals::propose(&fixture.app, &viewer, letter, new).await.expect("an outline");
        letters.push(letter);
    }
    for language in ["ko", "en"] {
        browser.cookies.insert("daedap_language".to_owned(), language.to_owned());
        let pages = letters.iter().map(|id| format!("/letters/{id}"));
        for path in pages.chain(["/letters".to_owned(), "/letters?q=xsscanary".to_owned()]) {
            let reply = browser.get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            Page::of(&reply).assert_only_text(CANARY, &path);
        }
    }
}

#[tokio::test]
async fn a_letter_is_a_file_to_keep() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    for (ending, kind) in [("md", "text/markdown; charset=utf-8"), ("txt", "text/plain; charset=utf-8")] {
        let reply = browser.get(&format!("/letters/{}/letter.{ending}", world.letter)).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("content-type"), Some(kind));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        let disposition = reply.header("content-disposition").expect("a name");
        assert!(disposition.starts_with("attachment; filename=\"daedap-letter-"), "{disposition}");
        assert!(!disposition.contains(SECRET));
        assert!(reply.text().contains(&format!("{SECRET}-letter")));
    }
}

#[tokio::test]
async fn a_proposal_is_heard_to_its_end() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        for since in ["", "?since=0", "?since=x", "?since=4294967295", "?since=-1"] {
            let path = format!("/letters/proposals/{}/events{since}", world.letter_proposal);
            let request = browser
                .request(Method::GET, &path)
                .header(ACCEPT, "text/event-stream")
                .header("sec-fetch-site", "same-origin");
            let response = browser.open(request.body(Body::empty()).expect("a request")).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!(header("content-type"), Some("text/event-stream"));
            assert_eq!(header("cache-control"), Some("no-store"));
            let mut heard = String::new();
            let mut stream = response.into_body().into_data_stream();
            while let Some(piece) = stream.next().await {
                heard.push_str(std::str::from_utf8(&piece.expect("a piece")).expect("whole characters"));
            }
            assert!(heard.contains("\"event\":\"ended\""), "{heard}");
            assert!(heard.contains("■"), "{heard}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_save_that_comes_too_late_brings_back_what_is_there() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let content = crate::calls::letter("Mine");
    let save =
        |revision: u32| json!({ "id": world.letter, "save": { "revision": revision, "content": content } });
    let reply = browser.call("/web/letters/save", &save(7)).await;
    assert_eq!(reply.status, StatusCode::OK);
    let theirs = &reply.json()["Ok"]["changed-elsewhere"];
    assert_eq!(
        (&theirs["revision"], &theirs["content"]["title"]),
        (&json!(1), &json!(format!("{SECRET}-title")))
    );
    let saved = browser.call("/web/letters/save", &save(1)).await;
    assert_eq!(saved.json()["Ok"]["saved"]["revision"], 2);
    let long = json!({ "id": world.letter, "save": { "revision": 2, "content": crate::calls::letter(&"가".repeat(101)) } });
    let refused = browser.call("/web/letters/save", &long).await;
    assert_eq!(refused.told()["field"], "title");
}
