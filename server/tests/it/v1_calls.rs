//! Every call of `/api/v1`, and who is kept from it. A call that the program describes and this table does not have fails a test.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use axum::body::Body;
use chrono::Duration;
use domain::entities::session;
use domain::tokens::{Scope, service as tokens};
use http::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use http::{Method, StatusCode};
use sea_orm::{ActiveModelTrait, Set};
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::calls::{For, letter};
use crate::client::{Browser, Reply};
use crate::program::{Program, problem, token, with_body};
use crate::stored::{assert_same, everything};
use crate::world::{SECRET, World};

/// A call: its method, its path, how far a token must reach, who may, and a body that would do something at the awaited turn.
pub struct Call {
    method: Method,
    path: &'static str,
    scope: Scope,
    who: For,
    body: fn(&World) -> Value,
}

const fn read(path: &'static str, who: For) -> Call {
    Call { method: Method::GET, path, scope: Scope::Read, who, body: |_| Value::Null }
}

const fn write(method: Method, path: &'static str, who: For, body: fn(&World) -> Value) -> Call {
    Call { method, path, scope: Scope::Write, who, body }
}

const fn hold(method: Method, path: &'static str, who: For, body: fn(&World) -> Value) -> Call {
    Call { method, path, scope: Scope::Account, who, body }
}

