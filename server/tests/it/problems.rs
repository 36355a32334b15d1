//! Each problem reaches the browser as what it is: one that the person can put right as data, any other with its status.

use domain::entities::interview;
use http::StatusCode;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::client::Reply;
use crate::world::World;

fn setup(request_id: Uuid, field: &str, count: u32) -> Value {
    json!({ "interview": {
        "request_id": request_id, "field": field, "topics": [], "level": "junior", "language": "ko",
        "question_count": count, "mode": "coaching",
    } })
}

fn assert_refused(reply: &Reply, status: StatusCode, problem: &str) {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.json(), json!({ "problem": { "problem": problem } }));
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn what_no_input_can_put_right_has_its_status() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        let id = json!({ "id": world.interview });
        let signed_out = world.nobody().call("/web/interview/room", &id).await;
        assert_refused(&signed_out, StatusCode::UNAUTHORIZED, "sign-in-required");
        let unknown = victim.call("/web/interview/room", &json!({ "id": Uuid::now_v7() })).await;
        assert_refused(&unknown, StatusCode::NOT_FOUND, "not-found");
        let early = victim.call("/web/interview/report", &id).await;
        assert_refused(&early, StatusCode::CONFLICT, "out-of-date");

        // What no migration and no service writes.
        interview::Entity::update_many()
            .col_expr(interview::Column::Level, Expr::value("secret-of-the-database"))
            .filter(interview::Column::Id.eq(world.interview))
            .exec(world.fixture.app.database.writer())
            .await
            .expect("changed");
        let broken = victim.call("/web/interview/room", &id).await;
        assert_refused(&broken, StatusCode::INTERNAL_SERVER_ERROR, "internal");
        let page = victim.get(&format!("/interviews/{}", world.interview)).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!page.text().contains("secret-of-the-database"));
    })
    .await;
}

#[tokio::test]
async fn what_a_person_can_put_right_is_data() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        let wrong = world.nobody().try_sign_in("victim", "wrong horse battery").await;
        assert_eq!(wrong.told(), json!({ "problem": "wrong-credentials" }));

        for (username, email, field) in
            [("VICTIM", "new@example.com", "username"), ("newcomer", "Victim@Example.com", "email")]
        {
            let account = json!({ "account": {
                "username": username, "email": email, "password": PASSWORD, "password_confirmation": PASSWORD,
            } });
            let told = world.nobody().call("/web/accounts/register", &account).await.told();
            assert_eq!(told, json!({ "problem": "taken", "field": field }));
        }

        let wrong =
            |field: &str| json!({ "problem": "invalid", "field": field, "reason": { "reason": "wrong" } });
        let change = json!({ "current": "wrong horse", "password": "x", "confirmation": "y" });
        assert_eq!(
            victim.call("/web/accounts/change-password", &change).await.told(),
            wrong("current_password")
        );
        let delete = json!({ "password": "wrong horse" });
        assert_eq!(victim.call("/web/accounts/delete", &delete).await.told(), wrong("password"));
        for (password, confirmation, field, reason) in [
            ("short", "short", "password", json!({ "reason": "too-short", "min": 8 })),
            ("password123", "password123", "password", json!({ "reason": "too-common" })),
            ("another horse", "another house", "password_confirmation", json!({ "reason": "different" })),
        ] {
            let change = json!({ "current": PASSWORD, "password": password, "confirmation": confirmation });
            let told = victim.call("/web/accounts/change-password", &change).await.told();
            assert_eq!(told, json!({ "problem": "invalid", "field": field, "reason": reason }));
        }

        let not_offered =
            victim.call("/web/interview/start", &setup(Uuid::now_v7(), "gardening", 3)).await.told();
        assert_eq!((&not_offered["problem"], &not_offered["field"]), (&json!("invalid"), &json!("field")));
        let past = json!({
            "id": world.interview, "turn_number": 0, "request_id": Uuid::now_v7(), "text": "late",
        });
        assert_eq!(
            victim.call("/web/interview/answer", &past).await.told(),
            json!({ "problem": "out-of-date" })
        );
        let resume = json!({ "id": world.interview, "turn_number": world.awaited, "action": "resume" });
        assert_eq!(
            victim.call("/web/interview/act", &resume).await.told(),
            json!({ "problem": "out-of-date" })
        );
    })
    .await;
}

#[tokio::test]
async fn a_used_up_allowance_is_told_with_its_end() {
    each_database(|fixture| async move {
        fixture.set_clock("2026-11-21T03:00:00Z");
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        // Two of five are used.
        let mut started = Vec::new();
        for _ in 0..3 {
            let reply = victim.call("/web/interview/start", &setup(Uuid::now_v7(), "cs", 3)).await;
            started.push(reply.json()["Ok"].clone());
        }
        assert!(started.iter().all(Value::is_string), "{started:?}");
        let told = victim.call("/web/interview/start", &setup(Uuid::now_v7(), "cs", 3)).await.told();
        assert_eq!(told, json!({ "problem": "quota-reached", "resets_at": "2026-11-21T15:00:00Z" }));
        let mut attacker = world.signed_in("attacker").await;
        let reply = attacker.call("/web/interview/start", &setup(Uuid::now_v7(), "cs", 3)).await;
        assert!(reply.json()["Ok"].is_string(), "the allowance of others is theirs");
    })
    .await;
}

#[tokio::test]
async fn a_start_or_an_answer_sent_twice_counts_once() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let mut victim = world.signed_in("victim").await;
        let request = setup(Uuid::now_v7(), "cs", 3);
        let first = victim.call("/web/interview/start", &request).await.json();
        assert_eq!(victim.call("/web/interview/start", &request).await.json(), first);
        // The same id in somebody else's hands is another interview.
        let mut attacker = world.signed_in("attacker").await;
        assert_ne!(attacker.call("/web/interview/start", &request).await.json(), first);
        let answer = json!({
            "id": world.interview, "turn_number": world.awaited, "request_id": Uuid::now_v7(), "text": "Once.",
        });
        for _ in 0..2 {
            assert_eq!(victim.call("/web/interview/answer", &answer).await.json(), json!({ "Ok": null }));
        }
        let room = world.fixture.quiet(&world.victim, world.interview).await;
        assert_eq!(room.turns.iter().filter(|turn| turn.text == "Once.").count(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_model_that_is_away_is_told_in_the_room() {
    let base_url = testkit::upstream::nobody_listens().await.expect("a port");
    let mut config = domain::llm::ModelConfig::new("scripted".to_owned());
    config.base_url = Some(base_url);
    let model = domain::llm::ModelInterviewer::new(config).expect("a model");
    let fixture = Fixture::sqlite(Some(std::sync::Arc::new(model))).await;
    let viewer = fixture.person("mina").await;
    let mut browser = crate::client::Browser::new(&crate::world::serve(&fixture));
    browser.sign_in("mina").await;
    let reply = browser.call("/web/interview/start", &setup(Uuid::now_v7(), "cs", 3)).await;
    let id: Uuid = serde_json::from_value(reply.json()["Ok"].clone()).expect("an id");
    fixture.quiet(&viewer, id).await;
    let room = browser.call("/web/interview/room", &json!({ "id": id })).await.json();
    assert_eq!(room["interview"]["status"], "failed");
    assert_eq!(
        room["turns"][0]["problem"],
        json!({ "problem": "model-unavailable", "reason": "unreachable" })
    );
    let allowance = browser.call("/web/quotas/allowance", &json!({})).await.json();
    assert_eq!(allowance["allowance"]["used"], 0, "it costs nothing");
}
