//! What interviews say together: one point each, days of practice, topics; of the person who asks alone.

use domain::entities::{assessment, interview};
use domain::interview::service as interviews;
use domain::interview::{Band, NewInterview, RoomAction, Status};
use domain::progress::service::progress;
use domain::progress::{INTERVIEWS_MAX, ProgressFilter, ProgressView, TopicProfile};
use domain::questions::Field;
use domain::{Viewer, accounts};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use testkit::{Fixture, PASSWORD, each_database};
use uuid::Uuid;

use crate::interviews::model_answer;

async fn all(fixture: &Fixture, viewer: &Viewer) -> ProgressView {
    progress(&fixture.app, viewer, ProgressFilter::default()).await.expect("read")
}

fn on_operating_systems(fixture: &Fixture) -> NewInterview {
    NewInterview { topics: vec!["os".to_owned()], ..fixture.setup("ko") }
}

/// An interview whose second question is skipped and whose others are fully explained.
async fn sit(fixture: &Fixture, viewer: &Viewer) -> Uuid {
    let (id, mut room) = fixture.interview(viewer, on_operating_systems(fixture)).await;
    while let Some(number) = room.awaited_turn() {
        room = if room.position == 1 {
            interviews::act(&fixture.app, viewer, id, number, RoomAction::Skip).await.expect("skipped");
            fixture.quiet(viewer, id).await
        } else {
            let text = model_answer(fixture, &room);
            fixture.answer(viewer, id, &text).await
        };
    }
    assert_eq!(room.interview.status, Status::Finished);
    id
}

/// Starts an interview and answers once.
async fn begin(fixture: &Fixture, viewer: &Viewer) -> Uuid {
    let (id, _) = fixture.interview(viewer, fixture.setup("ko")).await;
    fixture.answer(viewer, id, "잘 모르겠습니다.").await;
    id
}

/// Another judgement of the first question.
async fn judge_again(fixture: &Fixture, interview: Uuid, number: i32, band: Option<Band>) {
    let row = assessment::ActiveModel {
        id: Set(Uuid::now_v7()),
        interview_id: Set(interview),
        position: Set(0),
        number: Set(number),
        occasion: Set("again".to_owned()),
        due: Set(band.is_none()),
        feedback: Set(None),
        band: Set(band.map(|band| band.to_string())),
        dispute: Set(None),
        reply: Set(None),
        leased_until: Set(None),
        created_at: Set(fixture.app.now()),
    };
    assessment::Entity::insert(row)
        .exec_without_returning(fixture.app.database.writer())
        .await
        .expect("stored");
}

#[tokio::test]
async fn a_finished_interview_is_a_point_with_its_spread() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        assert!(all(&fixture, &viewer).await.scores.points.is_empty());
        // 0:30 of the next day in Seoul.
        fixture.set_clock("2026-11-20T15:30:00Z");
        let id = sit(&fixture, &viewer).await;
        begin(&fixture, &viewer).await;

        let found = all(&fixture, &viewer).await;
        assert!(!found.is_cut);
        assert_eq!(found.scores.fields, [Field::Cs]);
        let [point] = found.scores.points.as_slice() else { panic!("{:?}", found.scores.points) };
        assert_eq!((point.interview_id, point.day.to_string().as_str()), (id, "2026-11-21"));
        assert_eq!((point.mean, point.questions), (2.0, 3));
        assert_eq!((point.band, point.worst, point.best), (Band::Mostly, Band::Practise, Band::Full));
    })
    .await;
}

#[tokio::test]
async fn the_last_written_judgement_of_a_question_counts_and_counts_once() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let id = sit(&fixture, &viewer).await;
        judge_again(&fixture, id, 1, Some(Band::Full)).await;
        judge_again(&fixture, id, 2, Some(Band::Practise)).await;
        judge_again(&fixture, id, 3, None).await;

        let found = all(&fixture, &viewer).await;
        let point = &found.scores.points[0];
        assert_eq!((point.mean, point.band, point.best, point.questions), (1.0, Band::Some, Band::Full, 3));
        assert_eq!((found.profiles[0].band, found.profiles[0].questions), (Band::Some, 3));
    })
    .await;
}

