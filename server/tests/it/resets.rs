//! A new password by a link, and the list of signed-in browsers.

use std::path::Path;

use axum::Router;
use axum::body::Body;
use domain::accounts::one_time_link::{self, LinkPurpose};
use domain::accounts::reset;
use domain::entities::session;
use domain::mail::Mail;
use http::header::{HOST, USER_AGENT};
use http::{Method, StatusCode};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use server::{Serving, router};
use tempfile::TempDir;
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::Browser;
use crate::world::{World, serving};

const PUBLIC: &str = "https://interview.example.com";
const NEW: &str = "another horse battery";

fn serve_with_mail(fixture: &Fixture, folder: &TempDir) -> Router {
    let url = format!("file://{}", folder.path().display());
    let mail = Mail::new(&url, "Daedap <no-reply@example.com>", PUBLIC).expect("a folder");
    router(fixture.app.clone(), Serving { mail: Some(mail), ..serving() })
}

/// Waits for what was begun, and reads the letters.
async fn letters(fixture: &Fixture, folder: &Path) -> Vec<String> {
    fixture.app.tasks.close();
    fixture.app.tasks.wait().await;
    fixture.app.tasks.reopen();
    let files = std::fs::read_dir(folder).expect("the folder");
    files.map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a letter")).collect()
}

#[tokio::test]
async fn known_and_unknown_addresses_are_told_the_same_and_one_gets_a_letter() {
    each_database(|fixture| async move {
        let folder = TempDir::new().expect("a folder");
        let router = serve_with_mail(&fixture, &folder);
        fixture.person("victim").await;
        let mut browser = Browser::new(&router);
        let ask = async |browser: &mut Browser, email: &str| {
            let request = browser.own("/web/accounts/ask-reset").header("content-type", "application/json");
            let mut request =
                request.body(Body::from(json!({ "email": email }).to_string())).expect("a request");
            // What a request claims to talk to is nothing to write into a letter.
            request.headers_mut().insert(HOST, "evil.example".parse().expect("a host"));
            request.headers_mut().insert("x-forwarded-host", "evil.example".parse().expect("a host"));
            browser.send(request).await
        };
        let known = ask(&mut browser, "VICTIM@example.com").await;
        let unknown = ask(&mut browser, "nobody@example.com").await;
        assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
        assert_eq!(known.json(), json!({ "Ok": null }));
        assert_eq!(known.headers, unknown.headers);
        let letters = letters(&fixture, folder.path()).await;
        assert_eq!(letters.len(), 1, "nobody else gets one");
        assert!(letters[0].contains("To: victim@example.com"), "{}", letters[0]);
        assert!(!letters[0].contains("evil.example"));
        let wrong = browser.call("/web/accounts/ask-reset", &json!({ "email": "nonsense" })).await.told();
        assert_eq!((&wrong["problem"], &wrong["field"]), (&json!("invalid"), &json!("email")));
    })
    .await;
}

#[tokio::test]
async fn letters_to_one_address_are_few_whether_anybody_has_it_or_not() {
    let fixture = Fixture::sqlite(None).await;
    let folder = TempDir::new().expect("a folder");
    let router = serve_with_mail(&fixture, &folder);
    fixture.person("victim").await;
    let mut told = Vec::new();
    for email in ["victim@example.com", "nobody@example.com"] {
        for last in 1..=6 {
            let mut browser = Browser::at(&router, [198, 51, 100, last]);
            let reply = browser.call("/web/accounts/ask-reset", &json!({ "email": email })).await;
            told.push(reply.told()["problem"].clone());
        }
    }
    let (known, unknown) = told.split_at(6);
    assert_eq!(known, unknown);
    assert_eq!(known.iter().filter(|told| **told == Value::Null).count(), 3);
    assert_eq!(letters(&fixture, folder.path()).await.len(), 3);
}

