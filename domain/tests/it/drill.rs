//! The drill: cards that an interview makes, reviewed once each, and nobody else's.

use domain::drill::{CardState, CardView, Rating, service};
use domain::entities::drill_card;
use domain::interview::{RoomAction, service as interviews};
use domain::scoring::Verdict;
use domain::{Error, InputField, Problem, Reason, Viewer};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::sittings::{OFF_TOPIC, ask, model_answer, question_asked};

fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

async fn cards(fixture: &Fixture, viewer: &Viewer) -> Vec<drill_card::Model> {
    drill_card::Entity::find()
        .filter(drill_card::Column::UserId.eq(viewer.id))
        .all(fixture.app.database.reader())
        .await
        .expect("the cards")
}

/// Answers the first question so that nothing is found, ends the interview, and says which question it was.
async fn miss_a_question(fixture: &Fixture, viewer: &Viewer) -> String {
    let (id, room) = fixture.interview(viewer, fixture.setup("ko")).await;
    let question = question_asked(fixture, &room);
    fixture.answer(viewer, id, OFF_TOPIC).await;
    interviews::act(&fixture.app, viewer, id, 0, RoomAction::Finish).await.expect("finished");
    fixture.quiet(viewer, id).await;
    question.id.clone()
}

async fn next(fixture: &Fixture, viewer: &Viewer) -> CardView {
    service::due(&fixture.app, viewer).await.expect("read").card.expect("a card is due")
}

#[tokio::test]
async fn an_interview_makes_cards_of_what_was_missed() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        assert_eq!(service::due(&fixture.app, &viewer).await.expect("read").counts.all(), 0);
        let (id, mut room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        // Everything of the first question, nothing of the second, too little to judge of the third.
        while room.awaited_turn().is_some() {
            let text = match room.position {
                0 => model_answer(&fixture, &room),
                1 => OFF_TOPIC.to_owned(),
                _ => "모르겠습니다.".to_owned(),
            };
            room = fixture.answer(&viewer, id, &text).await;
        }
        let report = interviews::report(&fixture.app, &viewer, id).await.expect("a report");
        let missed = report.questions[1].feedback.as_ref().expect("feedback");
        let key = report.questions[1].question_id.clone().expect("of the bank");
        // Of an answer to something else only the essential points are asked for.
        let counted = missed.points.iter().filter(|point| point.must || !missed.off_topic);
        let mut expected: Vec<_> = counted.map(|point| (key.clone(), point.id.clone())).collect();
        let mut found: Vec<_> = cards(&fixture, &viewer)
            .await
            .into_iter()
            .map(|card| {
                assert_eq!((card.missed, card.made, card.reps), (1, 0, 0));
                assert_eq!(card.state, CardState::New.as_str());
                assert!(card.made_question.is_none(), "the bank knows it");
                (card.question_key, card.point_id)
            })
            .collect();
        found.sort();
        expected.sort();
        assert!(!expected.is_empty());
        assert_eq!(found, expected);

        let drill = service::due(&fixture.app, &viewer).await.expect("read");
        assert_eq!(drill.due as usize, expected.len().min(20));
        let card = drill.card.expect("due at once");
        assert_eq!(card.question, report.questions[1].question);
        assert!(card.must);

        // The interview goes; what is to be learnt stays.
        interviews::delete(&fixture.app, &viewer, id).await.expect("deleted");
        assert_eq!(cards(&fixture, &viewer).await.len(), expected.len());
        domain::accounts::service::delete(&fixture.app, &viewer, PASSWORD).await.expect("deleted");
        assert!(cards(&fixture, &viewer).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_scorer_looks_for_the_one_point() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        miss_a_question(&fixture, &viewer).await;
        let card = next(&fixture, &viewer).await;
        let check = |text: String| {
            let (app, viewer, id) = (&fixture.app, &viewer, card.id);
            async move { service::check(app, viewer, id, &text).await }
        };
        let blank = check(" \n".to_owned()).await.expect("shown");
        assert_eq!((blank.found, blank.suggested), (None, None));
        assert!(!blank.say.is_empty() && !blank.model_answer_html.is_empty());
        let minutes: Vec<u32> = blank.choices.iter().map(|choice| choice.seconds / 60).collect();
        assert_eq!(minutes[..3], [1, 5, 10]);

        let nothing = check("전혀 생각나지 않습니다.".to_owned()).await.expect("checked");
        assert_eq!(nothing.found.expect("looked for").verdict, Verdict::NotFound);
        assert_eq!(nothing.suggested, Some(Rating::Again));

        let known = drill_card::Entity::find_by_id(card.id)
            .one(fixture.app.database.reader())
            .await
            .expect("read")
            .expect("a card");
        let question = fixture.app.bank.get(&known.question_key, card.language).expect("of the bank");
        let text = domain::markup::plain(&question.model_answer);
        let all = check(text.clone()).await.expect("checked");
        let found = all.found.expect("looked for");
        assert_eq!((found.verdict, all.suggested), (Verdict::Covered, Some(Rating::Good)));
        for span in &found.spans {
            assert!(span.quote(&[&text]).is_some_and(|quote| !quote.trim().is_empty()));
        }

        let too_long = Problem::Invalid { field: InputField::Answer, reason: Reason::TooLong { max: 5_000 } };
        assert_eq!(problem(check("가".repeat(5_001)).await), Some(too_long));
        assert_eq!(next(&fixture, &viewer).await, card, "checking changes nothing");
    })
    .await;
}

