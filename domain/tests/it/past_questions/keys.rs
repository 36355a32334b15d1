//! What answers to past questions are judged by: nothing, what a moderator wrote, or what a model did.

use std::sync::Arc;

use async_trait::async_trait;
use domain::interview::{
    AssessmentBrief, Band, BuiltinInterviewer, Feedback, Interviewer, InterviewerLabel, QuestionBrief,
    SpeechBrief, Spoken, Words, service as interviews,
};
use domain::notebook::{NotebookFilter, service as notebook};
use domain::past_questions::{
    AnswerKey, Approval, KeyFault, KeyFinding, KeyOutcome, KeyPoint, PastStatus, past_key, service,
};
use domain::questions::{FollowUp, Point, Question};
use domain::{ModelFailure, Problem};
use testkit::{Fixture, each_database};

use super::{ASKED, added, admin, approved, practised, problem};

const ANSWER: &str = "요청마다 멱등 키를 받아 저장하고, 같은 키가 다시 오면 처음 결과를 그대로 돌려줍니다. 처리 중이면 기다리게 합니다.";

/// An answer key as a moderator writes it.
fn key() -> AnswerKey {
    let point = |say: &str, must: bool, accept: &str| KeyPoint {
        id: String::new(),
        say: say.to_owned(),
        weight: 2,
        must,
        accept: accept.to_owned(),
    };
    AnswerKey {
        model_answer: "멱등 키를 저장하고 처음 결과를 돌려줍니다.".to_owned(),
        points: vec![
            point("멱등 키로 같은 요청을 알아봅니다.", true, "멱등|idempotency, 키|key"),
            point("처음 결과를 그대로 돌려줍니다.", false, "처음|저장된, 결과|응답"),
            point("처리 중인 요청을 기다리게 합니다.", false, "처리 중|진행 중, 기다리다|잠그다"),
        ],
        ..AnswerKey::default()
    }
}

#[tokio::test]
async fn without_a_key_it_is_asked_and_not_judged() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
        let id = added(app, &mina, ASKED).await;
        approved(app, &moderator, id).await;
        let interview = practised(app, &mina, id).await.expect("begun");
        let room = fixture.answer(&mina, interview, ANSWER).await;
        assert!(room.awaited_turn().is_none(), "nothing is left to probe for");
        let report = interviews::report(app, &mina, interview).await.expect("a report");
        let asked = &report.questions[0];
        assert_eq!(
            (asked.question.as_str(), asked.question_id.as_deref()),
            (ASKED, Some(past_key(id).as_str()))
        );
        let feedback = asked.feedback.as_ref().expect("feedback");
        assert_eq!(feedback.band, Band::Unjudged);
        assert!(
            feedback.points.is_empty()
                && !feedback.off_topic
                && !feedback.too_short
                && feedback.rating.is_none()
        );
        assert_eq!(report.interview.band, Some(Band::Unjudged));
        let noted = notebook::list(app, &mina, NotebookFilter::All, None, 0).await.expect("read").entries;
        assert_eq!((noted.len(), noted[0].missed, noted[0].topic.as_ref()), (1, false, None));
        let page = service::read(app, &mina, id).await.expect("read");
        assert_eq!(page.answers[0].answers, [ANSWER]);
    })
    .await;
}

#[tokio::test]
async fn with_a_key_of_a_moderator_answers_are_judged_by_it() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
        let id = added(app, &mina, ASKED).await;
        let mut wrong = key();
        wrong.points[1].accept.clear();
        let told = service::save_key(app, &moderator, id, &wrong).await.expect("told");
        let finding = KeyFinding { fault: KeyFault::Accept, number: Some(2) };
        assert_eq!(told, KeyOutcome::Wrong(vec![finding]));
        let saved = service::save_key(app, &moderator, id, &key()).await.expect("saved");
        assert_eq!(saved, KeyOutcome::Saved);
        assert_eq!(approved(app, &moderator, id).await, Approval::WithKey);
        assert!(service::read(app, &mina, id).await.expect("read").past.judged);

        let interview = practised(app, &mina, id).await.expect("begun");
        let room = fixture.answer(&mina, interview, ANSWER).await;
        assert!(room.awaited_turn().is_none(), "nothing is left to probe for");
        let report = interviews::report(app, &mina, interview).await.expect("a report");
        let feedback = report.questions[0].feedback.as_ref().expect("feedback");
        assert_eq!(feedback.points.len(), 3);
        assert_ne!(feedback.band, Band::Unjudged);

        let cleared =
            service::save_key(app, &moderator, id, &AnswerKey::default()).await.expect("taken away");
        assert_eq!(cleared, KeyOutcome::Saved);
        assert!(!service::read(app, &mina, id).await.expect("read").past.judged);
    })
    .await;
}

