//! Whole interviews with the built-in interviewer, and everything that must not happen in them.

use std::collections::HashSet;

use domain::interview::service::{self, act, answer};
use domain::interview::{
    ANSWER_MAX, Band, HistoryFilter, Mode, NewInterview, QuestionStatus, RoomAction, RoomView, Speaker,
    Status, TurnKind,
};
use domain::material::NewMaterials;
use domain::questions::Language;
use domain::scoring::Verdict;
use domain::{Error, InputField, Problem, Reason, Viewer};
use testkit::{Fixture, each_database};
use uuid::Uuid;

pub fn problem<T>(result: Result<T, Error>) -> Option<Problem> {
    result.err().map(Error::into_problem)
}

/// The model answer of the open question, in the words of the bank.
pub fn model_answer(fixture: &Fixture, room: &RoomView) -> String {
    let asked = room.turns.iter().rfind(|turn| turn.kind == TurnKind::Question).expect("a question");
    let question = fixture
        .app
        .bank
        .questions(room.interview.language, None, None, None)
        .find(|question| asked.text.ends_with(&question.question))
        .expect("a question of the bank");
    domain::markup::plain(&question.model_answer)
}

async fn sit(fixture: &Fixture, viewer: &Viewer, setup: NewInterview) -> (Uuid, RoomView) {
    let (id, mut room) = fixture.interview(viewer, setup).await;
    while room.awaited_turn().is_some() {
        let text = model_answer(fixture, &room);
        room = fixture.answer(viewer, id, &text).await;
    }
    (id, room)
}

#[tokio::test]
async fn a_whole_interview_in_each_language_and_mode() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        for (language, mode) in [("ko", "coaching"), ("en", "realistic")] {
            let setup = NewInterview { mode: mode.to_owned(), ..fixture.setup(language) };
            let (id, room) = sit(&fixture, &viewer, setup).await;
            assert_eq!(room.interview.status, Status::Finished);
            assert_eq!(room.interview.questions_done, 3);
            assert_eq!(room.turns.last().expect("turns").kind, TurnKind::Closing);
            let questions = room.turns.iter().filter(|turn| turn.kind == TurnKind::Question).count();
            assert_eq!(questions, 3);
            for position in 0..3 {
                let of = |turn: &&domain::interview::TurnView| {
                    turn.position == position && turn.kind == TurnKind::Probe
                };
                assert!(room.turns.iter().filter(of).count() <= 3);
            }
            assert_eq!(room.feedback.len(), if room.interview.mode == Mode::Coaching { 3 } else { 0 });

            let report = service::report(&fixture.app, &viewer, id).await.expect("a report");
            assert_eq!(report.questions.len(), 3);
            for question in &report.questions {
                let feedback = question.feedback.as_ref().expect("feedback");
                assert!(
                    feedback.points.iter().all(|point| point.verdict == Verdict::Covered),
                    "{question:?}"
                );
                assert_eq!(feedback.band, Band::Full);
                for span in feedback.points.iter().flat_map(|point| &point.spans) {
                    let answers: Vec<&str> = question
                        .turns
                        .iter()
                        .filter(|turn| turn.speaker == Speaker::Candidate)
                        .map(|turn| turn.text.as_str())
                        .collect();
                    let quote = &answers[span.answer as usize][span.start as usize..span.end as usize];
                    assert!(!quote.trim().is_empty());
                }
            }
            assert_eq!(report.interview.band, Some(Band::Full));
            assert_eq!(report.tally.not_found, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn nonsense_earns_nothing_however_long() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, mut room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let nonsense =
            "잘 모르겠지만 열심히 하겠습니다. 어제 점심에 친구와 맛있는 국수를 먹었고 날씨가 참 좋았습니다. "
                .repeat(20);
        while room.awaited_turn().is_some() {
            room = fixture.answer(&viewer, id, &nonsense).await;
        }
        let report = service::report(&fixture.app, &viewer, id).await.expect("a report");
        assert!(
            matches!(report.interview.band, Some(Band::Practise | Band::Unjudged)),
            "{:?}",
            report.interview.band
        );
        assert_eq!(report.tally.covered, 0);
    })
    .await;
}

#[tokio::test]
async fn questions_are_not_repeated_over_the_last_interviews() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let mut seen = HashSet::new();
        for _ in 0..4 {
            let (id, _) = sit(&fixture, &viewer, fixture.setup("en")).await;
            for question in service::report(&fixture.app, &viewer, id).await.expect("a report").questions {
                assert!(seen.insert(question.question_id.clone()), "{:?} came twice", question.question_id);
            }
        }
        assert_eq!(seen.len(), 12);
    })
    .await;
}

