//! Files of people over HTTP, and the pages about what was read from them. What a hostile file does to the process that reads it is
//! tried on the real program (`daedap/tests/faults/documents.rs`).

use axum::body::{Body, Bytes};
use domain::documents::{FILE_MAX, NewDocument, TEXT_MAX, service as documents};
use domain::tokens::Scope;
use futures::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::Fixture;
use testkit::files::docx::docx;
use testkit::files::pdf::{encrypted_pdf, korean_pdf, scanned_pdf};
use uuid::Uuid;

use crate::client::{Browser, Reply};
use crate::hostile::{CANARY, PAYLOADS, all};
use crate::markup::Page;
use crate::program::{Program, problem};
use crate::stored::{assert_same, everything};
use crate::world::{World, serve};

const PARSE: &str = "/documents/parse";
const API_PARSE: &str = "/api/v1/documents/parse";
const FILE: &str = "application/octet-stream";

async fn send(browser: &mut Browser, body: impl Into<Body>) -> Reply {
    let request = browser.own(PARSE).header(CONTENT_TYPE, FILE);
    browser.send(request.body(body.into()).expect("a request")).await
}

fn wrong(fault: &str) -> Value {
    json!({ "problem": "wrong-document", "fault": fault })
}

#[tokio::test]
async fn a_file_is_read_and_not_kept() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    let before = everything(&world.fixture.app).await;
    let pdf = send(&mut browser, korean_pdf(&[&["이력서", "결제를 맡았습니다."]])).await;
    assert_eq!(pdf.status, StatusCode::OK, "{pdf:?}");
    assert_eq!(pdf.json(), json!({ "kind": "pdf", "text": "이력서\n결제를 맡았습니다.", "pages": 1 }));
    assert_eq!(pdf.header("cache-control"), Some("no-store"));
    let docx = send(&mut browser, docx(&["이력서"])).await;
    assert_eq!(docx.json(), json!({ "kind": "docx", "text": "이력서", "pages": null }));
    let text = send(&mut browser, "이력서").await;
    assert_eq!(text.json(), json!({ "kind": "text", "text": "이력서", "pages": null }));
    assert_same(&before, &everything(&world.fixture.app).await, "reading a file");
}

/// Files that are refused, with the status and the fault, by whatever door they come.
fn refused_files() -> Vec<(Vec<u8>, StatusCode, &'static str)> {
    let hostile = StatusCode::UNPROCESSABLE_ENTITY;
    vec![
        (encrypted_pdf(), hostile, "encrypted"),
        (scanned_pdf(), hostile, "no-text"),
        (b"%PDF-1.7 and no more".to_vec(), hostile, "broken"),
        (b"PK\x03\x04 and no more".to_vec(), hostile, "broken"),
        (b"".to_vec(), hostile, "no-text"),
        ("가".repeat(TEXT_MAX as usize + 1).into_bytes(), hostile, "too-long"),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-kind"),
        (vec![b'a'; FILE_MAX as usize + 1], StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
    ]
}

#[tokio::test]
async fn what_cannot_be_read_says_why() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    for (file, status, fault) in refused_files() {
        let reply = send(&mut browser, file).await;
        assert_eq!((reply.status, reply.json()), (status, wrong(fault)));
    }
}

