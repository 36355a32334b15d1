//! A POST under an `Idempotency-Key`: done once, whatever happens, and answered alike.

use domain::entities::{idempotency_key, interview, ledger_entry, share};
use domain::tokens::Scope;
use http::{Method, StatusCode};
use sea_orm::sea_query::Expr;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use testkit::{PASSWORD, each_database};

use crate::client::Reply;
use crate::program::{Program, problem};
use crate::world::World;

const START: &str = "/api/v1/interviews";

fn setup() -> Value {
    json!({ "field": "cs", "level": "junior", "language": "ko", "question_count": 3, "mode": "coaching" })
}

async fn attacker(world: &World) -> Program {
    Program::new(&world.router, &world.fixture.app, &world.attacker, Scope::Account).await
}

async fn count<E: EntityTrait>(world: &World) -> u64
where
    E::Model: Send + Sync + 'static,
{
    E::find().count(world.fixture.app.database.reader()).await.expect("counted")
}

/// As if the program had died between doing the work and keeping its reply, a minute ago.
async fn crash(world: &World) {
    let long_ago = world.fixture.app.now() - chrono::Duration::seconds(1);
    idempotency_key::Entity::update_many()
        .col_expr(idempotency_key::Column::Reply, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(idempotency_key::Column::LeasedUntil, Expr::value(long_ago))
        .exec(world.fixture.app.database.writer())
        .await
        .expect("changed");
}

fn replayed(reply: &Reply) -> bool {
    reply.header("idempotency-replayed") == Some("true")
}

#[tokio::test]
async fn a_repeated_request_makes_one_row_and_one_body() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = attacker(&world).await;
        let (interviews, lines) =
            (count::<interview::Entity>(&world).await, count::<ledger_entry::Entity>(&world).await);
        let first = program.post_once(START, "one", &setup()).await;
        assert_eq!((first.status, replayed(&first)), (StatusCode::CREATED, false), "{first:?}");
        for _ in 0..3 {
            let again = program.post_once(START, "one", &setup()).await;
            assert_eq!((again.status, replayed(&again)), (StatusCode::CREATED, true), "{again:?}");
            assert_eq!(again.body, first.body);
            for header in ["location", "content-type"] {
                assert_eq!(again.header(header), first.header(header));
            }
        }
        assert_eq!(count::<interview::Entity>(&world).await, interviews + 1);
        assert_eq!(count::<ledger_entry::Entity>(&world).await, lines + 1, "it cost one unit");
        let other = program.post_once(START, "two", &setup()).await;
        assert_ne!(other.body, first.body, "another key is another request");
    })
    .await;
}

#[tokio::test]
async fn requests_at_once_make_one_row() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = attacker(&world).await;
        let interviews = count::<interview::Entity>(&world).await;
        let body = setup();
        let sent = (0..10).map(|_| program.post_once(START, "one", &body));
        for reply in futures::future::join_all(sent).await {
            match reply.status {
                StatusCode::CREATED => {}
                StatusCode::CONFLICT => {
                    assert_eq!(problem(&reply), "request-under-way");
                    assert!(reply.header("retry-after").is_some());
                }
                _ => panic!("{reply:?}"),
            }
        }
        assert_eq!(count::<interview::Entity>(&world).await, interviews + 1);
        assert!(replayed(&program.post_once(START, "one", &setup()).await));
    })
    .await;
}

#[tokio::test]
async fn another_request_under_the_same_key_is_refused() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = attacker(&world).await;
        program.post_once(START, "one", &setup()).await;
        let mut other = setup();
        other["level"] = json!("senior");
        for (path, body) in
            [(START, &other), ("/api/v1/today/swaps", &setup()), ("/api/v1/interviews?x=1", &setup())]
        {
            let reply = program.post_once(path, "one", body).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {reply:?}");
            assert_eq!(problem(&reply), "idempotency-key-in-use");
        }
        let other_token = attacker(&world).await.post_once(START, "one", &setup()).await;
        assert_eq!(problem(&other_token), "idempotency-key-in-use", "another token reads nobody's reply");
    })
    .await;
}

#[tokio::test]
async fn work_that_a_crash_cut_short_is_not_done_twice() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = attacker(&world).await;
        let first = program.post_once(START, "one", &setup()).await;
        let interviews = count::<interview::Entity>(&world).await;
        crash(&world).await;
        let again = program.post_once(START, "one", &setup()).await;
        assert_eq!((again.status, replayed(&again)), (StatusCode::CREATED, false));
        assert_eq!(again.body, first.body);
        assert_eq!(count::<interview::Entity>(&world).await, interviews);
        assert!(replayed(&program.post_once(START, "one", &setup()).await));
    })
    .await;
}