pub const CALLS: &[Call] = &[
    read("/api/v1/interviews/options", For::Members),
    read("/api/v1/interviews", For::Members),
    write(Method::POST, "/api/v1/interviews", For::Members, |_| {
        json!({
            "field": "cs", "topics": [], "level": "junior", "language": "ko", "question_count": 3, "mode": "coaching",
        })
    }),
    read("/api/v1/materials", For::Members),
    Call {
        method: Method::POST,
        path: "/api/v1/materials/preview",
        scope: Scope::Read,
        who: For::Members,
        body: |_| json!({ "materials": { "letters": [], "documents": [] }, "language": "ko" }),
    },
    write(
        Method::POST,
        "/api/v1/interviews/practice",
        For::Members,
        |_| json!({ "question_ids": ["database/mvcc"], "language": "ko", "mode": "coaching" }),
    ),
    write(Method::POST, "/api/v1/interviews/{id}/retakes", For::Owner, |_| json!({ "questions": "same" })),
    read("/api/v1/interviews/{id}/comparison/{other}", For::Owner),
    write(Method::DELETE, "/api/v1/interviews/{id}", For::Owner, |_| Value::Null),
    read("/api/v1/interviews/{id}", For::Owner),
    read("/api/v1/interviews/{id}/events", For::Owner),
    write(
        Method::POST,
        "/api/v1/interviews/{id}/answers",
        For::Owner,
        |world| json!({ "turn_number": world.awaited, "text": "An answer of somebody." }),
    ),
    write(
        Method::POST,
        "/api/v1/interviews/{id}/actions",
        For::Owner,
        |world| json!({ "turn_number": world.awaited, "action": "skip" }),
    ),
    write(
        Method::PUT,
        "/api/v1/interviews/{id}/draft",
        For::Owner,
        |_| json!({ "text": "A draft of somebody." }),
    ),
    read("/api/v1/interviews/{id}/report", For::Owner),
    read("/api/v1/interviews/{id}/report.md", For::Owner),
    write(
        Method::POST,
        "/api/v1/interviews/{id}/assessments",
        For::Owner,
        |_| json!({ "position": 0, "known": 1, "dispute": null }),
    ),
    write(
        Method::PUT,
        "/api/v1/interviews/{id}/overrides",
        For::Owner,
        |world| json!({ "position": 0, "point": world.point, "said": true }),
    ),
    read("/api/v1/interviews/{id}/shares", For::Owner),
    write(
        Method::POST,
        "/api/v1/interviews/{id}/shares",
        For::Owner,
        |_| json!({ "days": "7", "with_name": true }),
    ),
    write(Method::DELETE, "/api/v1/shares/{id}", For::Owner, |_| Value::Null),
    read("/api/v1/progress", For::Members),
    read("/api/v1/drill", For::Members),
    read("/api/v1/drill/cards", For::Members),
    Call {
        method: Method::POST,
        path: "/api/v1/drill/cards/{id}/check",
        scope: Scope::Read,
        who: For::Owner,
        body: |_| json!({ "text": "What I know." }),
    },
    write(
        Method::POST,
        "/api/v1/drill/cards/{id}/reviews",
        For::Owner,
        |_| json!({ "reps": 0, "rating": "good" }),
    ),
    write(Method::DELETE, "/api/v1/drill/cards/{id}", For::Owner, |_| Value::Null),
    read("/api/v1/notebook", For::Members),
    read("/api/v1/notebook/{id}", For::Owner),
    write(Method::DELETE, "/api/v1/notebook/{id}", For::Owner, |_| Value::Null),
    write(
        Method::PUT,
        "/api/v1/notebook/favourite",
        For::Owner,
        |world| json!({ "target": { "entry": world.entry }, "favourite": true }),
    ),
    write(
        Method::PUT,
        "/api/v1/notebook/memo",
        For::Owner,
        |world| json!({ "target": { "asked": { "interview": world.finished, "position": 0 } }, "before": "", "memo": "A memo." }),
    ),
    read("/api/v1/letters", For::Members),
    write(Method::POST, "/api/v1/letters", For::Members, |_| json!({ "content": letter("A letter") })),
    read("/api/v1/letters/{id}", For::Owner),
    write(
        Method::PUT,
        "/api/v1/letters/{id}",
        For::Owner,
        |_| json!({ "revision": 1, "content": letter("Changed") }),
    ),
    write(Method::DELETE, "/api/v1/letters/{id}", For::Owner, |_| Value::Null),
    write(Method::POST, "/api/v1/letters/{id}/copies", For::Owner, |_| Value::Null),
    read("/api/v1/letters/{id}/letter.md", For::Owner),
    read("/api/v1/letters/{id}/findings", For::Owner),
    read("/api/v1/letters/{id}/versions", For::Owner),
    write(
        Method::POST,
        "/api/v1/letters/{id}/proposals",
        For::Owner,
        |world| json!({ "kind": "draft", "item_id": world.letter_item }),
    ),
    read("/api/v1/letter-versions/{id}", For::Owner),
    write(Method::POST, "/api/v1/letter-versions/{id}/restoration", For::Owner, |_| json!({ "revision": 1 })),
    read("/api/v1/letter-proposals/{id}", For::Owner),
    write(Method::DELETE, "/api/v1/letter-proposals/{id}", For::Owner, |_| Value::Null),
    write(Method::POST, "/api/v1/letter-proposals/{id}/stop", For::Owner, |_| Value::Null),
    read("/api/v1/letter-proposals/{id}/events", For::Owner),
    read("/api/v1/documents", For::Members),
    write(
        Method::POST,
        "/api/v1/documents",
        For::Members,
        |_| json!({ "kind": "resume", "title": "A title of somebody", "text": "A text of somebody." }),
    ),
    write(Method::POST, "/api/v1/documents/parse", For::Members, |_| Value::Null),
    Call {
        method: Method::POST,
        path: "/api/v1/documents/items",
        scope: Scope::Read,
        who: For::Members,
        body: |_| json!({ "text": "1. Why?\nBecause." }),
    },
    read("/api/v1/documents/{id}", For::Owner),
    write(
        Method::PUT,
        "/api/v1/documents/{id}",
        For::Owner,
        |_| json!({ "revision": 0, "kind": "posting", "title": "A title", "text": "A text of somebody." }),
    ),
    write(Method::DELETE, "/api/v1/documents/{id}", For::Owner, |_| Value::Null),
    read("/api/v1/today", For::Members),
    write(Method::POST, "/api/v1/today/swaps", For::Members, |_| json!({ "swaps": 0 })),
    write(Method::POST, "/api/v1/today/interview", For::Members, |_| json!({ "swaps": 0 })),
    read("/api/v1/bank", For::Members),
    read("/api/v1/questions", For::Members),
    read("/api/v1/questions/{topic}/{slug}", For::Members),
    read("/api/v1/past-questions", For::Members),
    write(Method::POST, "/api/v1/past-questions", For::Members, |_| past_details()),
    read("/api/v1/past-questions/own", For::Members),
    read("/api/v1/past-questions/companies", For::Members),
    read("/api/v1/past-questions/similar", For::Members),
    read("/api/v1/past-questions/{id}", For::Members),
    write(Method::DELETE, "/api/v1/past-questions/{id}", For::Owner, |_| Value::Null),
    write(Method::POST, "/api/v1/past-questions/{id}/submission", For::Owner, |_| Value::Null),
    read("/api/v1/admin/past-questions", For::Admins),
    write(
        Method::PUT,
        "/api/v1/admin/past-questions/{id}",
        For::Admins,
        |_| json!({ "seen": "pending", "details": past_details() }),
    ),
    write(
        Method::POST,
        "/api/v1/admin/past-questions/{id}/approval",
        For::Admins,
        |_| json!({ "seen": "pending", "details": past_details() }),
    ),
    write(
        Method::POST,
        "/api/v1/admin/past-questions/{id}/rejection",
        For::Admins,
        |_| json!({ "seen": "pending", "reason": "A reason of somebody." }),
    ),
    write(
        Method::PUT,
        "/api/v1/admin/past-questions/{id}/key",
        For::Admins,
        |_| json!({ "model_answer": "An answer of somebody." }),
    ),
    read("/api/v1/rubric", For::Members),
    read("/api/v1/allowance", For::Members),
    read("/api/v1/allowance/ledger", For::Members),
    hold(Method::GET, "/api/v1/account", For::Members, |_| Value::Null),
    hold(
        Method::PUT,
        "/api/v1/account",
        For::Members,
        |_| json!({ "display_name": "changed", "language": "en", "time_zone": "Europe/Berlin", "fields": ["cs"] }),
    ),
    hold(
        Method::POST,
        "/api/v1/account/password",
        For::Members,
        |_| json!({ "current": PASSWORD, "password": "another horse battery" }),
    ),
    hold(Method::POST, "/api/v1/account/deletion", For::Members, |_| json!({ "password": PASSWORD })),
    hold(Method::GET, "/api/v1/account/tokens", For::Members, |_| Value::Null),
    read("/api/v1/account/sessions", For::Members),
    hold(Method::DELETE, "/api/v1/account/sessions", For::Members, |_| Value::Null),
    hold(Method::DELETE, "/api/v1/account/sessions/{key}", For::Owner, |_| Value::Null),
    read("/api/v1/account/logins", For::Members),
    hold(Method::DELETE, "/api/v1/account/logins/{provider}", For::Owner, |_| Value::Null),
    read("/api/v1/account/holdings", For::Members),
    read("/api/v1/account/export.zip", For::Members),
    Call {
        method: Method::POST,
        path: "/api/v1/account/import/preview",
        scope: Scope::Read,
        who: For::Members,
        body: |_| Value::Null,
    },
    hold(Method::POST, "/api/v1/account/import", For::Members, |_| Value::Null),
    read("/api/v1/account/retention", For::Members),
    hold(Method::PUT, "/api/v1/account/retention", For::Members, |_| json!({ "retention": "90" })),
    read("/api/v1/receipts/{id}", For::Holders),
    read("/api/v1/privacy", For::Members),
    hold(Method::DELETE, "/api/v1/account/tokens/{id}", For::Owner, |_| Value::Null),
    read("/api/v1/github", For::Members),
    write(Method::POST, "/api/v1/github/lookups", For::Members, |_| json!({ "github_name": "mina-dev" })),
    read("/api/v1/github/facts", For::Members),
    write(Method::DELETE, "/api/v1/github/name", For::Members, |_| Value::Null),
    read("/api/v1/admin/score-check", For::Admins),
    read("/api/v1/admin/score-check/state", For::Admins),
    write(Method::POST, "/api/v1/admin/score-check/runs", For::Admins, |_| Value::Null),
    write(Method::DELETE, "/api/v1/admin/score-check/runs/current", For::Admins, |_| Value::Null),
];