#[tokio::test]
async fn an_answer_sent_twice_is_one_answer() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let number = room.awaited_turn().expect("awaited");
        let request = Uuid::now_v7();
        let text = "잘 모르겠습니다.";
        let twice = futures::future::join_all(
            (0..10).map(|_| answer(&fixture.app, &viewer, id, number, request, text.to_owned())),
        )
        .await;
        assert!(twice.iter().all(Result::is_ok), "{twice:?}");
        let room = fixture.quiet(&viewer, id).await;
        let answers = room.turns.iter().filter(|turn| turn.kind == TurnKind::Answer).count();
        assert_eq!(answers, 1);
        // Another tab, with the same page, another text.
        let other = answer(&fixture.app, &viewer, id, number, Uuid::now_v7(), "다른 답".to_owned()).await;
        assert_eq!(problem(other), Some(Problem::OutOfDate));
    })
    .await;
}

#[tokio::test]
async fn of_many_answers_to_one_question_at_once_one_is_taken() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let number = room.awaited_turn().expect("awaited");
        let longest = "가".repeat(ANSWER_MAX as usize);
        let sent =
            (0..20).map(|_| answer(&fixture.app, &viewer, id, number, Uuid::now_v7(), longest.clone()));
        let results = futures::future::join_all(sent).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for late in results.into_iter().filter(Result::is_err) {
            assert_eq!(problem(late), Some(Problem::OutOfDate));
        }
    })
    .await;
}

#[tokio::test]
async fn answers_have_a_length() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let (id, room) = fixture.interview(&viewer, fixture.setup("ko")).await;
        let number = room.awaited_turn().expect("awaited");
        let send = |text: String| answer(&fixture.app, &viewer, id, number, Uuid::now_v7(), text);
        let invalid = |reason| Some(Problem::Invalid { field: InputField::Answer, reason });
        assert_eq!(problem(send(" \n ".to_owned()).await), invalid(Reason::Empty));
        let most = ANSWER_MAX as usize;
        assert_eq!(problem(send("가".repeat(most + 1)).await), invalid(Reason::TooLong { max: ANSWER_MAX }));
        assert!(send("가".repeat(most)).await.is_ok());
        assert_eq!(fixture.quiet(&viewer, id).await.turns[1].text.chars().count(), most);
    })
    .await;
}

#[tokio::test]
async fn skip_intent_pause_and_finish_early() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let app = &fixture.app;
        let (id, room) = fixture.interview(&viewer, fixture.setup("en")).await;

        act(app, &viewer, id, room.awaited_turn().expect("awaited"), RoomAction::AskIntent)
            .await
            .expect("asked");
        let room = fixture.quiet(&viewer, id).await;
        assert_eq!(room.turns.last().expect("turns").kind, TurnKind::Intent);
        assert!(!room.can_ask_intent);

        fixture.set_clock("2030-01-01T00:00:00Z");
        act(app, &viewer, id, 0, RoomAction::Pause).await.expect("paused");
        let paused = fixture.quiet(&viewer, id).await;
        assert_eq!((paused.interview.status, paused.awaited_turn()), (Status::Paused, None));
        fixture.set_clock("2030-01-01T01:00:00Z");
        assert_eq!(fixture.quiet(&viewer, id).await.elapsed_seconds, paused.elapsed_seconds);
        act(app, &viewer, id, 0, RoomAction::Resume).await.expect("resumed");
        let resumed = fixture.quiet(&viewer, id).await;
        assert_eq!(resumed.elapsed_seconds, paused.elapsed_seconds);
        assert_eq!(problem(act(app, &viewer, id, 0, RoomAction::Resume).await), Some(Problem::OutOfDate));

        let number = resumed.awaited_turn().expect("awaited");
        act(app, &viewer, id, number, RoomAction::Skip).await.expect("skipped");
        let room = fixture.quiet(&viewer, id).await;
        assert_eq!((room.position, room.can_ask_intent), (1, true));
        assert_eq!(problem(act(app, &viewer, id, number, RoomAction::Skip).await), Some(Problem::OutOfDate));

        act(app, &viewer, id, 0, RoomAction::Finish).await.expect("finished");
        let room = fixture.quiet(&viewer, id).await;
        assert_eq!(room.interview.status, Status::Finished);
        let report = service::report(app, &viewer, id).await.expect("a report");
        let statuses: Vec<_> = report.questions.iter().map(|question| question.status).collect();
        assert_eq!(statuses, [QuestionStatus::Skipped, QuestionStatus::Skipped]);
        assert_eq!(report.interview.band, Some(Band::Unjudged));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_can_do_anything_with_an_interview() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let victim = fixture.person("victim").await;
        let attacker = fixture.person("attacker").await;
        let (id, room) = fixture.interview(&victim, fixture.setup("ko")).await;
        let number = room.awaited_turn().expect("awaited");
        let not_found = Some(Problem::NotFound);
        assert_eq!(problem(service::room(app, &attacker, id).await), not_found);
        assert_eq!(problem(service::report(app, &attacker, id).await), not_found);
        assert_eq!(problem(service::delete(app, &attacker, id).await), not_found);
        assert_eq!(problem(service::save_draft(app, &attacker, id, "x".to_owned()).await), not_found);
        assert_eq!(
            problem(answer(app, &attacker, id, number, Uuid::now_v7(), "x".to_owned()).await),
            not_found
        );
        for action in [
            RoomAction::Skip,
            RoomAction::AskIntent,
            RoomAction::Pause,
            RoomAction::Resume,
            RoomAction::Finish,
            RoomAction::Stop,
            RoomAction::Retry,
            RoomAction::RetryBuiltin,
        ] {
            assert_eq!(problem(act(app, &attacker, id, number, action).await), not_found, "{action:?}");
        }
        assert_eq!(problem(service::RoomListener::new(app, &attacker, id, None).await), not_found);
        assert!(
            service::history(app, &attacker, HistoryFilter::default())
                .await
                .expect("read")
                .interviews
                .is_empty()
        );
        let untouched = fixture.quiet(&victim, id).await;
        assert_eq!(untouched.turns, room.turns);
        assert_eq!(untouched.draft, "");
    })
    .await;
}