#[tokio::test]
async fn a_link_works_once_and_ends_all_sessions() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut signed_in = world.signed_in("victim").await;
        let path = format!("/reset/{}", world.reset);
        for _ in 0..2 {
            let page = world.nobody().get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "looking at it uses nothing up");
            assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
            assert!(!page.text().contains("victim"), "the page does not tell whose it is");
        }
        let set =
            |password: &str| json!({ "token": world.reset, "password": password, "confirmation": password });
        let weak = world.nobody().call("/web/accounts/reset", &set("short")).await.told();
        assert_eq!((&weak["problem"], &weak["field"]), (&json!("invalid"), &json!("password")));
        assert!(signed_in.is_signed_in().await);
        let mut holder = world.nobody();
        assert_eq!(holder.call("/web/accounts/reset", &set(NEW)).await.json(), json!({ "Ok": null }));
        assert!(!holder.is_signed_in().await && !signed_in.is_signed_in().await);
        assert_eq!(holder.call("/web/accounts/reset", &set(NEW)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(world.nobody().get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            world.nobody().try_sign_in("victim", PASSWORD).await.told()["problem"],
            "wrong-credentials"
        );
        assert!(world.nobody().try_sign_in("victim", NEW).await.json().get("Ok").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_link_ends_after_an_hour_and_with_another_password() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let app = &world.fixture.app;
    let issue = async || {
        let (purpose, id) = (LinkPurpose::PasswordReset, Some(world.victim.id));
        one_time_link::issue(app, app.database.writer(), purpose, id, reset::LASTS).await.expect("a link")
    };
    let status = async |token: &str| {
        let set = json!({ "token": token, "password": NEW, "confirmation": NEW });
        world.nobody().call("/web/accounts/reset", &set).await.status
    };
    let mut browser = world.signed_in("victim").await;
    let before = issue().await;
    let change =
        json!({ "current": PASSWORD, "password": "yet another horse", "confirmation": "yet another horse" });
    assert_eq!(browser.call("/web/accounts/change-password", &change).await.json(), json!({ "Ok": null }));
    assert_eq!(status(&before).await, StatusCode::NOT_FOUND, "the other password ended it");
    world.fixture.set_clock("2026-11-21T03:00:00Z");
    let slow = issue().await;
    world.fixture.set_clock("2026-11-21T04:00:00Z");
    assert_eq!(status(&slow).await, StatusCode::NOT_FOUND, "it is over");
    for wrong in ["", "\u{0}", "nobodys", &world.token, &world.setup] {
        assert_eq!(status(wrong).await, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn without_mail_the_page_names_the_operator() {
    let fixture = Fixture::sqlite(None).await;
    let mut guest = Browser::new(&router(fixture.app.clone(), Serving { mail: None, ..serving() }));
    let page = guest.get("/reset").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("운영자에게") && !page.text().contains("name=\"email\""));
    let asked = guest.call("/web/accounts/ask-reset", &json!({ "email": "a@example.com" })).await;
    assert_eq!(asked.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_tells_nobody_who_exists() {
    let fixture = Fixture::sqlite(None).await;
    fixture.person("victim").await;
    let nobody = testkit::upstream::nobody_listens().await.expect("a port");
    let url = nobody.replace("http://", "smtp://").replace("/v1", "");
    let mail = Mail::new(&url, "no-reply@example.com", PUBLIC).expect("settings");
    let mut browser = Browser::new(&router(fixture.app.clone(), Serving { mail: Some(mail), ..serving() }));
    for email in ["victim@example.com", "nobody@example.com"] {
        let reply = browser.call("/web/accounts/ask-reset", &json!({ "email": email })).await;
        assert_eq!(reply.json(), json!({ "Ok": null }), "{email}");
    }
    fixture.app.tasks.close();
    fixture.app.tasks.wait().await;
}

/// The sessions of a profile.
async fn sessions(browser: &mut Browser) -> Vec<Value> {
    let profile = browser.call("/web/accounts/profile", &json!({})).await.json();
    profile["sessions"].as_array().expect("sessions").clone()
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_alone() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut phone = world.nobody();
        let request = phone.own("/web/accounts/sign-in").header("content-type", "application/json").header(
            USER_AGENT,
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
        );
        let arguments = json!({ "username": "victim", "password": PASSWORD });
        phone.send(request.body(arguments.to_string().into()).expect("a request")).await;
        let mut tablet = world.signed_in("victim").await;

        let listed = sessions(&mut browser).await;
        assert_eq!(listed.len(), 3);
        assert_eq!(listed.iter().filter(|one| one["current"] == true).count(), 1);
        assert_eq!(listed[0]["current"], true, "the one that asks comes first");
        let of_phone = listed.iter().find(|one| one["device"]["system"] == "ios").expect("the phone");
        assert_eq!(of_phone["device"]["browser"], "safari");
        assert!(listed.iter().all(|one| one["signed_in"].is_object() && one["last_seen"].is_object()));
        let shown = json!(listed).to_string();
        for secret in [browser.session(), phone.session(), tablet.session()] {
            assert!(!shown.contains(secret.expect("a session")), "no id is told");
        }

        let end = json!({ "key": of_phone["key"] });
        let mut attacker = world.signed_in("attacker").await;
        assert_eq!(attacker.call("/web/accounts/end-session", &end).await.json(), json!({ "Ok": null }));
        assert!(phone.is_signed_in().await, "it is nothing of the attacker's");
        assert_eq!(browser.call("/web/accounts/end-session", &end).await.json(), json!({ "Ok": null }));
        assert!(!phone.is_signed_in().await);
        assert!(tablet.is_signed_in().await);
        assert_eq!(
            browser.call("/web/accounts/end-other-sessions", &json!({})).await.json(),
            json!({ "Ok": null })
        );
        assert!(!tablet.is_signed_in().await);
        assert!(browser.is_signed_in().await && attacker.is_signed_in().await);
        assert_eq!(sessions(&mut browser).await.len(), 1);
        let odd = browser.call("/web/accounts/end-session", &json!({ "key": "a\u{0}b" })).await;
        assert_eq!(odd.json(), json!({ "Ok": null }));
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_session() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let mut elsewhere = world.signed_in("victim").await;
    let path = format!("/interviews/{}/events", world.interview);
    let stream = elsewhere.request(Method::GET, &path).body(Body::empty()).expect("a request");
    let response = elsewhere.open(stream).await;
    assert_eq!(response.status(), StatusCode::OK);
    browser.call("/web/accounts/end-other-sessions", &json!({})).await;
    let read = axum::body::to_bytes(response.into_body(), usize::MAX);
    let ended = tokio::time::timeout(std::time::Duration::from_secs(5), read).await;
    assert!(ended.is_ok(), "it goes on");
}

#[tokio::test]
async fn reading_writes_once_an_hour_when_a_session_was_seen() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let database = &world.fixture.app.database;
        let seen = async || {
            let own = session::Column::UserId.eq(world.victim.id);
            let row = session::Entity::find().filter(own).one(database.writer()).await.expect("read");
            row.expect("a session").last_seen_at.expect("a moment")
        };
        let at_sign_in = seen().await;
        browser.get("/profile").await;
        assert_eq!(seen().await, at_sign_in, "nothing was written");
        let long_ago = at_sign_in - chrono::Duration::minutes(61);
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(long_ago))
            .exec(database.writer())
            .await
            .expect("moved");
        browser.get("/profile").await;
        for _ in 0..500 {
            if seen().await > long_ago {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("nobody took note");
    })
    .await;
}
