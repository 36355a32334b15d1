//! Guessing at the door: nothing is learnt, and not many guesses are had.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::join_all;
use http::StatusCode;
use serde_json::json;
use server::{Serving, router};
use testkit::{Fixture, PASSWORD, each_database};

use crate::client::{Browser, Reply};
use crate::world::{World, serve, serving};

const WRONG: &str = "wrong horse battery";

fn is_throttled(reply: &Reply) -> bool {
    match reply.told()["problem"].as_str() {
        Some("too-many-attempts") => true,
        Some("wrong-credentials") => false,
        _ => panic!("neither wrong nor throttled: {reply:?}"),
    }
}

#[tokio::test]
async fn known_and_unknown_names_are_told_the_same() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let known = world.nobody().try_sign_in("victim", WRONG).await;
        for name in
            ["nobody-of-that-name", "nobody@example.com", "victim@example.com", "", "'; --", "a\u{0}b"]
        {
            let unknown = world.nobody().try_sign_in(name, WRONG).await;
            assert_eq!((unknown.status, &unknown.body), (known.status, &known.body), "{name:?}");
            assert_eq!(unknown.headers, known.headers, "{name:?}");
        }
        assert_eq!(known.told(), json!({ "problem": "wrong-credentials" }));
    })
    .await;
}

/// Puts other hashes in front of a sign-in, and says how many were done when it was answered. The queue is a fair one.
async fn hashes_done_before(fixture: &Fixture, name: &str, queue: usize) -> usize {
    let (queued, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for _ in 0..queue {
        let (app, queued, done) = (fixture.app.clone(), queued.clone(), done.clone());
        tokio::spawn(async move {
            // On one thread nothing comes between this and the place in the queue.
            queued.fetch_add(1, Ordering::SeqCst);
            app.passwords.verify(WRONG, None).await.expect("verified");
            done.fetch_add(1, Ordering::SeqCst);
        });
    }
    while queued.load(Ordering::SeqCst) < queue {
        tokio::task::yield_now().await;
    }
    Browser::new(&serve(fixture)).try_sign_in(name, WRONG).await;
    done.load(Ordering::SeqCst)
}

#[tokio::test]
async fn an_unknown_name_costs_a_hash_too() {
    let fixture = Fixture::sqlite(None).await;
    fixture.person("known").await;
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let queue = 8 * cores;
    for name in ["known", "unknown"] {
        let done = hashes_done_before(&fixture, name, queue).await;
        // Those that ran beside it, or just before, may be counted after it.
        assert!(done + 2 * cores >= queue, "{name} was answered before {} hashes", queue - done);
    }
}

#[tokio::test]
async fn guesses_at_one_account_from_one_address_are_few() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut guesser = world.nobody();
        let mut wrong = 0;
        while !is_throttled(&guesser.try_sign_in("victim", WRONG).await) {
            wrong += 1;
            assert!(wrong <= 20, "nobody stops the guessing");
        }
        // Neither the right password nor the other name of the account helps.
        assert!(is_throttled(&guesser.try_sign_in("victim", PASSWORD).await));
        assert!(is_throttled(&guesser.try_sign_in(" VICTIM ", PASSWORD).await));
        let told = guesser.try_sign_in("victim", WRONG).await.told();
        assert!(told["retry_after_seconds"].as_u64().is_some_and(|seconds| seconds > 0), "{told}");
        // The person is not locked out.
        Browser::at(&world.router, [198, 51, 100, 7]).sign_in("victim").await;
    })
    .await;
}

/// How many of so many guesses at once are looked at.
async fn guesses_passed(browsers: impl Iterator<Item = (Browser, String)>) -> usize {
    let guesses = browsers.map(|(mut browser, name)| async move { browser.try_sign_in(&name, WRONG).await });
    join_all(guesses).await.iter().filter(|reply| !is_throttled(reply)).count()
}

#[tokio::test]
async fn guesses_at_one_account_from_everywhere_are_bounded() {
    let fixture = Fixture::sqlite(None).await;
    let router = serve(&fixture);
    let browsers = (0..150).map(|number| (Browser::at(&router, [198, 51, 100, number]), "victim".to_owned()));
    let passed = guesses_passed(browsers).await;
    assert!((50..=110).contains(&passed), "{passed}");
}

#[tokio::test]
async fn guesses_from_one_address_at_everybody_are_bounded() {
    let fixture = Fixture::sqlite(None).await;
    let router = serve(&fixture);
    let browsers = (0..150).map(|number| (Browser::new(&router), format!("victim{number}")));
    let passed = guesses_passed(browsers).await;
    assert!((50..=120).contains(&passed), "{passed}");
}

/// Guesses with a new forwarding header each time, until it is throttled or believed.
async fn is_stopped_behind(
    fixture: &Fixture,
    serving: Serving,
    peer: IpAddr,
    forwarded: fn(u8) -> String,
) -> bool {
    let router = router(fixture.app.clone(), serving);
    for number in 0..30 {
        let mut browser = Browser::at(&router, peer);
        let request = browser.own("/web/accounts/sign-in").header("x-forwarded-for", forwarded(number));
        let arguments = json!({ "username": "victim", "password": WRONG });
        let reply = browser.send(request.body(arguments.to_string().into()).expect("a request")).await;
        if is_throttled(&reply) {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn a_forwarding_header_counts_only_from_a_proxy_of_ours() {
    let proxy = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 1));
    let stranger = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 9));
    let behind_proxy =
        || Serving { trusted_proxies: vec!["10.0.0.0/8".parse().expect("a network")], ..serving() };
    let forged = |number| format!("198.51.100.{number}");
    let forged_before_real = |number| format!("198.51.100.{number}, 203.0.113.9");

    let fixture = Fixture::sqlite(None).await;
    assert!(is_stopped_behind(&fixture, serving(), stranger, forged).await, "no proxy is listed");
    let fixture = Fixture::sqlite(None).await;
    assert!(is_stopped_behind(&fixture, behind_proxy(), stranger, forged).await, "not through the proxy");
    let fixture = Fixture::sqlite(None).await;
    assert!(
        is_stopped_behind(&fixture, behind_proxy(), proxy, forged_before_real).await,
        "what the client wrote"
    );
    // And the header is read at all.
    let fixture = Fixture::sqlite(None).await;
    assert!(
        !is_stopped_behind(&fixture, behind_proxy(), proxy, forged).await,
        "other people behind the proxy"
    );
}

#[tokio::test]
async fn sign_ups_from_one_address_are_bounded() {
    let fixture = Fixture::sqlite(None).await;
    let mut browser = Browser::new(&serve(&fixture));
    for number in 0..150 {
        // Refused before it costs a hash, but counted.
        let account = json!({ "account": {
            "username": format!("newcomer{number}"), "email": "", "password": "", "password_confirmation": "",
        } });
        let reply = browser.call("/web/accounts/register", &account).await;
        if reply.told()["problem"] == "too-many-attempts" {
            return;
        }
    }
    panic!("nobody stops the sign-ups");
}

#[tokio::test]
async fn proving_to_be_the_owner_is_throttled_too() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let browser = world.signed_in("victim").await;
    let guesses = (0..150).map(|_| {
        let mut browser = browser.clone();
        async move { browser.call("/web/accounts/delete", &json!({ "password": WRONG })).await }
    });
    let replies = join_all(guesses).await;
    let throttled = replies.iter().filter(|reply| reply.told()["problem"] == "too-many-attempts").count();
    assert!(throttled > 0, "nobody stops the guessing");
    assert!(replies.iter().all(|reply| reply.status == StatusCode::OK));
}