/// What is told of a past question.
fn past_details() -> Value {
    json!({
        "question": "A past question of somebody, long enough.", "language": "en", "field": "ml", "level": "junior",
        "company": "Acme", "job": "ML engineer", "asked_on": "2026-03", "source": "asked myself",
    })
}

impl Call {
    /// The address of what is the victim's.
    fn addresses(&self, world: &World, token: Uuid) -> Vec<String> {
        let ids = match self.path {
            path if path.starts_with("/api/v1/shares/") => vec![world.share],
            path if path.starts_with("/api/v1/drill/") => vec![world.card],
            path if path.starts_with("/api/v1/notebook/") => vec![world.entry],
            path if path.starts_with("/api/v1/letters/") => vec![world.letter],
            path if path.starts_with("/api/v1/letter-versions/") => vec![world.letter_version],
            path if path.starts_with("/api/v1/letter-proposals/") => vec![world.letter_proposal],
            path if path.starts_with("/api/v1/documents/") => vec![world.document],
            path if path.starts_with("/api/v1/account/") => vec![token],
            "/api/v1/past-questions/{id}" if self.method == Method::GET => vec![world.approved],
            path if path.contains("/past-questions/") => vec![world.past],
            path if path.starts_with("/api/v1/receipts/") => vec![world.receipt],
            _ => vec![world.finished, world.interview],
        };
        let address = |id: Uuid| {
            let path = self.path.replace("{key}", SESSION).replace("{provider}", "github");
            let path = path.replace("{id}", &id.to_string()).replace("{other}", &id.to_string());
            path.replace("{topic}", "os").replace("{slug}", "deadlock")
        };
        ids.into_iter().map(address).collect()
    }

