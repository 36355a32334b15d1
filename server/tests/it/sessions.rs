//! Sessions begin, change and end when they should, and their cookies say what cookies should say.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::json;
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::{Browser, Reply};
use crate::world::{World, serve, serving_https};

#[tokio::test]
async fn a_sign_in_changes_the_id_and_ends_the_one_before() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut before = browser.clone();
        browser.sign_in("victim").await;
        assert_ne!(browser.session(), before.session());
        assert!(browser.is_signed_in().await);
        assert!(!before.is_signed_in().await, "the id before the sign-in is dead");
    })
    .await;
}

#[tokio::test]
async fn an_id_that_was_planted_is_not_taken_over() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let planted = "AAAAAAAAAAAAAAAAAAAAAA";
    let mut browser = world.nobody();
    browser.cookies.insert("daedap_session".to_owned(), planted.to_owned());
    browser.sign_in("victim").await;
    assert_ne!(browser.session(), Some(planted));

    // One that the attacker owns, and keeps.
    let mut attacker = world.signed_in("attacker").await;
    let mut browser = world.nobody();
    browser.cookies.clone_from(&attacker.cookies);
    browser.sign_in("victim").await;
    assert_ne!(browser.session(), attacker.session());
    assert!(!attacker.is_signed_in().await, "it stands for nobody any more");
}

#[tokio::test]
async fn a_sign_out_ends_the_session_on_the_server() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut stolen = browser.clone();
        let mut elsewhere = world.signed_in("victim").await;
        let reply = browser.submit("/web/accounts/sign-out", &[]).await;
        assert_eq!((reply.status, reply.location()), (StatusCode::FOUND, Some("/")));
        assert_eq!(browser.session(), None);
        assert!(!stolen.is_signed_in().await);
        assert!(elsewhere.is_signed_in().await, "other browsers stay signed in");
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut before = browser.clone();
        let mut elsewhere = world.signed_in("victim").await;
        let new = "another horse battery";
        let arguments = json!({ "current": PASSWORD, "password": new, "confirmation": new });
        let reply = browser.call("/web/accounts/change-password", &arguments).await;
        assert_eq!(reply.json(), json!({ "Ok": null }));
        assert!(browser.is_signed_in().await);
        assert_ne!(browser.session(), before.session());
        assert!(!before.is_signed_in().await);
        assert!(!elsewhere.is_signed_in().await);
        assert_eq!(
            world.nobody().try_sign_in("victim", PASSWORD).await.told()["problem"],
            "wrong-credentials"
        );
        assert!(world.nobody().try_sign_in("victim", new).await.json().get("Ok").is_some());
    })
    .await;
}

#[tokio::test]
async fn a_deleted_account_has_no_session_left() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut before = browser.clone();
        let mut elsewhere = world.signed_in("victim").await;
        let reply = browser.call("/web/accounts/delete", &json!({ "password": PASSWORD })).await;
        let receipt = reply.json()["Ok"].as_str().map(str::len);
        assert_eq!(receipt, Some(36), "{reply:?}");
        assert_eq!(browser.session(), None);
        assert!(!before.is_signed_in().await);
        assert!(!elsewhere.is_signed_in().await);
        assert_eq!(
            world.nobody().try_sign_in("victim", PASSWORD).await.told()["problem"],
            "wrong-credentials"
        );
    })
    .await;
}

#[tokio::test]
async fn nonsense_in_the_cookie_is_a_guest() {
    let world = World::new(Fixture::sqlite(None).await).await;
    for nonsense in
        ["", "x", "AAAAAAAAAAAAAAAAAAAAAA", "'; DROP TABLE sessions; --", "%00", "../../etc/passwd"]
    {
        let mut browser = world.nobody();
        browser.cookies.insert("daedap_session".to_owned(), nonsense.to_owned());
        assert!(!browser.is_signed_in().await, "{nonsense}");
        assert_eq!(browser.get("/").await.status, StatusCode::OK, "{nonsense}");
    }
}

/// The cookies of everything that sets one.
async fn all_cookies(browser: &mut Browser) -> Vec<Reply> {
    let account = json!({ "account": {
        "username": "newcomer", "email": "newcomer@example.com", "password": PASSWORD,
        "password_confirmation": PASSWORD, "language": "ko",
    } });
    let edit = json!({ "edit": {
        "display_name": "New", "language": "en", "time_zone": "Asia/Seoul", "fields": [],
    } });
    let mut replies = vec![browser.call("/web/accounts/register", &account).await];
    replies.push(browser.call("/web/accounts/save-profile", &edit).await);
    replies
        .push(browser.submit("/preferences", &[("language", "en"), ("theme", "dark"), ("next", "/")]).await);
    replies.push(browser.try_sign_in("newcomer", PASSWORD).await);
    replies.push(browser.submit("/web/accounts/sign-out", &[]).await);
    replies
}

/// Checks the attributes of every cookie, and that those are set which are known.
fn assert_flags(replies: &[Reply], session: &str, secure: bool) {
    let mut names = BTreeSet::new();
    for reply in replies {
        assert!(!reply.set_cookies().is_empty(), "{reply:?}");
        for cookie in reply.set_cookies() {
            let mut parts = cookie.split(';').map(str::trim);
            let name = parts.next().and_then(|pair| pair.split_once('=')).expect("a pair").0;
            let attributes: Vec<String> = parts.map(str::to_lowercase).collect();
            let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
            assert!(has("httponly") && has("path=/"), "{cookie}");
            // The one that takes a cookie away need not say when it would be sent.
            assert!(has("samesite=lax") || has("max-age=0"), "{cookie}");
            assert_eq!(has("secure"), secure, "{cookie}");
            assert!(!attributes.iter().any(|attribute| attribute.starts_with("domain")), "{cookie}");
            names.insert(name.to_owned());
        }
    }
    let known = [session, "daedap_language", "daedap_theme"];
    assert_eq!(names, known.into_iter().map(str::to_owned).collect());
}

#[tokio::test]
async fn cookies_are_out_of_reach_of_scripts_and_of_other_sites() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    assert_flags(&all_cookies(&mut browser).await, "daedap_session", false);
}

#[tokio::test]
async fn cookies_stay_on_https() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::secure(&server::router(fixture.app.clone(), serving_https()));
    assert_flags(&all_cookies(&mut browser).await, "__Host-daedap_session", true);
}
