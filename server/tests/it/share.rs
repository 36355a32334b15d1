//! A report that is shared: read by whoever has the link, and by nobody else.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::share::{NewShare, service};
use http::StatusCode;
use serde_json::{Value, json};
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::client::{Browser, Reply};
use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::world::{SECRET, World};

async fn read(browser: &mut Browser, token: &str) -> Reply {
    browser.call("/web/share/read", &json!({ "token": token })).await
}

#[tokio::test]
async fn whoever_has_the_link_reads_the_report_and_nothing_else() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let page = world.nobody().get(&format!("/share/{}", world.token)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains(SECRET) && page.text().contains("report-question"));
        assert!(page.text().contains(r#"<meta name="robots" content="noindex">"#), "{}", page.text());
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        for word in
            ["victim", "/interviews", "report.md", &world.finished.to_string(), &world.victim.id.to_string()]
        {
            assert!(!page.text().contains(word), "{word} on the page");
        }
        let reply = read(&mut world.nobody(), &world.token).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!((&reply.json()["name"], &reply.json()["zone"]), (&Value::Null, &json!("Asia/Seoul")));
        assert!(reply.text().contains(SECRET));
        for word in ["victim", &world.finished.to_string(), &world.victim.id.to_string()] {
            assert!(!reply.text().contains(word), "{word} in the answer");
        }
    })
    .await;
}

#[tokio::test]
async fn links_that_open_nothing_are_all_alike() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let app = &world.fixture.app;
        let new = || NewShare { request_id: Uuid::now_v7(), days: "1".to_owned(), with_name: true };
        let revoked = service::create(app, &world.victim, world.finished, new()).await.expect("a link");
        service::revoke(app, &world.victim, revoked.share.id).await.expect("revoked");
        world.fixture.set_clock("2001-01-01T00:00:00Z");
        let over = service::create(app, &world.victim, world.finished, new()).await.expect("a link");
        world.fixture.set_clock("2001-01-02T00:00:00Z");
        for token in [revoked.token.as_str(), &over.token, "nobodys", "%00", "0"] {
            let reply = read(&mut world.nobody(), token).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{token}");
            assert_eq!(reply.json(), json!({ "problem": { "problem": "not-found" } }), "{token}");
            let page = world.nobody().get(&format!("/share/{token}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{token}");
            assert!(!page.text().contains(SECRET) && !page.text().contains("victim"), "{token}");
        }
    })
    .await;
}

#[tokio::test]
async fn one_link_too_many_is_told_to_the_form() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut victim = world.signed_in("victim").await;
    let create = || {
        let share = json!({ "request_id": Uuid::now_v7(), "days": "30", "with_name": true });
        json!({ "id": world.finished, "share": share })
    };
    // One is there already.
    for _ in 0..4 {
        let reply = victim.call("/web/share/create", &create()).await;
        assert_eq!(reply.json()["Ok"]["token"].as_str().map(str::len), Some(64), "{reply:?}");
    }
    let told = victim.call("/web/share/create", &create()).await.told();
    assert_eq!(told, json!({ "problem": "too-many-shares", "max": 5 }));
    let listed = victim.call("/web/share/list", &json!({ "id": world.finished })).await;
    assert_eq!(listed.json().as_array().map(Vec::len), Some(5));
    assert!(!listed.text().contains("token") && !listed.text().contains(&world.token));
}

#[tokio::test]
async fn what_people_wrote_is_text_for_readers_too() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let fixture = &world.fixture;
    let (id, mut room) = fixture.interview(&world.victim, fixture.setup("ko")).await;
    let mut payloads = PAYLOADS.iter().cycle();
    while room.awaited_turn().is_some() {
        let payload = payloads.next().expect("a payload");
        let text = format!("{payload} 트랜잭션은 {payload} 커밋되지 않은 데이터를 읽는 것입니다. {payload}");
        room = fixture.answer(&world.victim, id, &text).await;
    }
    let new = NewShare { request_id: Uuid::now_v7(), days: "7".to_owned(), with_name: true };
    let link = service::create(&fixture.app, &world.victim, id, new).await.expect("a link");
    for payload in PAYLOADS.iter().filter(|payload| payload.chars().count() <= 40 && !payload.contains('\n'))
    {
        let edit = ProfileEdit {
            display_name: (*payload).to_owned(),
            language: "ko".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            fields: vec![],
        };
        accounts::save_profile(&fixture.app, &world.victim, edit).await.expect("saved");
        let reply = world.nobody().get(&format!("/share/{}", link.token)).await;
        assert_eq!(reply.status, StatusCode::OK);
        let page = Page::of(&reply);
        page.assert_only_text(CANARY, "/share");
        assert!(page.text().contains(payload.trim()), "{payload} stands nowhere");
    }
}