#[tokio::test]
async fn a_press_counts_once_however_often_it_comes() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        miss_a_question(&fixture, &viewer).await;
        let other_node = fixture.another(None).await;
        let card = next(&fixture, &viewer).await;
        let presses = (0..10).map(|number| {
            let app = if number % 2 == 0 { &fixture.app } else { &other_node.app };
            service::review(app, &viewer, card.id, card.reps, Rating::Good)
        });
        let results = futures::future::join_all(presses).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for result in results {
            if result.is_err() {
                assert_eq!(problem(result), Some(Problem::OutOfDate));
            }
        }
        let reviewed = cards(&fixture, &viewer).await.into_iter().find(|row| row.id == card.id);
        let reviewed = reviewed.expect("the card");
        assert_eq!((reviewed.reps, reviewed.state.as_str()), (1, CardState::Learning.as_str()));
        assert!(reviewed.begun_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_reviewed_comes_back_when_it_is_due() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T03:00:00Z");
        miss_a_question(&fixture, &viewer).await;
        let app = &fixture.app;
        let all = service::due(app, &viewer).await.expect("read").due;
        for left in (0..all).rev() {
            let card = next(&fixture, &viewer).await;
            service::review(app, &viewer, card.id, card.reps, Rating::Good).await.expect("reviewed");
            assert_eq!(service::due(app, &viewer).await.expect("read").due, left);
        }
        let nothing = service::due(app, &viewer).await.expect("read");
        assert_eq!((nothing.card, nothing.counts.learning), (None, all));
        assert_eq!(nothing.next_at, Some("2026-11-21T03:10:00Z".parse().expect("a moment")));
        fixture.set_clock("2026-11-21T03:10:00Z");
        let card = next(&fixture, &viewer).await;
        let again = service::review(app, &viewer, card.id, card.reps, Rating::Good).await.expect("reviewed");
        assert!(again > app.now() + chrono::Duration::hours(23));
    })
    .await;
}

#[tokio::test]
async fn a_point_that_comes_up_again_in_an_interview_is_reviewed_there() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let missed = miss_a_question(&fixture, &viewer).await;
        let before = cards(&fixture, &viewer).await;
        let (id, question) = ask(&fixture, &viewer, &missed).await;
        fixture.answer(&viewer, id, OFF_TOPIC).await;
        interviews::act(&fixture.app, &viewer, id, 0, RoomAction::Finish).await.expect("finished");
        fixture.quiet(&viewer, id).await;
        let after = cards(&fixture, &viewer).await;
        assert_eq!(after.len(), before.len(), "no second card of a point");
        assert!(after.iter().all(|card| (card.missed, card.made, card.reps) == (2, 0, 1)), "{after:?}");

        let (id, _) = ask(&fixture, &viewer, &missed).await;
        let text = domain::markup::plain(&question.model_answer);
        while fixture.quiet(&viewer, id).await.awaited_turn().is_some() {
            fixture.answer(&viewer, id, &text).await;
        }
        let after = cards(&fixture, &viewer).await;
        let of_question: Vec<_> = after.iter().filter(|card| card.question_key == missed).collect();
        assert!(of_question.iter().all(|card| (card.missed, card.made, card.reps) == (2, 1, 2)));
        assert!(of_question.iter().all(|card| card.last_verdict == Verdict::Covered.as_str()));
    })
    .await;
}

#[tokio::test]
async fn cards_are_nobody_elses() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let (victim, attacker) = (fixture.person("victim").await, fixture.person("attacker").await);
        miss_a_question(&fixture, &victim).await;
        let before = cards(&fixture, &victim).await;
        let id = next(&fixture, &victim).await.id;
        let not_found = Some(Problem::NotFound);
        assert_eq!(problem(service::check(app, &attacker, id, "x").await), not_found);
        assert_eq!(problem(service::review(app, &attacker, id, 0, Rating::Easy).await), not_found);
        assert_eq!(problem(service::remove(app, &attacker, id).await), not_found);
        assert_eq!(problem(service::remove(app, &attacker, Uuid::now_v7()).await), not_found);
        assert_eq!(service::due(app, &attacker).await.expect("read").counts.all(), 0);
        assert!(service::list(app, &attacker, None, None).await.expect("read").cards.is_empty());
        assert_eq!(cards(&fixture, &victim).await, before);
    })
    .await;
}

#[tokio::test]
async fn the_list_filters_and_a_card_can_be_removed() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        miss_a_question(&fixture, &viewer).await;
        let all = service::list(app, &viewer, None, None).await.expect("read").cards;
        assert_eq!(all.len(), cards(&fixture, &viewer).await.len());
        assert!(all.is_sorted_by(|newer, older| newer.id > older.id));
        let of = |field: &'static str| service::list(app, &viewer, Some(field), None);
        assert_eq!(of("cs").await.expect("read").cards.len(), all.len());
        assert_eq!(of("nonsense").await.expect("read").cards.len(), all.len());
        assert!(of("backend").await.expect("read").cards.is_empty());
        let behind = service::list(app, &viewer, None, Some(all[0].id)).await.expect("read");
        assert_eq!((behind.cards.len(), behind.next), (all.len() - 1, None));
        service::remove(app, &viewer, all[0].id).await.expect("removed");
        assert_eq!(problem(service::remove(app, &viewer, all[0].id).await), Some(Problem::NotFound));
        assert_eq!(cards(&fixture, &viewer).await.len(), all.len() - 1);
    })
    .await;
}
