//! Today's question: the same all day, another when asked for, and answered once.

use domain::accounts::{ProfileEdit, service as accounts};
use domain::entities::today_question;
use domain::interview::{Mode, NewInterview, service as interviews};
use domain::questions::{Field, Language};
use domain::quotas;
use domain::today::service::{answer, swap, today};
use domain::today::{SWAPS_MAX, TodayQuestion};
use domain::{Problem, Viewer};
use sea_orm::{EntityTrait, PaginatorTrait};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::interviews::problem;

async fn question(fixture: &Fixture, viewer: &Viewer) -> TodayQuestion {
    today(&fixture.app, viewer).await.expect("read").question.expect("a question")
}

async fn rows(fixture: &Fixture) -> u64 {
    today_question::Entity::find().count(fixture.app.database.reader()).await.expect("counted")
}

#[tokio::test]
async fn looking_stores_nothing_and_shows_the_same_all_day() {
    each_database(|fixture| async move {
        let (mina, jun) = (fixture.person("mina").await, fixture.person("jun").await);
        let (mut of_mina, mut of_jun) = (Vec::new(), Vec::new());
        for day in 1..15 {
            fixture.set_clock(&format!("2026-11-{day:02}T00:00:00Z"));
            let morning = question(&fixture, &mina).await;
            // An interview on something else on the same day does not change it.
            if day == 3 {
                let on_cs = morning.topic.as_ref().is_some_and(|topic| topic.field == Field::Cs);
                let field = if on_cs { "backend" } else { "cs" };
                let setup = NewInterview { field: field.to_owned(), ..fixture.setup("en") };
                fixture.interview(&mina, setup).await;
            }
            fixture.set_clock(&format!("2026-11-{day:02}T14:00:00Z"));
            assert_eq!(question(&fixture, &mina).await, morning);
            of_mina.push(morning.id);
            of_jun.push(question(&fixture, &jun).await.id);
        }
        assert_ne!(of_mina, of_jun);
        assert!(of_mina.windows(2).any(|days| days[0] != days[1]));
        assert_eq!(rows(&fixture).await, 0);
    })
    .await;
}

#[tokio::test]
async fn another_question_can_be_asked_for_a_few_times() {
    each_database(|fixture| async move {
        let (viewer, other) = (fixture.person("mina").await, fixture.person("jun").await);
        fixture.set_clock("2026-11-21T00:00:00Z");
        let of_other = question(&fixture, &other).await;
        let mut seen = vec![question(&fixture, &viewer).await.id];
        for swaps in 0..SWAPS_MAX {
            // Two presses of one button count once.
            let twice =
                futures::future::join(swap(&fixture.app, &viewer, swaps), swap(&fixture.app, &viewer, swaps));
            let results = <[_; 2]>::from(twice.await).map(problem);
            assert!(results.contains(&None) && results.contains(&Some(Problem::OutOfDate)), "{results:?}");
            let found = question(&fixture, &viewer).await.id;
            assert!(!seen.contains(&found), "{found} came before");
            seen.push(found);
        }
        let view = today(&fixture.app, &viewer).await.expect("read");
        assert_eq!((view.swaps, view.swaps_left()), (SWAPS_MAX, 0));
        assert_eq!(problem(swap(&fixture.app, &viewer, SWAPS_MAX).await), Some(Problem::OutOfDate));
        assert_eq!(question(&fixture, &viewer).await.id, seen[SWAPS_MAX as usize]);
        assert_eq!(question(&fixture, &other).await, of_other);
        assert_eq!(quotas::service::ledger(&fixture.app, &viewer).await.expect("read"), []);
    })
    .await;
}

