//! What belongs to the victim is nobody else's, by whatever door.

use domain::Role;
use domain::entities::{action_limit, interview, user};
use domain::quotas::LimitedAction;
use http::StatusCode;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::calls::{CALLS, Call, For, PAGES, ROUTES};
use crate::client::{Browser, Reply};
use crate::stored::{assert_same, everything};
use crate::world::{SECRET, World};

/// The arguments of a call with the ids of what is the victim's.
fn replays(world: &World, call: &Call) -> [Value; 2] {
    world.named_by(call.path).map(|id| (call.arguments)(id, world.awaited))
}

fn assert_no_secret(reply: &Reply, what: &str) {
    let text = String::from_utf8_lossy(&reply.body);
    assert!(!text.contains(SECRET), "{what} shows what the victim wrote");
}

#[tokio::test]
async fn nobody_calls_what_is_for_members() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let before = everything(&world.fixture.app).await;
        for call in
            CALLS.iter().filter(|call| !matches!(call.who, For::Anybody | For::Holders | For::Arrivals))
        {
            for arguments in replays(&world, call) {
                let reply = call.send(&mut world.nobody(), &arguments).await;
                assert_eq!(reply.status, StatusCode::UNAUTHORIZED, "{call:?}");
                assert_eq!(reply.json(), json!({ "problem": { "problem": "sign-in-required" } }), "{call:?}");
            }
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a call of nobody");
    })
    .await;
}

#[tokio::test]
async fn an_attacker_does_nothing_with_the_ids_of_a_victim() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut attacker = world.signed_in("attacker").await;
        let before = everything(&world.fixture.app).await;
        for call in CALLS.iter().filter(|call| call.who == For::Owner) {
            for arguments in replays(&world, call) {
                let reply = call.send(&mut attacker, &arguments).await;
                assert_eq!(reply.status, StatusCode::NOT_FOUND, "{call:?} {reply:?}");
                assert_eq!(reply.json(), json!({ "problem": { "problem": "not-found" } }), "{call:?}");
            }
        }
        for action in ["skip", "ask-intent", "pause", "resume", "finish", "stop", "retry", "retry-builtin"] {
            let arguments = json!({ "id": world.interview, "turn_number": world.awaited, "action": action });
            let reply = attacker.call("/web/interview/act", &arguments).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{action}");
        }
        assert_same(&before, &everything(&world.fixture.app).await, "a call of the attacker");
    })
    .await;
}

#[tokio::test]
async fn a_member_does_nothing_that_is_for_administrators() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut attacker = world.signed_in("attacker").await;
        let before = everything(&world.fixture.app).await;
        for call in CALLS.iter().filter(|call| call.who == For::Admins) {
            let reply = call.send(&mut attacker, &(call.arguments)(world.interview, world.awaited)).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{call:?}");
            assert_eq!(reply.json(), json!({ "problem": { "problem": "forbidden" } }), "{call:?}");
        }
        assert!(!attacker.get("/profile").await.text().contains("/admin/"), "no menu leads there");
        assert_same(&before, &everything(&world.fixture.app).await, "a call of a member");

        // The role counts from the next request on, in sessions that are there already.
        world.make_admin(world.attacker.id).await;
        let page = attacker.get("/admin/score-check").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("href=\"/admin/users\""), "the menu leads there");
        assert!(page.text().contains("href=\"/admin/score-check\""), "the menu leads there");
    })
    .await;
}

#[tokio::test]
async fn a_history_that_begins_at_a_victims_interview_lists_none_of_it() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut attacker = world.signed_in("attacker").await;
        for id in [world.interview, world.finished, Uuid::max()] {
            let reply = attacker.call("/web/interview/history", &json!({ "filter": { "after": id } })).await;
            assert_eq!(reply.json(), json!({ "rows": [], "next": null }));
        }
    })
    .await;
}

#[tokio::test]
async fn pages_of_a_victim_are_not_there_for_others() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut attacker = world.signed_in("attacker").await;
    // A share link is there for others: `share.rs`.
    for (page, who) in PAGES.iter().filter(|(_, who)| !matches!(who, For::Holders | For::Arrivals)) {
        for id in [world.interview, world.finished] {
            let path = world.address(page, id);
            let seen = attacker.get(&path).await;
            let expected = match who {
                For::Owner => StatusCode::NOT_FOUND,
                For::Admins => StatusCode::FORBIDDEN,
                For::Anybody | For::Holders | For::Arrivals | For::Members => StatusCode::OK,
            };
            assert_eq!(seen.status, expected, "{path}");
            assert_no_secret(&seen, &path);
            assert!(!seen.text().contains("victim"), "{path} names the victim");

            let guest = world.nobody().get(&path).await;
            match who {
                For::Anybody | For::Holders | For::Arrivals => {
                    assert_eq!(guest.status, StatusCode::OK, "{path}")
                }
                For::Members | For::Owner | For::Admins => {
                    assert_eq!(guest.status, StatusCode::FOUND, "{path}");
                    let next = guest.location().and_then(|location| location.strip_prefix("/login?"));
                    let next = url::form_urlencoded::parse(next.expect("the sign-in page").as_bytes());
                    assert_eq!(next.into_owned().collect::<Vec<_>>(), [("next".to_owned(), path.clone())]);
                }
            }
            assert_no_secret(&guest, &path);
        }
    }
}