#[tokio::test]
async fn a_link_and_the_interview_of_the_day_are_made_once_also_after_a_crash() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = Program::new(&world.router, &world.fixture.app, &world.victim, Scope::Write).await;
        let (interviews, lines, shares) = (
            count::<interview::Entity>(&world).await,
            count::<ledger_entry::Entity>(&world).await,
            count::<share::Entity>(&world).await,
        );
        let link = format!("/api/v1/interviews/{}/shares", world.finished);
        for (key, path, body) in [
            ("day", "/api/v1/today/interview", json!({ "swaps": 0 })),
            ("link", link.as_str(), json!({ "days": "7", "with_name": false })),
        ] {
            let first = program.post_once(path, key, &body).await;
            assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
            crash(&world).await;
            let again = program.post_once(path, key, &body).await;
            assert_eq!((again.status, replayed(&again)), (StatusCode::CREATED, false), "{again:?}");
            if key == "day" {
                assert_eq!(again.body, first.body);
            } else {
                // What opens a link is stored nowhere, so it is told anew.
                let token = |reply: &Reply| reply.json()["token"].as_str().expect("a token").to_owned();
                let read = domain::share::service::read(&world.fixture.app, &token(&again)).await;
                assert!(read.is_ok() && token(&again) != token(&first));
            }
            assert!(replayed(&program.post_once(path, key, &body).await));
        }
        assert_eq!(count::<interview::Entity>(&world).await, interviews + 1);
        assert_eq!(count::<ledger_entry::Entity>(&world).await, lines + 1);
        assert_eq!(count::<share::Entity>(&world).await, shares + 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_given_once() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let victim = Program::new(&world.router, &world.fixture.app, &world.victim, Scope::Write).await;
        let path = format!("/api/v1/interviews/{}/answers", world.interview);
        let body = json!({ "turn_number": world.awaited, "text": "Words that are sent twice." });
        for expected in [false, true] {
            let reply = victim.post_once(&path, "answer", &body).await;
            assert_eq!((reply.status, replayed(&reply)), (StatusCode::NO_CONTENT, expected), "{reply:?}");
        }
        let room = world.fixture.quiet(&world.victim, world.interview).await;
        let said = room.turns.iter().filter(|turn| turn.text == "Words that are sent twice.").count();
        assert_eq!(said, 1);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_told_again_unless_it_may_pass() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let program = attacker(&world).await;
        let mut wrong = setup();
        wrong["field"] = json!("cooking");
        for expected in [false, true] {
            let reply = program.post_once(START, "wrong", &wrong).await;
            assert_eq!((reply.status.as_u16(), replayed(&reply)), (422, expected), "{reply:?}");
            assert_eq!(reply.json()["field"], "field");
        }
        let none_left = domain::quotas::service::set_limit(
            &world.fixture.app,
            world.attacker.id,
            domain::quotas::LimitedAction::Interview,
            0,
        );
        none_left.await.expect("set");
        for _ in 0..2 {
            let reply = program.post_once(START, "used up", &setup()).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "a key has no blanks");
            let reply = program.post_once(START, "used-up", &setup()).await;
            assert_eq!((reply.status, replayed(&reply)), (StatusCode::TOO_MANY_REQUESTS, false), "{reply:?}");
            assert!(reply.json()["resets_at"].is_string() && reply.header("retry-after").is_some());
        }
        domain::quotas::service::set_limit(
            &world.fixture.app,
            world.attacker.id,
            domain::quotas::LimitedAction::Interview,
            5,
        )
        .await
        .expect("set");
        let reply = program.post_once(START, "used-up", &setup()).await;
        assert_eq!(reply.status, StatusCode::CREATED, "the key was not used up by what passes");
    })
    .await;
}

#[tokio::test]
async fn the_secret_of_a_link_comes_back_and_is_not_stored() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let victim = Program::new(&world.router, &world.fixture.app, &world.victim, Scope::Account).await;
        let path = format!("/api/v1/interviews/{}/shares", world.finished);
        let shares = count::<share::Entity>(&world).await;
        let body = json!({ "days": "7", "with_name": false });
        let first = victim.post_once(&path, "link", &body).await;
        let again = victim.post_once(&path, "link", &body).await;
        assert_eq!(first.body, again.body);
        assert_eq!(count::<share::Entity>(&world).await, shares + 1);
        let token = first.json()["token"].as_str().expect("a token").to_owned();
        let stored = crate::stored::everything(&world.fixture.app).await.join("\n");
        let rows =
            idempotency_key::Entity::find().all(world.fixture.app.database.reader()).await.expect("rows");
        for row in &rows {
            let reply = String::from_utf8_lossy(row.reply.as_deref().expect("a reply"));
            assert!(!reply.contains(&token) && !stored.contains(&token));
        }
        let gone =
            victim.call(Method::POST, "/api/v1/account/deletion", &json!({ "password": PASSWORD })).await;
        assert_eq!(gone.status, StatusCode::OK);
        assert_eq!(count::<idempotency_key::Entity>(&world).await, 0);
    })
    .await;
}
