//! Interviews about somebody's own material, through both doors: another person's letter is not there for anybody else, and what is
//! written in one runs nowhere.

use domain::documents::{NewDocument, service as documents};
use domain::interview::service as interviews;
use domain::material::NewMaterials;
use domain::tokens::Scope;
use http::{Method, StatusCode};
use serde_json::json;
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::hostile::{CANARY, PAYLOADS};
use crate::markup::Page;
use crate::program::Program;
use crate::stored::{assert_same, everything};
use crate::world::World;

fn resume(text: &str) -> NewDocument {
    NewDocument {
        kind: "resume".to_owned(),
        title: "이력서".to_owned(),
        text: text.to_owned(),
        ..NewDocument::default()
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_not_found_by_either_door() {
    each_database(|fixture| async move {
        let world = World::new(fixture).await;
        let app = &world.fixture.app;
        let new = resume("조회 시간을 40% 줄였습니다.");
        let victims = documents::create(app, &world.victim, Uuid::now_v7(), new).await.expect("kept");
        let mut browser = world.signed_in("attacker").await;
        let program = Program::new(&world.router, app, &world.attacker, Scope::Account).await;
        let before = everything(app).await;
        let materials = json!({ "letters": [], "documents": [victims] });
        let setup = json!({
            "request_id": Uuid::now_v7(), "field": "cs", "topics": [], "level": "junior", "language": "ko",
            "question_count": 3, "mode": "coaching", "materials": materials,
        });
        let looked = json!({ "materials": materials, "language": "ko" });
        for (path, arguments) in [
            ("/web/material/preview", looked.clone()),
            ("/web/interview/start", json!({ "interview": setup.clone() })),
        ] {
            let reply = browser.call(path, &arguments).await;
            assert!(
                reply.text().contains("not-found") && !reply.text().contains("40%"),
                "{path}: {}",
                reply.text()
            );
        }
        let mut for_programs = setup.clone();
        if let Some(fields) = for_programs.as_object_mut() {
            fields.remove("request_id");
        }
        for (path, body) in [("/api/v1/materials/preview", &looked), ("/api/v1/interviews", &for_programs)] {
            let reply = program.call(Method::POST, path, body).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        }
        // A token tells when it was used last.
        let rows = |rows: Vec<String>| -> Vec<String> {
            rows.into_iter().filter(|row| !row.contains("last_used_at")).collect()
        };
        assert_same(&rows(before), &rows(everything(app).await), "another person's document");
    })
    .await;
}

#[tokio::test]
async fn what_is_written_in_a_resume_runs_nowhere() {
    let world = World::new(Fixture::sqlite(None).await).await;
    let app = &world.fixture.app;
    let text: String =
        PAYLOADS.iter().map(|payload| format!("항상 최고의 결과를 만들었습니다 {payload}\n")).collect();
    let document =
        documents::create(app, &world.attacker, Uuid::now_v7(), resume(&text)).await.expect("kept");
    let materials = NewMaterials { documents: vec![document], ..NewMaterials::default() };
    let setup = domain::interview::NewInterview { materials, ..world.fixture.setup("ko") };
    let id = interviews::start(app, &world.attacker, setup).await.expect("started");
    let room = world.fixture.quiet(&world.attacker, id).await;
    assert!(room.turns[0].cue.is_some());
    let mut browser = world.signed_in("attacker").await;
    let reply = browser.get(&format!("/interviews/{id}")).await;
    assert_eq!(reply.status, StatusCode::OK);
    Page::of(&reply).assert_only_text(CANARY, "the room");
}