    /// The address at which it works for the victim.
    fn working(&self, world: &World, token: Uuid) -> String {
        let of_running =
            ["/answers", "/actions", "/draft", "/events"].iter().any(|end| self.path.ends_with(end));
        let addresses = self.addresses(world, token);
        let found = if of_running { addresses.last() } else { addresses.first() };
        found.expect("an address").clone()
    }

    async fn send(&self, world: &World, program: &Program, address: &str) -> Reply {
        if self.path.contains("/account/import") {
            return program.post_file(address, takeout(world).await).await;
        }
        if self.path == "/api/v1/documents/parse" {
            let request =
                program.request(Method::POST, address).header(CONTENT_TYPE, "application/octet-stream");
            return program.send(request.body("A text of somebody.".into()).expect("a request")).await;
        }
        program.call(self.method.clone(), address, &(self.body)(world)).await
    }

    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The key of a browser in which the victim is signed in.
const SESSION: &str = "5e55105e55105e55105e55105e55105e55105e55105e55105e55105e55105e55";

/// Everything of the victim as a file.
async fn takeout(world: &World) -> Vec<u8> {
    let takeout = domain::takeout::service::export(&world.fixture.app, &world.victim).await;
    let mut pieces = takeout.expect("an export").pieces;
    let mut zip = vec![];
    while let Some(piece) = pieces.recv().await {
        zip.extend(piece.expect("a whole export"));
    }
    zip
}

/// A token of the victim, to be named by its id, and a session beside it.
async fn named_token(world: &World) -> Uuid {
    let now = world.fixture.app.now();
    let row = session::ActiveModel {
        key_hash: Set(SESSION.to_owned()),
        user_id: Set(Some(world.victim.id)),
        data: Set(json!({})),
        expires_at: Set(now + Duration::days(1)),
        last_seen_at: Set(Some(now)),
    };
    row.insert(world.fixture.app.database.writer()).await.expect("a session");
    token(&world.fixture.app, &world.victim, Scope::Read).await;
    let tokens = tokens::list(&world.fixture.app, &world.victim).await.expect("the tokens");
    tokens.first().expect("a token").id
}

async fn program(world: &World, victim: bool, scope: Scope) -> Program {
    let person = if victim { &world.victim } else { &world.attacker };
    Program::new(&world.router, &world.fixture.app, person, scope).await
}

#[test]
fn every_call_that_is_described_is_in_the_table() {
    let document = server::openapi();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, call) in item.as_object().expect("calls").iter().filter(|_| path.starts_with("/api/v1/"))
        {
            let scope = call["security"][0]["bearer"][0].as_str().expect("a scope");
            assert_eq!(call["security"][1]["token"][0], scope);
            described.insert(format!("{} {path} {scope}", method.to_uppercase()));
        }
    }
    let table = CALLS.iter().map(|call| format!("{} {}", call.name(), call.scope)).collect();
    assert_eq!(described, table);
}