#[tokio::test]
async fn the_day_turns_at_the_persons_midnight() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2026-11-21T14:59:59Z");
        swap(&fixture.app, &viewer, 0).await.expect("swapped");
        assert_eq!(today(&fixture.app, &viewer).await.expect("read").swaps, 1);
        // 00:00 in Seoul.
        fixture.set_clock("2026-11-21T15:00:00Z");
        let tomorrow = today(&fixture.app, &viewer).await.expect("read");
        assert_eq!((tomorrow.swaps, tomorrow.answered), (0, None));
        // It is still the day before somewhere else.
        let abroad = Viewer { time_zone: "America/New_York".to_owned(), ..viewer.clone() };
        assert_eq!(today(&fixture.app, &abroad).await.expect("read").swaps, 1);
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_an_interview_of_one_question_and_is_remembered() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        swap(app, &viewer, 0).await.expect("swapped");
        let asked = question(&fixture, &viewer).await;
        assert_eq!(problem(answer(app, &viewer, 0, Uuid::now_v7()).await), Some(Problem::OutOfDate));
        let presses =
            futures::future::join_all((0..5).map(|_| answer(app, &viewer, 1, Uuid::now_v7()))).await;
        let mut started: Vec<_> = presses.into_iter().filter_map(Result::ok).collect();
        assert_eq!(started.len(), 1);
        let id = started.remove(0);
        assert_eq!(quotas::service::ledger(app, &viewer).await.expect("read").len(), 1);

        let room = fixture.quiet(&viewer, id).await;
        assert_eq!((room.interview.question_count, room.interview.mode), (1, Mode::Coaching));
        assert_eq!(room.interview.language, Language::Korean);
        assert!(room.turns[0].text.ends_with(&asked.question));
        let view = today(app, &viewer).await.expect("read");
        assert_eq!(view.answered.map(|interview| interview.id), Some(id));
        assert_eq!(view.question.map(|question| question.id), Some(asked.id.clone()));
        assert_eq!(problem(swap(app, &viewer, 1).await), Some(Problem::OutOfDate));

        interviews::delete(app, &viewer, id).await.expect("deleted");
        let view = today(app, &viewer).await.expect("read");
        assert_eq!((view.answered, view.question.map(|question| question.id)), (None, Some(asked.id)));
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_begun_again_by_the_same_request_is_the_same_interview() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let other_node = fixture.another(None).await;
        let viewer = fixture.person("mina").await;
        let request = Uuid::now_v7();
        let presses = futures::future::join_all((0..6).map(|number| {
            let app = if number % 2 == 0 { app } else { &other_node.app };
            answer(app, &viewer, 0, request)
        }));
        let begun: Vec<Uuid> = presses.await.into_iter().map(|begun| begun.expect("begun")).collect();
        assert!(begun.iter().all(|id| *id == begun[0]), "{begun:?}");
        fixture.quiet(&viewer, begun[0]).await;
        assert_eq!(answer(app, &viewer, 0, request).await.expect("begun before"), begun[0]);
        assert_eq!(quotas::service::ledger(app, &viewer).await.expect("read").len(), 1);
        let other = problem(answer(app, &viewer, 0, Uuid::now_v7()).await);
        assert_eq!(other, Some(Problem::OutOfDate), "another request comes too late");
    })
    .await;
}

#[tokio::test]
async fn a_refused_answer_leaves_nothing_behind() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let action = quotas::LimitedAction::Interview;
        quotas::service::set_limit(app, viewer.id, action, 0).await.expect("set");
        let refused = problem(answer(app, &viewer, 0, Uuid::now_v7()).await);
        assert!(matches!(refused, Some(Problem::QuotaReached { .. })));
        assert_eq!(today(app, &viewer).await.expect("read").answered, None);
        assert_eq!(rows(&fixture).await, 0);
    })
    .await;
}

#[tokio::test]
async fn fields_of_interest_come_first_and_what_was_just_asked_does_not_come() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        let edit = ProfileEdit {
            display_name: "Mina".to_owned(),
            language: "en".to_owned(),
            time_zone: "Asia/Seoul".to_owned(),
            fields: vec![Field::Frontend.to_string()],
        };
        let viewer = accounts::save_profile(app, &viewer, edit).await.expect("saved");
        let mut last = None;
        for day in 1..6 {
            fixture.set_clock(&format!("2026-11-{day:02}T00:00:00Z"));
            let found = question(&fixture, &viewer).await;
            assert_eq!(found.language, Language::English);
            assert_eq!(found.topic.as_ref().map(|topic| topic.field), Some(Field::Frontend));
            assert_ne!(last, Some(found.id.clone()), "asked yesterday");
            answer(app, &viewer, 0, Uuid::now_v7()).await.expect("started");
            last = Some(found.id);
        }
        assert_eq!(rows(&fixture).await, 5);
        accounts::delete(app, &viewer, PASSWORD).await.expect("deleted");
        assert_eq!(rows(&fixture).await, 0);
    })
    .await;
}
