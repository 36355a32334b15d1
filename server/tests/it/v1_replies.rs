//! How `/api/v1` answers: problems in one form, pages, limits, other sites, its description, and streams that end with their token.

use std::num::NonZeroU32;
use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use domain::tokens::{Scope, service as tokens};
use futures::StreamExt;
use http::header::{CONTENT_TYPE, ORIGIN};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use server::{BODY_MAX, Serving, router};
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::client::{Browser, Reply};
use crate::program::{Program, problem};
use crate::world::{World, serving};

async fn victim(world: &World, scope: Scope) -> Program {
    Program::new(&world.router, &world.fixture.app, &world.victim, scope).await
}

#[tokio::test]
async fn every_refusal_is_a_problem() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Account).await;
        let start = "/api/v1/interviews";
        let check = |reply: Reply, status: u16, word: &str| {
            assert_eq!(reply.status.as_u16(), status, "{reply:?}");
            assert_eq!(problem(&reply), word);
            assert!(reply.header("ratelimit-limit").is_some() || status == 413, "{reply:?}");
            reply
        };
        let send = async |method: Method, path: &str, kind: Option<&str>, body: String| {
            let mut request = program.request(method, path);
            if let Some(kind) = kind {
                request = request.header(CONTENT_TYPE, kind);
            }
            program.send(request.body(Body::from(body)).expect("a request")).await
        };
        let json = Some("application/json");
        check(program.get("/api/v1/nowhere").await, 404, "not-found");
        let wrong_method = check(send(Method::PATCH, start, None, String::new()).await, 405, "method-not-allowed");
        assert!(wrong_method.header("allow").is_some_and(|allowed| allowed.contains("POST")));
        check(program.get("/api/v1/interviews/nonsense").await, 400, "bad-request");
        check(program.get("/api/v1/interviews?limit=0").await, 400, "bad-request");
        check(program.get("/api/v1/interviews?limit=101").await, 400, "bad-request");
        check(program.get("/api/v1/interviews?limit=many").await, 400, "bad-request");
        check(program.get("/api/v1/interviews?after=nonsense").await, 400, "bad-request");
        check(send(Method::POST, start, json, "{".to_owned()).await, 400, "bad-request");
        check(send(Method::POST, start, None, "{}".to_owned()).await, 415, "unsupported-media-type");
        check(send(Method::POST, start, Some("text/plain"), "{}".to_owned()).await, 415, "unsupported-media-type");
        let shape = check(send(Method::POST, start, json, "{}".to_owned()).await, 422, "unprocessable-entity");
        assert!(shape.json()["detail"].as_str().is_some_and(|detail| detail.contains("field")), "{shape:?}");
        check(send(Method::POST, start, json, "x".repeat(BODY_MAX + 1)).await, 413, "payload-too-large");
        let setup = json!({
            "field": "cs", "level": "junior", "language": "ko", "question_count": 3_000_000_000_u32, "mode": "coaching",
        });
        let invalid = check(program.call(Method::POST, start, &setup).await, 422, "invalid").json();
        assert_eq!((&invalid["field"], &invalid["reason"]), (&json!("question_count"), &json!("not-offered")));
        let early = format!("/api/v1/interviews/{}/report", world.interview);
        check(program.get(&early).await, 409, "out-of-date");
    })
    .await;
}

