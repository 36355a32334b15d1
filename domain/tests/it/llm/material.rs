//! Questions about somebody's own material in the words of a model, and what it compares with the answers.

use std::sync::Arc;
use std::time::Duration;

use domain::documents::{NewDocument, service as documents};
use domain::entities::turn;
use domain::interview::{
    InterviewerKind, NewInterview, ReportView, RoomAction, TurnKind, service as interviews, upkeep,
};
use domain::material::{ContradictionKind, NewMaterials};
use domain::{ModelFailure, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::Fixture;
use testkit::upstream::{Reply, ScriptedUpstream};
use uuid::Uuid;

use super::briefs::{interviewer, upstream};

const CLAIM: &str = "주문 서비스의 조회 시간을 40% 줄였습니다.";
const CANARY: &str = "카나리아노래";

async fn with_model(upstream: &ScriptedUpstream) -> (Fixture, Viewer) {
    let fixture = Fixture::sqlite(Some(Arc::new(interviewer(upstream)))).await;
    let viewer = fixture.person("mina").await;
    (fixture, viewer)
}

/// An interview about a résumé of these words, up to its first question.
async fn begun(fixture: &Fixture, viewer: &Viewer, text: &str) -> Uuid {
    let new = NewDocument {
        kind: "resume".to_owned(),
        title: "이력서".to_owned(),
        text: text.to_owned(),
        ..NewDocument::default()
    };
    let document = documents::create(&fixture.app, viewer, Uuid::now_v7(), new).await.expect("kept");
    let materials = NewMaterials { documents: vec![document], ..NewMaterials::default() };
    let setup = NewInterview { mode: "realistic".to_owned(), materials, ..fixture.setup("ko") };
    fixture.interview(viewer, setup).await.0
}

/// Answers the questions about the material, leaves out the others, and reads the report once it is complete.
async fn sat(fixture: &Fixture, viewer: &Viewer, id: Uuid, answer: &str) -> ReportView {
    let mut room = fixture.quiet(viewer, id).await;
    while let Some(number) = room.awaited_turn() {
        let of_question = room.turns.iter().filter(|turn| turn.position == room.position);
        let is_open = of_question.clone().any(|turn| turn.cue.is_some())
            && !of_question.clone().any(|turn| turn.kind == TurnKind::Answer);
        room = match is_open {
            true => fixture.answer(viewer, id, answer).await,
            false => {
                interviews::act(&fixture.app, viewer, id, number, RoomAction::Skip).await.expect("skipped");
                fixture.quiet(viewer, id).await
            }
        };
    }
    for _ in 0..1000 {
        let report = interviews::report(&fixture.app, viewer, id).await.expect("a report");
        let compared = report.material.as_ref().is_some_and(|material| material.compared.is_some());
        if compared && !report.questions.iter().any(|question| question.feedback_pending) {
            return report;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the report did not become complete");
}

#[tokio::test]
async fn a_model_asks_in_its_own_words_and_quotes_what_stands_there() {
    let upstream = upstream().await;
    let (fixture, viewer) = with_model(&upstream).await;
    let text = format!("{CLAIM} {CANARY}가 항상 들립니다. 연락처 mina@example.com");
    let id = begun(&fixture, &viewer, &text).await;
    let room = fixture.quiet(&viewer, id).await;
    let cue = room.turns[0].cue.clone().expect("about the résumé");
    let by = cue.by.expect("settled");
    assert_eq!((by.kind, by.version.as_str()), (InterviewerKind::Model, "about/1"));
    assert!(text.contains(&cue.quote) && room.turns[0].text.contains(&cue.quote));
    assert!(room.turns[0].text.contains("번째로 여쭙겠습니다"), "{}", room.turns[0].text);

    let answer = "주문 서비스의 조회 시간은 사실 25% 줄었습니다. 제가 직접 구현했고 로그로 측정해서 이전과 비교했습니다.";
    let report = sat(&fixture, &viewer, id, answer).await;
    let compared = report.material.and_then(|material| material.compared).expect("compared");
    assert_eq!(compared.instead_of_model, None);
    for found in &compared.contradictions {
        assert!(text.contains(&found.claim) && answer.contains(&found.answer));
    }
    assert!(compared.contradictions.iter().any(|found| found.kind == ContradictionKind::Number));

    // The material never stands among the rules, and addresses travel not at all. What the interviewer said may quote an answer.
    let mut told = 0;
    for request in upstream.requests() {
        let Some(messages) = request.body["messages"].as_array() else { continue };
        for message in messages {
            let content = message["content"].as_str().unwrap_or_default();
            assert!(!content.contains("mina@example.com"), "{content}");
            let has = content.contains(CANARY) || content.contains("조회 시간");
            told += usize::from(has && message["role"] == "user");
            assert!(!has || message["role"] != "system", "{content}");
            assert!(!content.contains(CANARY) || message["role"] == "user", "{}: {content}", message["role"]);
        }
    }
    assert!(told > 0);
}

#[tokio::test]
async fn a_model_that_quotes_what_stands_nowhere_is_not_believed() {
    let upstream = upstream().await;
    upstream.always(Reply::OverPraise);
    let (fixture, viewer) = with_model(&upstream).await;
    let id = begun(&fixture, &viewer, CLAIM).await;
    let room = fixture.quiet(&viewer, id).await;
    let cue = room.turns[0].cue.clone().expect("about the résumé");
    assert_eq!(cue.quote, CLAIM);
    assert_eq!(cue.by.map(|by| by.kind), Some(InterviewerKind::Builtin));
    assert_eq!(cue.instead_of_model, Some(ModelFailure::Broken));
    let report =
        sat(&fixture, &viewer, id, "조회 시간은 25% 줄었습니다. 제가 직접 구현하고 로그로 측정했습니다.")
            .await;
    let compared = report.material.and_then(|material| material.compared).expect("compared");
    assert_eq!(compared.instead_of_model, Some(ModelFailure::Broken));
    assert_eq!(compared.contradictions.len(), 1, "what rules have found stands");
    assert_eq!(compared.contradictions[0].by.kind, InterviewerKind::Builtin);
}

#[tokio::test]
async fn a_question_is_settled_once_although_its_turn_is_spoken_twice() {
    let upstream = upstream().await;
    let (fixture, viewer) = with_model(&upstream).await;
    let id = begun(&fixture, &viewer, CLAIM).await;
    let first = fixture.quiet(&viewer, id).await.turns[0].cue.clone();
    // As if the program had been killed when the question was stored and not yet spoken.
    turn::Entity::update_many()
        .col_expr(turn::Column::Status, Expr::value("running"))
        .col_expr(turn::Column::LeasedUntil, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
        .filter(turn::Column::InterviewId.eq(id))
        .exec(fixture.app.database.writer())
        .await
        .expect("changed");
    upkeep::take_up(&fixture.app).await.expect("taken up");
    let room = fixture.quiet(&viewer, id).await;
    assert_eq!((room.turns[0].attempt, &room.turns[0].cue), (2, &first));
    let asked = upstream.requests();
    let asked = asked.iter().filter(|request| request.body.to_string().contains("<statement>")).count();
    assert_eq!(asked, 1);
}
