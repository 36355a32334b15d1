//! Requests that are sent again: done once, answered alike, and never readable from the table.

use domain::entities::{idempotency_key, interview};
use domain::idempotency::{Claim, Key, Reply, service};
use domain::interview::service as interviews;
use domain::{App, Problem, Viewer, accounts};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait};
use testkit::{PASSWORD, each_database};
use uuid::Uuid;

const SECRET: &str = "dda_not-a-real-secret";
const REQUEST: &[&[u8]] = &[b"POST", b"/api/v1/interviews", b"{}"];

fn key(text: &str) -> Key {
    Key::parse(text, SECRET).expect("a key")
}

fn reply(body: &str) -> Reply {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Reply { status: 201, headers, body: body.to_owned() }
}

async fn claim(app: &App, viewer: &Viewer, text: &str) -> Claim {
    service::claim(app, viewer, &key(text), REQUEST).await.expect("claimed")
}

fn work(claim: &Claim) -> Uuid {
    match claim {
        Claim::Work(id) => *id,
        other => panic!("no work: {other:?}"),
    }
}

async fn rows(app: &App) -> Vec<idempotency_key::Model> {
    idempotency_key::Entity::find().all(app.database.reader()).await.expect("the rows")
}

#[tokio::test]
async fn a_repeated_key_is_answered_as_before() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        work(&claim(app, &mina, "one").await);
        service::keep(app, &mina, &key("one"), &reply("{\"id\":1}")).await.expect("kept");
        for _ in 0..3 {
            assert_eq!(claim(app, &mina, "one").await, Claim::Done(reply("{\"id\":1}")));
        }
        // What came second changes nothing.
        service::keep(app, &mina, &key("one"), &reply("{\"id\":2}")).await.expect("ignored");
        assert_eq!(claim(app, &mina, "one").await, Claim::Done(reply("{\"id\":1}")));
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_has_replies_kept_without_end() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        work(&claim(app, &mina, "one").await);
        service::keep(app, &mina, &key("one"), &reply("{}")).await.expect("kept");
        let template = rows(app).await.remove(0);
        let more: Vec<idempotency_key::ActiveModel> = (1..service::KEYS_MAX)
            .map(|number| {
                let row = idempotency_key::Model { key_hash: number.to_string(), ..template.clone() };
                row.into_active_model().reset_all()
            })
            .collect();
        for more in more.chunks(1_000) {
            let stored = idempotency_key::Entity::insert_many(more.to_vec());
            stored.exec_without_returning(app.database.writer()).await.expect("stored");
        }
        let refused = service::claim(app, &mina, &key("another"), REQUEST).await;
        let problem = refused.err().map(domain::Error::into_problem);
        assert!(matches!(problem, Some(Problem::TooManyAttempts { .. })), "{problem:?}");
        assert_eq!(rows(app).await.len() as u64, service::KEYS_MAX, "nothing of it is left");
        // What is known is still answered, and others are not concerned.
        assert_eq!(claim(app, &mina, "one").await, Claim::Done(reply("{}")));
        work(&claim(app, &fixture.person("jun").await, "another").await);
    })
    .await;
}

#[tokio::test]
async fn of_many_at_once_one_does_the_work() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        let claims = futures::future::join_all((0..20).map(|_| claim(app, &mina, "one"))).await;
        let working = claims.iter().filter(|claim| matches!(claim, Claim::Work(_))).count();
        let waiting = claims.iter().filter(|claim| matches!(claim, Claim::UnderWay { .. })).count();
        assert_eq!((working, waiting), (1, 19), "{claims:?}");
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_belongs_to_one_request_of_one_token_and_one_person() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        work(&claim(app, &mina, "one").await);
        for other in [
            &[&b"POST"[..], b"/api/v1/interviews", b"{ }"],
            &[&b"POST"[..], b"/api/v1/today/interview", b"{}"],
        ] {
            let claimed = service::claim(app, &mina, &key("one"), other).await.expect("claimed");
            assert_eq!(claimed, Claim::OtherRequest);
        }
        let other_token = Key::parse("one", "dda_another-secret").expect("a key");
        let claimed = service::claim(app, &mina, &other_token, REQUEST).await.expect("claimed");
        assert_eq!(claimed, Claim::OtherRequest);
        // Somebody else's key of the same name is another key.
        work(&claim(app, &jun, "one").await);
    })
    .await;
}

#[tokio::test]
async fn work_that_never_ended_is_taken_up_under_the_same_id() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        fixture.set_clock("2026-11-21T12:00:00Z");
        let begun = work(&claim(app, &mina, "one").await);
        // The program makes the interview and dies before it keeps a reply.
        let setup = || {
            let mut setup = fixture.setup("ko");
            setup.request_id = begun;
            setup
        };
        let made = interviews::start(app, &mina, setup()).await.expect("started");
        fixture.set_clock("2026-11-21T12:00:59Z");
        assert_eq!(claim(app, &mina, "one").await, Claim::UnderWay { retry_after_seconds: 1 });
        fixture.set_clock("2026-11-21T12:01:00Z");
        let claims = futures::future::join_all((0..5).map(|_| claim(app, &mina, "one"))).await;
        let again = claims.iter().filter_map(|claim| match claim {
            Claim::Work(id) => Some(*id),
            _ => None,
        });
        assert_eq!(again.collect::<Vec<_>>(), [begun], "one takes it up: {claims:?}");
        assert_eq!(interviews::start(app, &mina, setup()).await.expect("found"), made);
        let interviews = interview::Entity::find().count(app.database.reader()).await.expect("counted");
        assert_eq!(interviews, 1);
    })
    .await;
}

#[tokio::test]
async fn work_that_was_given_up_is_taken_up_at_once() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        let begun = work(&claim(app, &mina, "one").await);
        service::give_up(app, &mina, &key("one")).await.expect("given up");
        assert_eq!(work(&claim(app, &mina, "one").await), begun);
    })
    .await;
}

#[tokio::test]
async fn a_key_is_new_after_a_day() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        fixture.set_clock("2026-11-21T12:00:00Z");
        let first = work(&claim(app, &mina, "one").await);
        service::keep(app, &mina, &key("one"), &reply("1")).await.expect("kept");
        fixture.set_clock("2026-11-22T11:59:59Z");
        service::delete_expired(app).await.expect("nothing to delete");
        assert_eq!(claim(app, &mina, "one").await, Claim::Done(reply("1")));
        fixture.set_clock("2026-11-22T12:00:00Z");
        assert_ne!(work(&claim(app, &mina, "one").await), first, "what was made before is not found by it");
        fixture.set_clock("2026-11-23T12:00:00Z");
        service::delete_expired(app).await.expect("deleted");
        assert!(rows(app).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_of_a_request_can_be_read_from_the_table() {
    each_database(|fixture| async move {
        let (app, mina) = (&fixture.app, fixture.person("mina").await);
        let request: &[&[u8]] = &[b"POST", b"/api/v1/account/password", b"hunter2-hunter2"];
        service::claim(app, &mina, &key("my-own-key"), request).await.expect("claimed");
        service::keep(app, &mina, &key("my-own-key"), &reply("the-token-of-a-link")).await.expect("kept");
        for row in rows(app).await {
            let text = format!("{row:?} {}", String::from_utf8_lossy(row.reply.as_deref().expect("a reply")));
            for secret in ["my-own-key", "hunter2", "the-token", "application/json", SECRET] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }
        accounts::service::delete(app, &mina, PASSWORD).await.expect("deleted");
        assert!(rows(app).await.is_empty(), "it goes with the account");
    })
    .await;
}