#[tokio::test]
async fn the_history_filters_and_pages() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let viewer = fixture.person("mina").await;
        domain::quotas::service::set_limit(app, viewer.id, domain::quotas::LimitedAction::Interview, 100)
            .await
            .expect("set");
        let mut ids = Vec::new();
        for number in 0..23 {
            fixture.set_clock(&format!("2026-11-{:02}T20:00:00Z", number + 1));
            let field = if number % 2 == 0 { "cs" } else { "backend" };
            let setup = NewInterview { field: field.to_owned(), ..fixture.setup("ko") };
            ids.push(fixture.interview(&viewer, setup).await.0);
        }
        ids.reverse();
        let list = |filter| service::history(app, &viewer, filter);
        let first = list(HistoryFilter::default()).await.expect("read");
        let found: Vec<Uuid> = first.interviews.iter().map(|interview| interview.id).collect();
        assert_eq!(found, ids[..20]);
        let second = list(HistoryFilter { after: first.next, ..Default::default() }).await.expect("read");
        let found: Vec<Uuid> = second.interviews.iter().map(|interview| interview.id).collect();
        assert_eq!((found.as_slice(), second.next), (&ids[20..], None));

        let backend = HistoryFilter { field: Some("backend".to_owned()), ..Default::default() };
        assert_eq!(list(backend).await.expect("read").interviews.len(), 11);
        // 20:00 UTC is 05:00 of the next day in Seoul.
        let day = Some("2026-11-05".to_owned());
        let one_day = HistoryFilter { from: day.clone(), to: day, ..Default::default() };
        let found = list(one_day).await.expect("read").interviews;
        assert_eq!(found.iter().map(|interview| interview.id).collect::<Vec<_>>(), [ids[22 - 3]]);
        let finished = HistoryFilter { result: Some("full".to_owned()), ..Default::default() };
        assert!(list(finished).await.expect("read").interviews.is_empty());
        let running = HistoryFilter { result: Some("running".to_owned()), ..Default::default() };
        assert_eq!(list(running).await.expect("read").interviews.len(), 20);

        service::delete(app, &viewer, ids[0]).await.expect("deleted");
        assert_eq!(problem(service::room(app, &viewer, ids[0]).await), Some(Problem::NotFound));
    })
    .await;
}

#[tokio::test]
async fn only_what_can_be_served_is_offered() {
    each_database(|fixture| async move {
        let viewer = fixture.person("mina").await;
        let options = service::setup_options(&fixture.app);
        assert!(options.fields.iter().all(|field| !field.unlimited));
        for field in &options.fields {
            for &level in domain::questions::Level::ALL {
                for &language in Language::ALL {
                    let available = field.available(level, language, &[]);
                    let setup = NewInterview {
                        request_id: Uuid::now_v7(),
                        field: field.field.to_string(),
                        level: level.to_string(),
                        language: language.to_string(),
                        question_count: available.min(10) + 1,
                        topics: vec![],
                        mode: "coaching".to_owned(),
                        materials: NewMaterials::default(),
                        company: None,
                    };
                    let refused = problem(service::start(&fixture.app, &viewer, setup).await);
                    let input = InputField::QuestionCount;
                    assert_eq!(refused, Some(Problem::Invalid { field: input, reason: Reason::NotOffered }));
                }
            }
        }
        let unknown = NewInterview { field: "gardening".to_owned(), ..fixture.setup("ko") };
        let refused = problem(service::start(&fixture.app, &viewer, unknown).await);
        assert_eq!(refused, Some(Problem::Invalid { field: InputField::Field, reason: Reason::NotOffered }));
    })
    .await;
}
