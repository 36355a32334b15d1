//! Interviews held once more, interviews on chosen questions, and two sittings side by side.

use domain::entities::interview_question;
use domain::interview::service::{self, act, compare, earlier, practise, retake};
use domain::interview::{
    Band, Mode, NewInterview, NewPractice, PointProgress, QUESTIONS_MAX, ReportView, Retake, RetakeQuestions,
    RoomAction, Status,
};
use domain::questions::{Language, topic_of};
use domain::quotas::{self, LimitedAction};
use domain::{InputField, Problem, Reason, Viewer};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Fixture, each_database};
use uuid::Uuid;

use crate::interviews::{model_answer, problem};

fn again(questions: RetakeQuestions) -> Retake {
    Retake { request_id: Uuid::now_v7(), questions }
}

fn practice(question_ids: &[&str]) -> NewPractice {
    NewPractice {
        request_id: Uuid::now_v7(),
        question_ids: question_ids.iter().map(|id| (*id).to_owned()).collect(),
        language: "ko".to_owned(),
        mode: "coaching".to_owned(),
    }
}

/// Leaves every question that is left.
async fn skip_all(fixture: &Fixture, viewer: &Viewer, id: Uuid) -> ReportView {
    let mut room = fixture.quiet(viewer, id).await;
    while let Some(number) = room.awaited_turn() {
        act(&fixture.app, viewer, id, number, RoomAction::Skip).await.expect("skipped");
        room = fixture.quiet(viewer, id).await;
    }
    service::report(&fixture.app, viewer, id).await.expect("a report")
}

/// Says everything that the bank wants to hear.
async fn answer_all(fixture: &Fixture, viewer: &Viewer, id: Uuid) -> ReportView {
    let mut room = fixture.quiet(viewer, id).await;
    while room.awaited_turn().is_some() {
        room = fixture.answer(viewer, id, &model_answer(fixture, &room)).await;
    }
    service::report(&fixture.app, viewer, id).await.expect("a report")
}

fn ids(report: &ReportView) -> Vec<String> {
    report.questions.iter().filter_map(|question| question.question_id.clone()).collect()
}

async fn finished(fixture: &Fixture, viewer: &Viewer) -> (Uuid, ReportView) {
    let setup = NewInterview { mode: "realistic".to_owned(), ..fixture.setup("en") };
    let (id, _) = fixture.interview(viewer, setup).await;
    (id, skip_all(fixture, viewer, id).await)
}

#[tokio::test]
async fn the_same_questions_come_again_in_the_same_order_with_the_same_setup() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, before) = finished(&fixture, &viewer).await;
        let other = retake(&fixture.app, &viewer, id, again(RetakeQuestions::Same)).await.expect("started");
        let after = skip_all(&fixture, &viewer, other).await;
        assert_eq!(ids(&after), ids(&before));
        let (then, now) = (&before.interview, &after.interview);
        assert_eq!((then.field, then.level, then.language), (now.field, now.level, now.language));
        assert_eq!((now.mode, now.question_count), (Mode::Realistic, 3));
        assert_eq!((then.retake_of, now.retake_of), (None, Some(id)));
        assert_eq!(earlier(&fixture.app, &viewer, now).await.expect("read"), Some(id));
        service::delete(&fixture.app, &viewer, id).await.expect("deleted");
        assert_eq!(earlier(&fixture.app, &viewer, now).await.expect("read"), None);
    })
    .await;
}

#[tokio::test]
async fn new_questions_are_others_one_question_is_one_and_a_topic_is_one_topic() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let app = &fixture.app;
        let (id, before) = finished(&fixture, &viewer).await;
        let started = async |questions| {
            let id = retake(app, &viewer, id, again(questions)).await.expect("started");
            skip_all(&fixture, &viewer, id).await
        };
        let new = started(RetakeQuestions::New).await;
        assert_eq!(new.questions.len(), 3);
        assert!(ids(&new).iter().all(|id| !ids(&before).contains(id)));

        let one = started(RetakeQuestions::Question(1)).await;
        assert_eq!(ids(&one), ids(&before)[1..2]);

        let topic = topic_of(&ids(&before)[0]).to_owned();
        let on_topic = started(RetakeQuestions::Topic(topic.clone())).await;
        assert!(on_topic.questions.len() > 1);
        assert!(ids(&on_topic).iter().all(|id| topic_of(id) == topic));
        assert_eq!(on_topic.interview.topics, [topic]);
        assert_eq!(on_topic.interview.retake_of, Some(id));
    })
    .await;
}

