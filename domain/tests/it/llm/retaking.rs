//! Questions that a model made, asked again.

use std::sync::Arc;

use domain::interview::service::{act, compare, report, retake};
use domain::interview::{NewInterview, Retake, RetakeQuestions, RoomAction};
use domain::questions::Field;
use testkit::Fixture;
use uuid::Uuid;

use super::briefs::{interviewer, upstream};

#[tokio::test]
async fn made_questions_are_asked_again_as_they_were() {
    let upstream = upstream().await;
    let fixture = Fixture::sqlite(Some(Arc::new(interviewer(&upstream)))).await;
    let viewer = fixture.person("mina").await;
    let app = &fixture.app;
    let sit = async |id: Uuid| {
        let mut room = fixture.quiet(&viewer, id).await;
        while let Some(number) = room.awaited_turn() {
            act(app, &viewer, id, number, RoomAction::Skip).await.expect("skipped");
            room = fixture.quiet(&viewer, id).await;
        }
        report(app, &viewer, id).await.expect("a report")
    };
    // The bank has less on the topic than is asked for.
    let setup = NewInterview {
        field: Field::Mobile.to_string(),
        topics: vec!["ios".to_owned()],
        question_count: 8,
        ..fixture.setup("ko")
    };
    let (id, _) = fixture.interview(&viewer, setup).await;
    let before = sit(id).await;
    assert_eq!(before.questions.len(), 8);
    assert!(before.questions[5..].iter().all(|question| question.question_id.is_none()));

    let same = Retake { request_id: Uuid::now_v7(), questions: RetakeQuestions::Same };
    let again = retake(app, &viewer, id, same).await.expect("started");
    let after = sit(again).await;
    let texts = |report: &domain::interview::ReportView| -> Vec<(Option<String>, String)> {
        report.questions.iter().map(|asked| (asked.question_id.clone(), asked.question.clone())).collect()
    };
    assert_eq!(texts(&after), texts(&before));
    let compared = compare(app, &viewer, id, again).await.expect("compared");
    assert_eq!((compared.questions.len(), compared.topics.len()), (8, 1));

    let one = Retake { request_id: Uuid::now_v7(), questions: RetakeQuestions::Question(6) };
    let one = sit(retake(app, &viewer, id, one).await.expect("started")).await;
    assert_eq!(texts(&one), texts(&before)[6..7]);
}