/// An interviewer that writes keys, or fails to.
struct KeyWriter(Option<ModelFailure>);

#[async_trait]
impl Interviewer for KeyWriter {
    fn label(&self) -> InterviewerLabel {
        BuiltinInterviewer::new(false).label()
    }

    fn makes_questions(&self) -> bool {
        true
    }

    async fn speak(&self, brief: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure> {
        BuiltinInterviewer::new(false).speak(brief, words).await
    }

    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        Ok(brief.builtin.clone())
    }

    async fn make_question(&self, _: &QuestionBrief) -> Result<Question, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    async fn complete_question(&self, brief: &QuestionBrief, asked: &str) -> Result<Question, ModelFailure> {
        if let Some(failure) = self.0 {
            return Err(failure);
        }
        let point = |number: u32| Point {
            id: format!("p-{number}"),
            weight: 1,
            must: number == 1,
            say: format!("요점 {number}"),
            accept: vec![vec!["멱등".to_owned()]],
            trap: vec![],
        };
        Ok(Question {
            id: "made/x".to_owned(),
            rev: 1,
            language: brief.language,
            level: brief.level,
            kind: domain::questions::Kind::Tradeoff,
            minutes: 4,
            tags: vec![],
            sources: vec![],
            points: (1..=3).map(point).collect(),
            follow_ups: Vec::<FollowUp>::new(),
            samples: vec![],
            question: asked.to_owned(),
            intent: "의도".to_owned(),
            model_answer: "모범 답안".to_owned(),
            misconception: "오해".to_owned(),
        })
    }
}

#[tokio::test]
async fn a_model_writes_the_key_when_one_is_approved_and_a_moderator_may_change_it() {
    let fixture = Fixture::sqlite(Some(Arc::new(KeyWriter(None)))).await;
    let app = &fixture.app;
    let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
    let id = added(app, &mina, ASKED).await;
    assert_eq!(approved(app, &moderator, id).await, Approval::WithKey);
    let page = service::read(app, &mina, id).await.expect("read");
    assert!(page.past.judged && page.by_model && page.past.question == ASKED);
    let seen = service::moderation(app, &moderator, PastStatus::Approved, 0).await.expect("read");
    let mut written = seen.questions[0].key.clone().expect("a key");
    written.model_answer = "고친 답안".to_owned();
    service::save_key(app, &moderator, id, &written).await.expect("saved");
    let page = service::read(app, &mina, id).await.expect("read");
    assert!(!page.by_model && page.model_answer_html.contains("고친 답안"));
    let again = service::make_key(app, &moderator, id).await;
    assert_eq!(problem(again), Some(Problem::OutOfDate), "what a moderator wrote stays");
}

#[tokio::test]
async fn a_model_that_fails_leaves_it_approved_without_a_key() {
    let fixture = Fixture::sqlite(Some(Arc::new(KeyWriter(Some(ModelFailure::TimedOut))))).await;
    let app = &fixture.app;
    let (mina, moderator) = (fixture.person("mina").await, admin(&fixture).await);
    let id = added(app, &mina, ASKED).await;
    assert_eq!(approved(app, &moderator, id).await, Approval::ModelFailed(ModelFailure::TimedOut));
    assert!(!service::read(app, &mina, id).await.expect("read").past.judged);
    let failed = Problem::ModelUnavailable { reason: ModelFailure::TimedOut };
    assert_eq!(problem(service::make_key(app, &moderator, id).await), Some(failed));
}