#[tokio::test]
async fn a_problem_of_another_part_keeps_its_form() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let reply = world.nobody().call("/web/interview/room", &json!({ "id": Uuid::now_v7() })).await;
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn lists_come_in_pages_that_leave_nothing_out() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Read).await;
        for list in ["interviews", "drill/cards", "notebook?filter=all", "allowance/ledger"] {
            let (first, mark) = (format!("/api/v1/{list}"), if list.contains('?') { '&' } else { '?' });
            let whole = program.get(&format!("{first}{mark}limit=100")).await.json();
            let all = whole["items"].as_array().expect("items").clone();
            assert_eq!(whole["next"], Value::Null);
            let (mut found, mut next) = (vec![], Some(format!("{first}{mark}limit=1")));
            while let Some(address) = next {
                let reply = program.get(&address).await;
                let page = reply.json();
                found.extend(page["items"].as_array().expect("items").clone());
                let link = reply.header("link").map(|link| {
                    let (address, rest) = link.split_once(">; ").expect("a link");
                    assert_eq!(rest, "rel=\"next\"");
                    address.trim_start_matches('<').to_owned()
                });
                assert_eq!(link.is_some(), page["next"].is_string(), "{reply:?}");
                next = link;
            }
            assert!(!all.is_empty(), "{list}");
            assert_eq!(found, all, "{list}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_account_calls_so_often_a_minute_and_others_are_not_affected() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let limited = Serving { api_rate: NonZeroU32::new(5).expect("five"), ..serving() };
    let limited = router(world.fixture.app.clone(), limited);
    let victim = Program::new(&limited, &world.fixture.app, &world.victim, Scope::Read).await;
    for expected in ["3", "2", "1", "0"] {
        let reply = victim.get("/api/v1/rubric").await;
        assert_eq!(
            (reply.header("ratelimit-limit"), reply.header("ratelimit-remaining")),
            (Some("5"), Some(expected))
        );
    }
    let refused = victim.get("/api/v1/rubric").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(problem(&refused), "too-many-attempts");
    assert_eq!(refused.header("ratelimit-remaining"), Some("0"));
    let wait: u32 = refused.header("retry-after").expect("a wait").parse().expect("seconds");
    assert!((1..=12).contains(&wait), "{wait}");
    assert_eq!(refused.json()["retry_after_seconds"], wait);
    // Another token of the same account helps nothing; another account is counted alone.
    let again = Program::new(&limited, &world.fixture.app, &world.victim, Scope::Read).await;
    assert_eq!(again.get("/api/v1/rubric").await.status, StatusCode::TOO_MANY_REQUESTS);
    let attacker = Program::new(&limited, &world.fixture.app, &world.attacker, Scope::Read).await;
    assert_eq!(attacker.get("/api/v1/rubric").await.status, StatusCode::OK);
}

#[tokio::test]
async fn strangers_are_counted_by_address() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut stranger = Browser::at(&world.router, [198, 51, 100, 7]);
    let mut statuses = vec![];
    for _ in 0..400 {
        statuses.push(stranger.get("/api/v1/rubric").await.status);
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "somebody who guesses is slowed down");
    assert_eq!(world.nobody().get("/api/v1/rubric").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_the_named_sites_may_read_replies() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let origin = "https://app.example.com";
    let named = Serving { cors_origins: vec![origin.parse().expect("a header")], ..serving() };
    let named = router(world.fixture.app.clone(), named);
    let program = Program::new(&named, &world.fixture.app, &world.victim, Scope::Read).await;
    let ask = async |router: &axum::Router, method: Method, path: &str, from: &str| {
        let request = program.request(method, path).header(ORIGIN, from);
        let request = request
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type,idempotency-key");
        Browser::new(router).send(request.body(Body::empty()).expect("a request")).await
    };
    for path in [
        "/api/v1/rubric",
        "/api/v1/nowhere",
        "/api/v1/interviews/nonsense",
        "/api/openapi.json",
        "/api/nowhere",
    ] {
        let reply = ask(&named, Method::GET, path, origin).await;
        assert_eq!(reply.header("access-control-allow-origin"), Some(origin), "{path}");
        assert_eq!(reply.header("access-control-allow-credentials"), None);
        let exposed = reply.header("access-control-expose-headers").expect("exposed headers");
        for header in ["ratelimit-remaining", "retry-after", "link", "location", "idempotency-replayed"] {
            assert!(exposed.contains(header), "{header} in {exposed}");
        }
        let other = ask(&named, Method::GET, path, "https://evil.example").await;
        assert_eq!(other.header("access-control-allow-origin"), None, "{path}");
    }
    let preflight = ask(&named, Method::OPTIONS, "/api/v1/interviews", origin).await;
    assert_eq!(preflight.status, StatusCode::OK);
    assert_eq!(preflight.header("access-control-allow-origin"), Some(origin));
    assert!(
        preflight
            .header("access-control-allow-headers")
            .is_some_and(|names| names.contains("idempotency-key"))
    );
    let other = ask(&named, Method::OPTIONS, "/api/v1/interviews", "https://evil.example").await;
    assert_eq!(other.header("access-control-allow-origin"), None);
    // Pages and server functions are nobody else's, and without a setting nothing is.
    for path in ["/", "/web/rubric/read"] {
        let reply = ask(&named, Method::OPTIONS, path, origin).await;
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
    }
    let unset = ask(&world.router, Method::GET, "/api/v1/rubric", origin).await;
    assert_eq!(unset.header("access-control-allow-origin"), None);
}

/// Where the description is kept. `daedap openapi > server/tests/it/openapi.json` writes it anew.
const SNAPSHOT: &str = include_str!("openapi.json");

#[tokio::test]
async fn the_description_is_the_one_that_was_looked_at() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let served = world.nobody().get("/api/openapi.json").await;
    assert_eq!((served.status, served.header("content-type")), (StatusCode::OK, Some("application/json")));
    let kept: Value = serde_json::from_str(SNAPSHOT).expect("JSON");
    assert!(
        served.json() == kept,
        "the API has changed: look at it, then `daedap openapi > server/tests/it/openapi.json`"
    );
    assert!(kept["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
}

/// Every reference in a description.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

#[test]
fn the_description_refers_to_nothing_that_is_missing() {
    let document = server::openapi();
    let mut found = vec![];
    references(&document, &mut found);
    assert!(found.len() > 100);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("a place in the same description");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let mut ids: Vec<&str> = vec![];
    for item in document["paths"].as_object().expect("paths").values() {
        ids.extend(item.as_object().expect("calls").values().filter_map(|call| call["operationId"].as_str()));
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "each call has a name of its own");
}

#[tokio::test]
async fn the_reference_loads_nothing_from_elsewhere_and_has_no_script_of_its_own() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let page = world.nobody().get("/api/docs").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let addresses = page.text().split('"').filter(|text| text.starts_with('/')).map(str::to_owned);
    let addresses: Vec<String> = addresses.collect();
    assert!(addresses.len() >= 4, "{addresses:?}");
    assert!(!page.text().contains("//"), "no other host");
    for script in page.text().split("<script").skip(1) {
        assert!(script.contains("></script>"), "a script in the page: {script}");
    }
    for address in addresses {
        assert_eq!(world.nobody().get(&address).await.status, StatusCode::OK, "{address}");
    }
    assert_eq!(world.nobody().get("/api/docs/index.html").await.status, StatusCode::NOT_FOUND);
}

async fn listen(world: &World, program: &Program) -> BodyDataStream {
    let path = format!("/api/v1/interviews/{}/events", world.interview);
    let request = program.request(Method::GET, &path).body(Body::empty()).expect("a request");
    let response = Browser::new(&world.router).open(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

async fn ends_in_time(mut stream: BodyDataStream) {
    let end = async { while stream.next().await.is_some() {} };
    assert!(tokio::time::timeout(Duration::from_secs(5), end).await.is_ok(), "the stream is still open");
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = victim(&world, Scope::Read).await;
        let stream = listen(&world, &program).await;
        for token in tokens::list(&world.fixture.app, &world.victim).await.expect("the tokens") {
            tokens::revoke(&world.fixture.app, &world.victim, token.id).await.expect("revoked");
        }
        ends_in_time(stream).await;
        let reply = program.get("/api/v1/rubric").await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "at once");
    })
    .await;
}

