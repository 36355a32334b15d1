//! Event streams: what they say, and that they end when their session does.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use domain::admin::service::{self as admin, By};
use domain::interview::service as interviews;
use futures::{FutureExt, StreamExt};
use http::header::ACCEPT;
use http::{Method, StatusCode};
use serde_json::json;
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::client::Browser;
use crate::world::World;

/// How long a stream may outlive its session.
const DEADLINE: Duration = Duration::from_secs(5);

async fn listen(browser: &mut Browser, interview: Uuid) -> BodyDataStream {
    let request = browser
        .request(Method::GET, &format!("/interviews/{interview}/events"))
        .header(ACCEPT, "text/event-stream")
        .header("sec-fetch-site", "same-origin");
    let response = browser.open(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    assert_eq!(header("content-type"), Some("text/event-stream"));
    assert_eq!(header("x-accel-buffering"), Some("no"));
    assert_eq!(header("cache-control"), Some("no-store"));
    response.into_body().into_data_stream()
}

/// Reads until the text holds the words.
async fn hear(stream: &mut BodyDataStream, words: &str) -> String {
    let mut heard = String::new();
    let reading = async {
        while !heard.contains(words) {
            let piece = stream.next().await.expect("the stream goes on").expect("a piece");
            heard.push_str(std::str::from_utf8(&piece).expect("whole characters"));
        }
    };
    tokio::time::timeout(Duration::from_secs(10), reading).await.expect("heard in time");
    heard
}

async fn ends_in_time(mut stream: BodyDataStream) {
    let end = async { while stream.next().await.is_some() {} };
    assert!(tokio::time::timeout(DEADLINE, end).await.is_ok(), "the stream is still open");
}

/// Takes everything that has arrived, and says whether more may come.
fn is_open(stream: &mut BodyDataStream) -> bool {
    loop {
        match stream.next().now_or_never() {
            Some(Some(_)) => {}
            Some(None) => return false,
            None => return true,
        }
    }
}

#[tokio::test]
async fn a_listener_hears_what_happens_in_another_tab() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut browser = world.signed_in("victim").await;
        let mut stream = listen(&mut browser, world.interview).await;
        hear(&mut stream, "\"changed\"").await;
        let arguments = json!({
            "id": world.interview, "turn_number": world.awaited, "request_id": Uuid::now_v7(),
            "text": "Words\nin two lines.",
        });
        assert_eq!(browser.call("/web/interview/answer", &arguments).await.json(), json!({ "Ok": null }));
        let heard = hear(&mut stream, "Words\\nin two lines.").await;
        assert!(heard.lines().all(|line| {
            ["", "data: ", "id: ", "retry: ", ":"].iter().any(|start| line.starts_with(start))
        }));
    })
    .await;
}

#[tokio::test]
async fn a_place_that_makes_no_sense_is_the_beginning() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    for since in ["-1.0.0", "4294967296.0.0", "x", "0", "0.1.99999999", "%00"] {
        let path = format!("/interviews/{}/events?since={since}", world.interview);
        let request = browser.request(Method::GET, &path).header("last-event-id", since);
        let response = browser.open(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::OK, "{since}");
        hear(&mut response.into_body().into_data_stream(), "\"started\"").await;
    }
}

/// Opens streams of two people, lets one of them do something that ends sessions, and sees whose streams end.
async fn streams_end_with(world: World, act: impl AsyncFnOnce(&World, &mut Browser)) {
    let mut browser = world.signed_in("victim").await;
    let stream = listen(&mut browser, world.interview).await;
    let (other, _) = world.fixture.interview(&world.attacker, world.fixture.setup("ko")).await;
    let mut attacker = world.signed_in("attacker").await;
    let mut unaffected = listen(&mut attacker, other).await;
    hear(&mut unaffected, "\"changed\"").await;
    act(&world, &mut browser).await;
    ends_in_time(stream).await;
    assert!(is_open(&mut unaffected), "a stream of somebody else ended, too");
}

#[tokio::test]
async fn a_stream_ends_with_the_sign_out() {
    each_database(|fixture| async move {
        streams_end_with(World::new(fixture).await, async |_, browser| {
            browser.submit("/web/accounts/sign-out", &[]).await;
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_a_new_password() {
    each_database(|fixture| async move {
        streams_end_with(World::new(fixture).await, async |world, _| {
            let new = "another horse battery";
            let arguments = json!({ "current": PASSWORD, "password": new, "confirmation": new });
            let mut elsewhere = world.signed_in("victim").await;
            let reply = elsewhere.call("/web/accounts/change-password", &arguments).await;
            assert_eq!(reply.json(), json!({ "Ok": null }));
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_the_account() {
    each_database(|fixture| async move {
        streams_end_with(World::new(fixture).await, async |world, _| {
            let mut elsewhere = world.signed_in("victim").await;
            let reply = elsewhere.call("/web/accounts/delete", &json!({ "password": PASSWORD })).await;
            assert!(reply.json()["Ok"].is_string(), "{reply:?}");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_a_suspension() {
    each_database(|fixture| async move {
        streams_end_with(World::new(fixture).await, async |world, _| {
            let app = &world.fixture.app;
            admin::ban(app, By::CommandLine, world.victim.id, "A reason.").await.expect("suspended");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_its_interview() {
    each_database(|fixture| async move {
        streams_end_with(World::new(fixture).await, async |world, _| {
            interviews::delete(&world.fixture.app, &world.victim, world.interview).await.expect("deleted");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn streams_end_when_the_program_is_told_to() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut browser = world.signed_in("victim").await;
    let stream = listen(&mut browser, world.interview).await;
    world.fixture.app.shutdown.cancel();
    ends_in_time(stream).await;
}
