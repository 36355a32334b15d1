//! Files of people over HTTP, the receipt, and the privacy page.

use axum::body::{Body, Bytes};
use domain::takeout::IMPORT_MAX;
use futures::stream;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::{Browser, Reply};
use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::stored::{assert_same, everything};
use crate::world::{SECRET, World, serve, serving_https};

const IMPORTS: [&str; 2] = ["/account/import/preview", "/account/import"];

async fn send(browser: &mut Browser, path: &str, body: impl Into<Body>) -> Reply {
    let request = browser.own(path).header(CONTENT_TYPE, "application/zip");
    browser.send(request.body(body.into()).expect("a request")).await
}

fn wrong(fault: &str) -> Value {
    json!({ "problem": "wrong-file", "fault": fault })
}

#[tokio::test]
async fn an_export_is_the_persons_alone_and_comes_back_elsewhere() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        assert_eq!(world.nobody().get("/account/export.zip").await.status, StatusCode::UNAUTHORIZED);
        let mut victim = world.signed_in("victim").await;
        let before = everything(&world.fixture.app).await;
        let zip = victim.get("/account/export.zip").await;
        assert_eq!(zip.status, StatusCode::OK);
        assert_eq!(zip.header("content-type"), Some("application/zip"));
        assert_eq!(zip.header("cache-control"), Some("no-store"));
        assert_eq!(zip.header("content-encoding"), None);
        let name = zip.header("content-disposition").expect("a name");
        assert!(name.starts_with("attachment; filename=\"daedap-2") && name.ends_with(".zip\""), "{name}");
        assert_same(&before, &everything(&world.fixture.app).await, "an export");

        let mut attacker = world.signed_in("attacker").await;
        let others = attacker.get("/account/export.zip").await;
        assert!(others.body.len() < zip.body.len());

        let other = Fixture::sqlite(None).await;
        other.person("victim").await;
        let mut newcomer = Browser::new(&serve(&other));
        newcomer.sign_in("victim").await;
        let looked = send(&mut newcomer, IMPORTS[0], zip.body.clone()).await;
        assert_eq!(looked.status, StatusCode::OK, "{looked:?}");
        assert_eq!(looked.json()["interviews"], json!({ "added": 2, "skipped": 0 }));
        let empty = newcomer.call("/web/takeout/holdings", &json!({})).await.json();
        assert_eq!(empty["interviews"], 0, "looking stores nothing");
        let done = send(&mut newcomer, IMPORTS[1], zip.body.clone()).await;
        assert_eq!(done.json(), looked.json());
        let report = newcomer.get(&format!("/interviews/{}/report", world.finished)).await;
        assert!(report.status == StatusCode::OK && report.text().contains(SECRET));
        let again = send(&mut newcomer, IMPORTS[1], zip.body).await;
        assert_eq!(again.json()["interviews"], json!({ "added": 0, "skipped": 2 }));
    })
    .await;
}