#[tokio::test]
async fn a_question_that_has_left_the_bank_is_asked_as_it_was() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, before) = finished(&fixture, &viewer).await;
        interview_question::Entity::update_many()
            .col_expr(interview_question::Column::QuestionId, Expr::value("database/left-the-bank"))
            .filter(interview_question::Column::InterviewId.eq(id))
            .filter(interview_question::Column::Position.eq(0))
            .exec(fixture.app.database.writer())
            .await
            .expect("changed");
        let other = retake(&fixture.app, &viewer, id, again(RetakeQuestions::Same)).await.expect("started");
        let after = skip_all(&fixture, &viewer, other).await;
        assert_eq!(after.questions[0].question_id.as_deref(), Some("database/left-the-bank"));
        assert_eq!(after.questions[0].question, before.questions[0].question);
    })
    .await;
}

#[tokio::test]
async fn a_button_pressed_many_times_starts_one_interview_and_costs_one_unit() {
    each_database(|fixture| async move {
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let (id, _) = finished(&fixture, &viewer).await;
        let press = again(RetakeQuestions::Same);
        let presses = (0..10).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            retake(app, &viewer, id, press.clone())
        });
        let started = futures::future::join_all(presses).await;
        let started: Vec<Uuid> = started.into_iter().map(|result| result.expect("started")).collect();
        assert!(started.iter().all(|other| *other == started[0]));
        assert_eq!(quotas::service::ledger(&fixture.app, &viewer).await.expect("read").len(), 2);

        quotas::service::set_limit(&fixture.app, viewer.id, LimitedAction::Interview, 2).await.expect("set");
        let refused = retake(&fixture.app, &viewer, id, again(RetakeQuestions::New)).await;
        assert!(matches!(problem(refused), Some(Problem::QuotaReached { .. })));
        let refused = practise(&fixture.app, &viewer, practice(&["database/mvcc"])).await;
        assert!(matches!(problem(refused), Some(Problem::QuotaReached { .. })));
        assert_eq!(quotas::service::ledger(&fixture.app, &viewer).await.expect("read").len(), 2);
    })
    .await;
}

#[tokio::test]
async fn only_ones_own_finished_interviews_can_be_held_again_or_compared() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let attacker = fixture.person("attacker").await;
        let (id, _) = finished(&fixture, &viewer).await;
        let (own, _) = finished(&fixture, &attacker).await;
        let not_found = Some(Problem::NotFound);
        for questions in [RetakeQuestions::Same, RetakeQuestions::New, RetakeQuestions::Question(0)] {
            assert_eq!(problem(retake(app, &attacker, id, again(questions)).await), not_found);
        }
        assert_eq!(problem(compare(app, &attacker, id, own).await), not_found);
        assert_eq!(problem(compare(app, &attacker, own, id).await), not_found);
        assert_eq!(quotas::service::ledger(app, &attacker).await.expect("read").len(), 1);

        let (running, _) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let early = Some(Problem::OutOfDate);
        assert_eq!(problem(retake(app, &viewer, running, again(RetakeQuestions::Same)).await), early);
        assert_eq!(problem(compare(app, &viewer, id, running).await), early);
        let refused = async |questions| problem(retake(app, &viewer, id, again(questions)).await);
        assert_eq!(refused(RetakeQuestions::Question(3)).await, not_found);
        let elsewhere = RetakeQuestions::Topic("react".to_owned());
        assert_eq!(refused(elsewhere).await, Some(Problem::NoQuestions));
    })
    .await;
}