#[tokio::test]
async fn a_file_is_taken_from_members_and_from_our_own_pages_alone() {
    let world = World::new(Fixture::sqlite(None).await).await;
    assert_eq!(send(&mut world.nobody(), "text").await.status, StatusCode::UNAUTHORIZED);
    let mut browser = world.signed_in("attacker").await;
    for kind in ["multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded"] {
        let request = browser.own(PARSE).header(CONTENT_TYPE, kind);
        let form = browser.send(request.body("text".into()).expect("a request")).await;
        assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
    let elsewhere = browser.request(Method::POST, PARSE).header("sec-fetch-site", "cross-site");
    let elsewhere = elsewhere.header(CONTENT_TYPE, FILE).body("text".into()).expect("a request");
    assert_eq!(browser.send(elsewhere).await.status, StatusCode::FORBIDDEN);
    let got = browser.request(Method::GET, PARSE).body(Body::empty()).expect("a request");
    assert_eq!(browser.send(got).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

/// So many bytes that are no text, in pieces.
fn pieces(length: usize) -> Body {
    const PIECE: usize = 64 * 1024;
    let whole = std::iter::repeat_n(Bytes::from(vec![1; PIECE]), length / PIECE);
    let rest = std::iter::once(Bytes::from(vec![1; length % PIECE]));
    Body::from_stream(stream::iter(whole.chain(rest).map(Ok::<_, std::io::Error>)))
}

#[tokio::test]
async fn one_byte_too_many_is_refused_declared_or_not() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    let most = FILE_MAX as usize;
    let request = browser.own(PARSE).header(CONTENT_TYPE, FILE).header(CONTENT_LENGTH, most + 1);
    let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let declared = browser.send(request.body(endless).expect("a request")).await;
    assert_eq!((declared.status, declared.json()), (StatusCode::PAYLOAD_TOO_LARGE, wrong("too-large")));
    let over = send(&mut browser, pieces(most + 1)).await;
    assert_eq!((over.status, over.json()), (StatusCode::PAYLOAD_TOO_LARGE, wrong("too-large")));
    assert_eq!(send(&mut browser, pieces(most)).await.json(), wrong("wrong-kind"));
    // A neighbour of the path takes no more than any other.
    let neighbour = browser.own("/documents/parse/").header(CONTENT_TYPE, FILE);
    let neighbour = browser.send(neighbour.body(pieces(server::BODY_MAX + 1)).expect("a request")).await;
    assert_eq!(neighbour.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn so_many_files_are_read_for_a_person() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    for _ in 0..20 {
        assert_eq!(send(&mut browser, "text").await.status, StatusCode::OK);
    }
    let refused = send(&mut browser, "text").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.json()["problem"], "too-many-attempts");
    assert_eq!(send(&mut world.signed_in("victim").await, "text").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_program_is_told_the_same() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let program = Program::new(&world.router, &world.fixture.app, &world.attacker, Scope::Write).await;
    let parse = async |body: Vec<u8>| {
        let request = program.request(Method::POST, API_PARSE).header(CONTENT_TYPE, FILE);
        Browser::new(&world.router).send(request.body(body.into()).expect("a request")).await
    };
    let read = parse(korean_pdf(&[&["이력서"]])).await;
    assert_eq!((read.status, &read.json()["text"]), (StatusCode::OK, &json!("이력서")));
    for (file, status, fault) in refused_files() {
        let refused = parse(file).await;
        let told = (problem(&refused), refused.json()["fault"].clone());
        assert_eq!((refused.status, told), (status, ("wrong-document".to_owned(), json!(fault))));
    }
    let form =
        program.request(Method::POST, API_PARSE).header(CONTENT_TYPE, "multipart/form-data; boundary=x");
    let form = program.send(form.body("text".into()).expect("a request")).await;
    assert_eq!(
        (form.status, problem(&form)),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong-document".to_owned())
    );

    let new = json!({ "kind": "posting", "title": "공고", "text": "백엔드", "file": "pdf" });
    let made = program.call(Method::POST, "/api/v1/documents", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    let path = made.header("location").expect("an address").to_owned();
    let read = program.get(&path).await.json();
    assert_eq!(
        (&read["title"], &read["revision"], &read["file"]),
        (&json!("공고"), &json!(0), &json!("pdf"))
    );
    let edit = json!({ "revision": 0, "kind": "posting", "title": "공고 2", "text": "백엔드" });
    let saved = program.call(Method::PUT, &path, &edit).await.json();
    assert_eq!(saved["saved"]["revision"], 1);
    let late = json!({ "revision": 0, "kind": "posting", "title": "공고 3", "text": "백엔드" });
    let refused = program.call(Method::PUT, &path, &late).await.json();
    assert_eq!(refused["changed-elsewhere"]["title"], "공고 2");
    let items = json!({ "text": "1. 지원동기 (500자)\n하나" });
    let items = program.call(Method::POST, "/api/v1/documents/items", &items).await.json();
    assert_eq!(items[0]["limit"], json!({ "most": 500, "unit": "characters" }));
    let long = json!({ "text": "1. ".repeat(TEXT_MAX as usize / 3 + 1) });
    let refused = program.call(Method::POST, "/api/v1/documents/items", &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
}

#[tokio::test]
async fn what_is_kept_is_text_on_every_page() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let mut pages = vec!["/documents".to_owned()];
    for payload in PAYLOADS.iter().filter(|payload| payload.chars().count() <= 100) {
        let new =
            NewDocument { kind: "resume".to_owned(), title: (*payload).to_owned(), text: all(), file: None };
        let id = documents::create(&fixture.app, &viewer, Uuid::now_v7(), new).await.expect("kept");
        pages.push(format!("/documents/{id}"));
    }
    for path in pages {
        let reply = browser.get(&path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        Page::of(&reply).assert_only_text(CANARY, &path);
    }
}

#[tokio::test]
async fn a_letter_that_is_too_long_is_told_at_its_text() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let letter = |items: Value| json!({ "request_id": Uuid::now_v7(), "letter": { "title": "옮긴 글", "items": items } });
    let none = browser.call("/web/documents/make-letter", &letter(json!([]))).await.told();
    assert_eq!((&none["field"], &none["reason"]["reason"]), (&json!("text"), &json!("empty")));
    let item = json!({ "question": "왜?", "answer": "가".repeat(10_001), "limit": null });
    let long = browser.call("/web/documents/make-letter", &letter(json!([item]))).await.told();
    assert_eq!((&long["field"], &long["reason"]["reason"]), (&json!("text"), &json!("too-long")));
}