#[tokio::test]
async fn every_call_of_the_table_works_for_its_owner() {
    // Otherwise a refusal elsewhere would prove nothing.
    for call in CALLS {
        let world = World::new(Fixture::sqlite(None).await).await;
        if call.who == For::Admins {
            world.make_admin(world.victim.id).await;
        }
        let named = named_token(&world).await;
        let program = program(&world, true, call.scope).await;
        let address = call.working(&world, named);
        if call.path.ends_with("/events") {
            let request = program.request(Method::GET, &address).body(Body::empty()).expect("a request");
            assert_eq!(Browser::new(&world.router).open(request).await.status(), StatusCode::OK);
            continue;
        }
        let reply = call.send(&world, &program, &address).await;
        assert!(reply.status.is_success(), "{} {reply:?}", call.name());
        for header in ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"] {
            assert!(reply.header(header).is_some(), "{} {header}", call.name());
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_and_cookies_do_not_count() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let named = named_token(&world).await;
        let browser = world.signed_in("victim").await;
        let cookies: Vec<String> =
            browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let before = everything(&world.fixture.app).await;
        for (number, call) in CALLS.iter().enumerate() {
            // On a machine of its own: strangers are counted by address.
            let machine = Ipv4Addr::from_bits(0x0a01_0001 + u32::try_from(number).expect("few"));
            let mut somebody = Browser::at(&world.router, machine);
            for address in call.addresses(&world, named) {
                for (cookie, authorization, origin) in [
                    ("", "", ""),
                    ("", "Bearer dda_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", ""),
                    ("", "Basic dmljdGltOng=", ""),
                    // What a page of another site, and what one of ours can send.
                    (cookies.join("; ").as_str(), "", "https://evil.example"),
                    (cookies.join("; ").as_str(), "", "http://daedap.test"),
                ] {
                    let mut request = somebody.request(call.method.clone(), &address);
                    for (name, value) in [
                        (COOKIE.as_str(), cookie),
                        ("authorization", authorization),
                        (ORIGIN.as_str(), origin),
                    ] {
                        if !value.is_empty() {
                            request = request.header(name, value);
                        }
                    }
                    let reply = somebody.send(with_body(request, &(call.body)(&world))).await;
                    assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{} {reply:?}", call.name());
                    assert_eq!(problem(&reply), "sign-in-required");
                    assert!(reply.set_cookies().is_empty());
                    let schemes = reply.headers.get_all("www-authenticate").iter().count();
                    assert_eq!(schemes, 2, "both schemes are told");
                }
            }
            assert_same(&before, &everything(&world.fixture.app).await, &call.name());
        }
    })
    .await;
}

#[tokio::test]
async fn an_attacker_does_nothing_with_the_ids_of_a_victim() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let named = named_token(&world).await;
        let attacker = program(&world, false, Scope::Account).await;
        let before = everything(&world.fixture.app).await;
        for call in CALLS.iter().filter(|call| call.who == For::Owner) {
            for address in call.addresses(&world, named) {
                let reply = call.send(&world, &attacker, &address).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{} {reply:?}", call.name());
                assert_eq!(problem(&reply), "not-found");
                assert!(!String::from_utf8_lossy(&reply.body).contains(SECRET), "{}", call.name());
            }
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a call of the attacker");
    })
    .await;
}

#[tokio::test]
async fn a_list_that_begins_at_something_of_a_victim_shows_none_of_it() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let attacker = program(&world, false, Scope::Read).await;
        for list in ["interviews", "drill/cards", "notebook", "letters", "documents", "allowance/ledger"] {
            for after in ["", "?after=ffffffff-ffff-ffff-ffff-ffffffffffff"] {
                if ["notebook", "letters"].contains(&list) && !after.is_empty() {
                    continue;
                }
                let reply = attacker.get(&format!("/api/v1/{list}{after}")).await;
                assert_eq!(reply.json(), json!({ "items": [], "next": null }), "{list}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_member_does_nothing_that_is_for_administrators() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let member = program(&world, false, Scope::Account).await;
        let before = everything(&world.fixture.app).await;
        for call in CALLS.iter().filter(|call| call.who == For::Admins) {
            let reply = call.send(&world, &member, &call.working(&world, Uuid::nil())).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{} {reply:?}", call.name());
            assert_eq!(problem(&reply), "forbidden");
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a call of a member");
    })
    .await;
}

#[tokio::test]
async fn a_token_reaches_no_further_than_its_scope() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        world.make_admin(world.victim.id).await;
        let named = named_token(&world).await;
        let programs = [program(&world, true, Scope::Read).await, program(&world, true, Scope::Write).await];
        let before = everything(&world.fixture.app).await;
        for (scope, program) in [Scope::Read, Scope::Write].into_iter().zip(&programs) {
            for call in CALLS.iter().filter(|call| !scope.includes(call.scope)) {
                let reply = call.send(&world, program, &call.working(&world, named)).await;
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{scope} {} {reply:?}", call.name());
                assert_eq!(problem(&reply), "forbidden");
            }
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a token that does not reach that far");
    })
    .await;
}

#[tokio::test]
async fn asking_changes_nothing() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let named = named_token(&world).await;
        let victim = program(&world, true, Scope::Account).await;
        let before = everything(&world.fixture.app).await;
        for call in CALLS {
            for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
                let address = call.working(&world, named);
                let request = victim.request(method, &address).body(Body::empty()).expect("a request");
                // Not read to its end: a stream has none.
                let response = Browser::new(&world.router).open(request).await;
                assert!(!response.status().is_server_error(), "{} {response:?}", call.name());
            }
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a safe request");
    })
    .await;
}