#[tokio::test]
async fn an_interview_on_chosen_questions_asks_exactly_those() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let chosen = ["database/mvcc", "os/deadlock", "database/mvcc"];
        let id = practise(app, &viewer, practice(&chosen)).await.expect("started");
        let report = skip_all(&fixture, &viewer, id).await;
        assert_eq!(ids(&report), chosen[..2]);
        assert_eq!(report.interview.topics, ["database", "os"]);
        assert_eq!((report.interview.question_count, report.interview.retake_of), (2, None));

        let refused = async |new: NewPractice| problem(practise(app, &viewer, new).await);
        let invalid = |field| Some(Problem::Invalid { field, reason: Reason::NotOffered });
        assert_eq!(refused(practice(&["database/unknown"])).await, Some(Problem::NoQuestions));
        assert_eq!(refused(practice(&[])).await, invalid(InputField::QuestionCount));
        let bank = app.bank.questions(Language::Korean, None, None, None);
        let many: Vec<&str> =
            bank.map(|question| question.id.as_str()).take(QUESTIONS_MAX as usize + 1).collect();
        assert_eq!(refused(practice(&many)).await, invalid(InputField::QuestionCount));
        let french = NewPractice { language: "fr".to_owned(), ..practice(&chosen) };
        assert_eq!(refused(french).await, invalid(InputField::Language));
        assert_eq!(quotas::service::ledger(app, &viewer).await.expect("read").len(), 1);
        practise(app, &viewer, practice(&many[1..])).await.expect("as many as there may be");
    })
    .await;
}

#[tokio::test]
async fn two_sittings_are_compared_point_by_point_and_topic_by_topic() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T01:00:00Z");
        let (id, before) = finished(&fixture, &viewer).await;
        assert_eq!(before.weakest_topic(), before.competencies[0].topic.as_ref());
        fixture.set_clock("2026-11-22T01:00:00Z");
        let other = retake(app, &viewer, id, again(RetakeQuestions::Same)).await.expect("started");
        let after = answer_all(&fixture, &viewer, other).await;
        assert_eq!(after.weakest_topic(), None, "every topic was explained in full");

        let compared = compare(app, &viewer, id, other).await.expect("compared");
        assert_eq!(compare(app, &viewer, other, id).await.expect("compared"), compared);
        assert_eq!((compared.before.interview.id, compared.after.interview.id), (id, other));
        assert_eq!(compared.after.interview.band, Some(Band::Full));
        assert_eq!(compared.questions.len(), 3);
        for change in &compared.questions {
            assert_eq!((change.before.band, change.after.band), (None, Some(Band::Full)));
            assert!(change.before.answers.is_empty() && !change.after.answers.is_empty());
            assert!(!change.points.is_empty());
            assert!(change.points.iter().all(|point| point.progress() == PointProgress::Gained));
        }
        let behind: u32 = compared.topics.iter().map(|topic| topic.after.questions).sum();
        assert_eq!(behind, 3);
        assert!(compared.topics.iter().all(|topic| topic.before.questions == topic.after.questions));

        // The other way round, on one of the questions: what was said then is lost now.
        let third = retake(app, &viewer, other, again(RetakeQuestions::Question(2))).await.expect("started");
        skip_all(&fixture, &viewer, third).await;
        let compared = compare(app, &viewer, other, third).await.expect("compared");
        assert_eq!(compared.questions.len(), 1);
        assert!(compared.questions[0].points.iter().all(|point| point.progress() == PointProgress::Lost));
        assert_eq!((compared.topics.len(), compared.topics[0].after.questions), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn sittings_without_a_question_in_common_are_compared_by_topic_alone() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let (id, before) = finished(&fixture, &viewer).await;
        let topic = topic_of(&ids(&before)[0]).to_owned();
        let other = retake(app, &viewer, id, again(RetakeQuestions::New)).await.expect("started");
        let new = skip_all(&fixture, &viewer, other).await;
        assert_eq!(new.interview.status, Status::Finished);
        assert!(compare(app, &viewer, id, other).await.expect("compared").questions.is_empty());

        let known = app.bank.questions(Language::Korean, None, Some(&topic), None);
        let unasked = known.map(|question| question.id.as_str()).find(|id| {
            let asked = |report: &ReportView| ids(report).iter().any(|asked| asked == id);
            !asked(&before)
        });
        let third =
            practise(app, &viewer, practice(&[unasked.expect("another one")])).await.expect("started");
        skip_all(&fixture, &viewer, third).await;
        let compared = compare(app, &viewer, id, third).await.expect("compared");
        assert_eq!((compared.questions.len(), compared.topics.len()), (0, 1));
        assert_eq!(compared.topics[0].after.topic.as_ref().map(|found| found.id.as_str()), Some(&*topic));
    })
    .await;
}
