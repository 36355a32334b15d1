//! A database that is away or busy: said plainly, without its own words, and over when it is over.

use std::time::Duration;

use domain::database::Database;
use http::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::json;
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::calls::{CALLS, For, PAGES};
use crate::client::{Browser, Reply};
use crate::world::{World, serve};

/// Words that only a database or its driver would say.
const GIVEAWAYS: &[&str] = &[
    "sqlx",
    "sqlite",
    "postgres",
    "pool",
    "locked",
    "select ",
    "insert ",
    "update ",
    "database",
    "connection",
    "dberr",
];

fn assert_plain_and_busy(what: &str, reply: &Reply) {
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{what} {reply:?}");
    let text = reply.text().to_lowercase();
    for word in GIVEAWAYS {
        assert!(!text.contains(word), "{what} says {word}: {text}");
    }
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{what}");
}

#[tokio::test]
async fn a_database_that_is_away_is_said_plainly() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let cookies = browser.cookies.clone();
        let database = &world.fixture.app.database;
        database.reader().clone().close().await.expect("closed");
        database.writer().clone().close().await.expect("closed");
        for call in CALLS.iter().filter(|call| !call.path.ends_with("/sign-out")) {
            let arguments = (call.arguments)(world.interview, world.awaited);
            let reply = browser.call(call.path, &arguments).await;
            assert_plain_and_busy(call.path, &reply);
            assert_eq!(reply.json(), json!({ "problem": "busy" }), "{}", call.path);
            // The rubric is part of the program, as is what is configured; and who asks for a link is answered before anything is looked up.
            let without = [
                "/web/rubric/read",
                "/web/identities/offered",
                "/web/accounts/can-send",
                "/web/accounts/ask-reset",
                "/web/privacy/read",
            ];
            if call.who == For::Anybody && !without.contains(&call.path) {
                let reply = world.nobody().call(call.path, &arguments).await;
                assert_plain_and_busy(call.path, &reply);
            }
        }
        assert_plain_and_busy("sign-out", &browser.submit("/web/accounts/sign-out", &[]).await);
        for (page, _) in PAGES {
            let reply = browser.get(&world.address(page, world.interview)).await;
            assert_plain_and_busy(page, &reply);
            assert!(reply.text().contains("잠시 뒤에"), "{page} says nothing to a person");
        }
        let events = browser.get(&format!("/interviews/{}/events", world.interview)).await;
        assert_plain_and_busy("events", &events);
        assert_eq!(browser.cookies, cookies, "nobody is signed out by it");
        // What needs no database goes on.
        assert_eq!(world.nobody().get("/").await.status, StatusCode::OK);
        assert_eq!(browser.get("/healthz").await.status, StatusCode::OK);
        assert_eq!(browser.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    })
    .await;
}

#[tokio::test]
async fn a_locked_database_is_waited_for_and_then_said_to_be_busy() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let browser = world.signed_in("victim").await;
    let draft = json!({ "id": world.interview, "text": "a word that waits" });
    let save = || {
        let mut browser = browser.clone();
        let draft = draft.clone();
        async move { browser.call("/web/interview/save-draft", &draft).await }
    };
    let answer = || {
        let mut browser = browser.clone();
        let arguments = json!({
            "id": world.interview, "turn_number": world.awaited, "request_id": Uuid::now_v7(), "text": "An answer.",
        });
        async move { browser.call("/web/interview/answer", &arguments).await }
    };
    // Another program on the same file.
    let other = Database::connect(&world.fixture.url).await.expect("the same file");
    let lock = other.begin().await.expect("locked");

    let mut guest = world.nobody();
    let (saved, answered, signed_in, read) =
        tokio::join!(save(), answer(), guest.try_sign_in("victim", testkit::PASSWORD), async {
            let mut browser = browser.clone();
            browser.get(&format!("/interviews/{}", world.interview)).await
        });
    for (what, reply) in [("a draft", &saved), ("an answer", &answered), ("a sign-in", &signed_in)] {
        assert_plain_and_busy(what, reply);
        assert_eq!(reply.json(), json!({ "problem": { "problem": "busy" } }), "{what}");
    }
    assert!(guest.cookies.is_empty());
    assert_eq!(read.status, StatusCode::OK, "reading waits for nobody");

    lock.rollback().await.expect("unlocked");
    assert_eq!(save().await.json(), json!({ "Ok": null }));
    assert_eq!(answer().await.json(), json!({ "Ok": null }));
    guest.sign_in("victim").await;
}

#[tokio::test]
async fn a_lock_that_is_soon_over_is_not_noticed() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let other = Database::connect(&world.fixture.url).await.expect("the same file");
    let lock = other.begin().await.expect("locked");
    let draft = json!({ "id": world.interview, "text": "a word that waits" });
    let (saved, ()) = tokio::join!(browser.call("/web/interview/save-draft", &draft), async {
        // Less than anybody gives up after.
        tokio::time::sleep(Duration::from_millis(500)).await;
        lock.rollback().await.expect("unlocked");
    });
    assert_eq!(saved.json(), json!({ "Ok": null }));
}

#[tokio::test]
async fn a_database_without_its_tables_is_an_error_that_tells_nothing() {
    each_database(|fixture| async move {
        let person = fixture.person("mina").await;
        let mut browser = Browser::new(&serve(&fixture));
        browser.sign_in("mina").await;
        let drop = "DROP TABLE ledger_entries";
        fixture.app.database.writer().execute_unprepared(drop).await.expect("dropped");
        let reply = browser.call("/web/quotas/allowance", &json!({})).await;
        assert_eq!(reply.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(reply.json(), json!({ "problem": { "problem": "internal" } }));
        let page = browser.get("/allowance").await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        for reply in [&reply, &page] {
            assert!(!reply.text().contains("ledger_entries"), "{}", person.username);
        }
    })
    .await;
}