#[tokio::test]
async fn a_field_and_a_topic_choose_scores_and_every_topic_has_its_profile() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        sit(&fixture, &viewer).await;
        sit(&fixture, &viewer).await;
        let chosen = async |field: &str, topic: Option<&str>| {
            let filter = ProgressFilter { field: Some(field.to_owned()), topic: topic.map(str::to_owned) };
            progress(&fixture.app, &viewer, filter).await.expect("read").scores
        };
        let of_topic = chosen("cs", Some("os")).await;
        assert_eq!((of_topic.field, of_topic.topic.as_deref()), (Some(Field::Cs), Some("os")));
        assert_eq!(of_topic.points.iter().map(|point| point.questions).collect::<Vec<_>>(), [3, 3]);
        assert_eq!(of_topic.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ["os"]);
        assert!(chosen("cs", Some("network")).await.points.is_empty());
        assert!(chosen("backend", None).await.points.is_empty());
        assert_eq!(chosen("cooking", None).await.points.len(), 2);

        let profiles = all(&fixture, &viewer).await.profiles;
        let [TopicProfile { topic, band, questions, trend }] = profiles.as_slice() else {
            panic!("{profiles:?}")
        };
        assert_eq!((topic.id.as_str(), *band, *questions), ("os", Band::Mostly, 6));
        // Both interviews went alike.
        assert_eq!(trend.map(|trend| trend.as_str()), Some("steady"));
    })
    .await;
}

#[tokio::test]
async fn streaks_follow_the_calendar_of_the_person() {
    each_database(|fixture| async move {
        let seoul = fixture.person("mina").await;
        let elsewhere = |zone: &str| Viewer { time_zone: zone.to_owned(), ..seoul.clone() };
        let streak = async |viewer: &Viewer| all(&fixture, viewer).await.practice.current_streak;
        // 23:50 and 0:10 in Seoul, one day in UTC.
        for moment in ["2026-06-10T14:50:00Z", "2026-06-10T15:10:00Z"] {
            fixture.set_clock(moment);
            begin(&fixture, &seoul).await;
        }
        assert_eq!((streak(&seoul).await, streak(&elsewhere("UTC")).await), (2, 1));

        // Clocks go back in New York on 1 November 2026: 0:30 and 23:30 of that day, 24 hours apart.
        for moment in ["2026-11-01T04:30:00Z", "2026-11-02T04:30:00Z"] {
            fixture.set_clock(moment);
            begin(&fixture, &seoul).await;
        }
        let new_york = elsewhere("America/New_York");
        assert_eq!((streak(&new_york).await, streak(&elsewhere("UTC")).await), (1, 2));
        let practice = all(&fixture, &new_york).await.practice;
        let sunday = practice.weeks.last().expect("this week").days[6];
        assert_eq!((sunday.day.to_string().as_str(), sunday.answers), ("2026-11-01", 2));
        fixture.set_clock("2026-11-03T05:00:00Z");
        assert_eq!(streak(&new_york).await, 0, "a whole day was missed");
        assert_eq!(all(&fixture, &seoul).await.practice.longest_streak, 2);
    })
    .await;
}

#[tokio::test]
async fn it_is_made_of_ones_own_interviews_that_are_still_there() {
    each_database(|fixture| async move {
        let (mina, other) = (fixture.person("mina").await, fixture.person("other").await);
        let id = sit(&fixture, &mina).await;
        let nothing = |found: &ProgressView| {
            let days = found.practice.weeks.iter().flat_map(|week| &week.days);
            found.scores.points.is_empty()
                && found.scores.fields.is_empty()
                && found.profiles.is_empty()
                && found.practice.longest_streak == 0
                && days.map(|day| day.answers).sum::<u32>() == 0
        };
        assert!(nothing(&all(&fixture, &other).await));
        assert!(!nothing(&all(&fixture, &mina).await));
        interviews::delete(&fixture.app, &mina, id).await.expect("deleted");
        assert!(nothing(&all(&fixture, &mina).await));
        sit(&fixture, &mina).await;
        accounts::service::delete(&fixture.app, &mina, PASSWORD).await.expect("deleted");
        assert!(nothing(&all(&fixture, &mina).await), "gone with the account");
    })
    .await;
}

#[tokio::test]
async fn it_looks_back_a_year_and_no_more_than_its_number_of_interviews() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        fixture.set_clock("2025-03-01T12:00:00Z");
        let old = sit(&fixture, &viewer).await;
        fixture.set_clock("2026-11-20T12:00:00Z");
        let found = all(&fixture, &viewer).await;
        assert!(found.is_cut && found.scores.points.is_empty() && found.practice.longest_streak == 0);
        interviews::delete(&fixture.app, &viewer, old).await.expect("deleted");

        let id = sit(&fixture, &viewer).await;
        assert!(!all(&fixture, &viewer).await.is_cut);
        let writer = fixture.app.database.writer();
        let row = interview::Entity::find_by_id(id).one(writer).await.expect("read").expect("an interview");
        let copies = (0..INTERVIEWS_MAX).map(|_| {
            let mut copy = row.clone().into_active_model().reset_all();
            copy.id = Set(Uuid::now_v7());
            copy.request_id = Set(Uuid::now_v7());
            copy
        });
        interview::Entity::insert_many(copies).exec_without_returning(writer).await.expect("stored");
        let found = all(&fixture, &viewer).await;
        assert!(found.is_cut);
        // The copies are later and have no questions.
        assert!(found.scores.points.is_empty());
        assert_eq!(found.scores.fields, [Field::Cs]);
    })
    .await;
}