#[tokio::test]
async fn exports_are_few() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut victim = world.signed_in("victim").await;
    for _ in 0..5 {
        assert_eq!(victim.get("/account/export.zip").await.status, StatusCode::OK);
    }
    assert_eq!(victim.get("/account/export.zip").await.status, StatusCode::TOO_MANY_REQUESTS);
    let mut attacker = world.signed_in("attacker").await;
    assert_eq!(attacker.get("/account/export.zip").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_export_is_refused_and_changes_nothing() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    let before = everything(&world.fixture.app).await;
    for path in IMPORTS {
        let nobody = send(&mut world.nobody(), path, "PK").await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{path}");
        let text = send(&mut browser, path, "<html></html>").await;
        assert_eq!(
            (text.status, text.json()),
            (StatusCode::UNSUPPORTED_MEDIA_TYPE, wrong("not-zip")),
            "{path}"
        );
        let request = browser.own(path).header(CONTENT_TYPE, "multipart/form-data; boundary=x");
        let form = browser.send(request.body("PK\x03\x04".into()).expect("a request")).await;
        assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path}");
        let broken = send(&mut browser, path, "PK\x03\x04 and no more").await;
        assert_eq!(
            (broken.status, broken.json()),
            (StatusCode::UNPROCESSABLE_ENTITY, wrong("damaged")),
            "{path}"
        );
        let got = browser.request(Method::GET, path).body(Body::empty()).expect("a request");
        assert_eq!(browser.send(got).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
    assert_same(&before, &everything(&world.fixture.app).await, "a file that is no export");
}

#[tokio::test]
async fn one_byte_too_many_is_refused_declared_or_not() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("attacker").await;
    let most = IMPORT_MAX as usize;
    for path in IMPORTS {
        let request =
            browser.own(path).header(CONTENT_TYPE, "application/zip").header(CONTENT_LENGTH, most + 1);
        let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let declared = browser.send(request.body(endless).expect("a request")).await;
        assert_eq!(
            (declared.status, declared.json()),
            (StatusCode::PAYLOAD_TOO_LARGE, wrong("too-large")),
            "{path}"
        );
        let pieces = |length: usize| {
            let piece = Bytes::from(vec![b'P'; 1024 * 1024]);
            let whole = std::iter::repeat_n(piece, length / (1024 * 1024));
            let rest = std::iter::once(Bytes::from(vec![b'P'; length % (1024 * 1024)]));
            Body::from_stream(stream::iter(whole.chain(rest).map(Ok::<_, std::io::Error>)))
        };
        let over = send(&mut browser, path, pieces(most + 1)).await;
        assert_eq!(over.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let fits = send(&mut browser, path, pieces(most)).await;
        assert_eq!(fits.json(), wrong("not-zip"), "{path}");
    }
    // A neighbour of these paths takes no more than any other.
    let neighbour = send(&mut browser, "/account/import/", Body::from(vec![0; server::BODY_MAX + 1])).await;
    assert_eq!(neighbour.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn imported_text_is_text() {
    let fixture = Fixture::sqlite(None).await;
    let viewer = fixture.person("mina").await;
    let (id, mut room) = fixture.interview(&viewer, fixture.setup("ko")).await;
    let mut payloads = PAYLOADS.iter().cycle();
    while room.awaited_turn().is_some() {
        let payload = payloads.next().expect("a payload");
        let text = format!("{payload} 트랜잭션은 {payload} 커밋되지 않은 데이터를 읽는 것입니다.");
        room = fixture.answer(&viewer, id, &text).await;
    }
    let mut browser = Browser::new(&serve(&fixture));
    browser.sign_in("mina").await;
    let zip = browser.get("/account/export.zip").await.body;
    let other = Fixture::sqlite(None).await;
    other.person("mina").await;
    let mut newcomer = Browser::new(&serve(&other));
    newcomer.sign_in("mina").await;
    assert_eq!(send(&mut newcomer, IMPORTS[1], zip).await.status, StatusCode::OK);
    for path in [format!("/interviews/{id}/report"), "/notebook".to_owned(), "/drill".to_owned()] {
        let reply = newcomer.get(&path).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        Page::of(&reply).assert_only_text(CANARY, &path);
    }
}

#[tokio::test]
async fn a_deletion_leaves_a_receipt_that_names_nobody() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        let deleted = victim.call("/web/accounts/delete", &json!({ "password": PASSWORD })).await;
        let receipt = deleted.json()["Ok"].as_str().expect("a receipt").to_owned();
        for path in [format!("/receipts/{receipt}"), format!("/receipts/{receipt}/receipt.json")] {
            let reply = world.nobody().get(&path).await;
            assert_eq!(reply.status, StatusCode::OK, "{path}");
            assert_eq!(reply.header("cache-control"), Some("no-store"));
            let text = reply.text();
            assert!(text.contains(&receipt) && text.contains("daedap.test"), "{text}");
            for word in ["victim", SECRET, &world.victim.id.to_string()] {
                assert!(!text.contains(word), "{word} in {path}");
            }
        }
        let json = world.nobody().get(&format!("/receipts/{receipt}/receipt.json")).await;
        assert_eq!(json.json()["deleted"]["interviews"], 2);
        let unknown = world.nobody().get("/receipts/00000000-0000-4000-8000-000000000000").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert_eq!(world.nobody().get("/receipts/nonsense").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_receipt_names_the_host_that_the_operator_has_set() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let router = server::router(world.fixture.app.clone(), serving_https());
    let mut browser = Browser::secure(&router);
    let request = browser.request(Method::GET, &format!("/receipts/{}/receipt.json", world.receipt));
    let mut request = request.body(Body::empty()).expect("a request");
    request.headers_mut().insert("host", "elsewhere.example".parse().expect("a header"));
    assert_eq!(browser.send(request).await.json()["installation"], "daedap.test");
}

#[tokio::test]
async fn the_privacy_page_says_what_leaves_the_server() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let page = world.nobody().get("/privacy").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("아무것도 이 서버를 떠나지 않아요."));
    for path in ["/", "/register", "/login"] {
        assert!(world.nobody().get(path).await.text().contains("href=\"/privacy\""), "{path}");
    }
    let with_model = Fixture::sqlite(Some(crate::hostile::HostileModel::interviewer())).await;
    let mut browser = Browser::new(&serve(&with_model));
    let page = browser.get("/privacy").await;
    assert!(page.text().contains("model.example"), "it names the host");
    assert!(!page.text().contains("아무것도 이 서버를 떠나지 않아요."));
    Page::of(&page).assert_only_text(CANARY, "/privacy");
}