#[tokio::test]
async fn plain_routes_of_a_victim_are_closed_to_others() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let mut attacker = world.signed_in("attacker").await;
    for (route, ..) in ROUTES.iter().filter(|(.., who)| *who == For::Owner) {
        for id in [world.interview, world.finished] {
            let path = route.replace("{id}", &id.to_string());
            let as_attacker = attacker.get(&path).await;
            assert_eq!(as_attacker.status, StatusCode::NOT_FOUND, "{path}");
            let as_nobody = world.nobody().get(&path).await;
            assert_eq!(as_nobody.status, StatusCode::UNAUTHORIZED, "{path}");
            for reply in [as_attacker, as_nobody] {
                assert_no_secret(&reply, &path);
            }
        }
    }
}

/// Adds to every object of the arguments what no form has.
fn with_extras(arguments: &mut Value, victim: Uuid) {
    let Value::Object(fields) = arguments else { return };
    fields.values_mut().for_each(|value| with_extras(value, victim));
    let extras = json!({
        "role": "admin", "user_id": victim, "viewer": { "id": victim, "role": "admin" }, "owner": victim,
        "limit": 1000, "daily_limit": 1000, "units": -5, "credentials_rev": 0, "password_hash": "x",
        "status": "finished", "band": "full", "started_at": "2001-01-01T00:00:00Z", "interviewer": "model",
    });
    if let Value::Object(extras) = extras {
        fields.extend(extras);
    }
}

/// Starts an interview of the attacker and waits for its first question.
async fn interview_of(world: &World, browser: &mut Browser) -> Uuid {
    let arguments = json!({ "interview": {
        "request_id": Uuid::now_v7(), "field": "cs", "topics": [], "level": "junior", "language": "ko",
        "question_count": 3, "mode": "coaching",
    } });
    let reply = browser.call("/web/interview/start", &arguments).await;
    let id = serde_json::from_value(reply.json()["Ok"].clone()).expect("the id of an interview");
    world.fixture.quiet(&world.attacker, id).await;
    id
}

#[tokio::test]
async fn fields_that_no_form_has_are_ignored() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let app = &world.fixture.app;
        let of_victim = |rows: Vec<String>| -> Vec<String> {
            let id = world.victim.id.to_string();
            rows.into_iter().filter(|row| row.contains(&id) && !row.contains("Session")).collect()
        };
        let before = of_victim(everything(app).await);
        domain::quotas::service::set_limit(app, world.attacker.id, LimitedAction::Interview, 100)
            .await
            .expect("set");
        let mut signed_in = world.signed_in("attacker").await;
        for call in CALLS {
            // The account is needed for the calls that follow.
            if matches!(call.path, "/web/accounts/delete" | "/web/accounts/change-password") {
                continue;
            }
            let mut attacker = match call.path {
                "/web/accounts/register" => world.nobody(),
                _ => signed_in.clone(),
            };
            let own = match call.who {
                For::Owner => interview_of(&world, &mut attacker).await,
                _ => world.interview,
            };
            let mut arguments = (call.arguments)(own, world.awaited);
            with_extras(&mut arguments, world.victim.id);
            let reply = call.send(&mut attacker, &arguments).await;
            assert!(!reply.status.is_server_error(), "{call:?} {reply:?}");
            // Such a call may have ended the session, which the others share.
            if call.path.starts_with("/web/accounts/") || call.path.starts_with("/web/identities/") {
                signed_in = world.signed_in("attacker").await;
            }
        }
        assert_same(&before, &of_victim(everything(app).await), "a field that no form has");
        let users = user::Entity::find().all(app.database.reader()).await.expect("users");
        assert_eq!(users.len(), 3, "the newcomer registered");
        assert!(users.iter().all(|user| user.role == Role::Member.as_str()));
        let limits = action_limit::Entity::find().all(app.database.reader()).await.expect("limits");
        let limits: Vec<_> = limits.iter().map(|limit| (limit.user_id, limit.daily_limit)).collect();
        assert_eq!(limits, [(world.attacker.id, 100)]);
        let interviews = interview::Entity::find().all(app.database.reader()).await.expect("interviews");
        for interview in interviews.iter().filter(|interview| interview.user_id == world.attacker.id) {
            assert_eq!((interview.status.as_str(), &interview.band), ("running", &None));
            assert!(interview.interviewer.to_string().contains("builtin"));
        }
    })
    .await;
}