#[tokio::test]
async fn a_stream_ends_with_a_new_password() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let program = victim(&world, Scope::Account).await;
    let stream = listen(&world, &program).await;
    let change = json!({ "current": testkit::PASSWORD, "password": "another horse battery" });
    let reply = program.call(Method::POST, "/api/v1/account/password", &change).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{reply:?}");
    ends_in_time(stream).await;
    assert_eq!(program.get("/api/v1/account").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_program_holds_a_whole_interview() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let app = &world.fixture.app;
        let program = Program::new(&world.router, app, &world.attacker, Scope::Write).await;
        let setup = json!({
            "field": "cs", "level": "junior", "language": "ko", "question_count": 3, "mode": "coaching",
        });
        let begun = program.post_once("/api/v1/interviews", "begin", &setup).await;
        let address = begun.location().expect("where it is").to_owned();
        let id: Uuid = serde_json::from_value(begun.json()["id"].clone()).expect("its id");
        let room = world.fixture.quiet(&world.attacker, id).await;
        let answer = json!({ "turn_number": room.awaited_turn(), "text": "격리 수준은 동시에 실행되는 트랜잭션이 서로에게 보이는 정도를 정합니다." });
        let answered = program.call(Method::POST, &format!("{address}/answers"), &answer).await;
        assert_eq!(answered.status, StatusCode::NO_CONTENT, "{answered:?}");
        world.fixture.quiet(&world.attacker, id).await;
        let finish = json!({ "action": "finish" });
        let finished = program.call(Method::POST, &format!("{address}/actions"), &finish).await;
        assert_eq!(finished.status, StatusCode::NO_CONTENT, "{finished:?}");
        world.fixture.quiet(&world.attacker, id).await;
        let report = program.get(&format!("{address}/report")).await.json();
        assert_eq!(report["interview"]["status"], "finished");
        let markdown = program.get(&format!("{address}/report.md")).await;
        assert_eq!(markdown.header("content-type"), Some("text/markdown; charset=utf-8"));
        assert!(markdown.text().contains("격리 수준"));
        let ledger = program.get("/api/v1/allowance/ledger").await.json();
        assert_eq!(ledger["items"].as_array().map(Vec::len), Some(1));
    })
    .await;
}
