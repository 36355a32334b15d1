//! Calls to the model server, counted.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::entities::model_usage::{Entity, Model};
use domain::interview::{Act, Interviewer, Spoken};
use domain::llm::ModelInterviewer;
use domain::usage::{Estimate, Purpose, Span, Tokens, Trial, as_score_check, service};
use domain::{Error, ModelFailure, Problem, Role, Viewer};
use sea_orm::{ConnectionTrait, EntityTrait};
use testkit::Fixture;
use testkit::upstream::{Interruption, Reply, Script, ScriptedUpstream, nobody_listens};
use tokio::sync::mpsc;

use crate::llm::{ANSWER, assessment, hear, impatient, made, probe, speech, upstream};

/// An application whose calls to a model server are counted.
struct Counted {
    fixture: Fixture,
    interviewer: Arc<ModelInterviewer>,
    upstream: ScriptedUpstream,
}

/// Runs a test on each database, with a model server of its own.
async fn each_counted<F: Future<Output = ()>>(test: impl Fn(Counted) -> F) {
    for is_postgres in [false, true] {
        let upstream = upstream().await;
        let config = impatient(upstream.base_url());
        let interviewer = Arc::new(ModelInterviewer::new(config).expect("a usable configuration"));
        let model: Arc<dyn Interviewer> = interviewer.clone();
        let fixture = match is_postgres {
            false => Some(Fixture::sqlite(Some(model)).await),
            true => Fixture::postgres(Some(model)).await,
        };
        if let Some(fixture) = fixture {
            test(Counted { fixture, interviewer, upstream }).await;
        }
    }
}

impl Counted {
    /// All rows, once everything is written that happened so far.
    async fn rows(&self) -> Vec<Model> {
        rows(&self.fixture).await
    }

    /// The only row there is.
    async fn row(&self) -> Model {
        let mut rows = self.rows().await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    async fn administrator(&self) -> Viewer {
        Viewer { role: Role::Admin, ..self.fixture.person("root1").await }
    }
}

async fn rows(fixture: &Fixture) -> Vec<Model> {
    let tasks = &fixture.app.tasks;
    tasks.close();
    tasks.wait().await;
    tasks.reopen();
    let mut rows = Entity::find().all(fixture.app.database.reader()).await.expect("the rows");
    rows.sort_by(|one, other| one.purpose.cmp(&other.purpose));
    rows
}

/// How many answers, and how many first words, were counted in any step.
fn timed(row: &Model) -> (i64, i64) {
    let answers = [
        row.answer_quarter,
        row.answer_half,
        row.answer_one,
        row.answer_two,
        row.answer_four,
        row.answer_eight,
        row.answer_sixteen,
        row.answer_thirty_two,
        row.answer_sixty_four,
        row.answer_longer,
    ];
    let first_words = [
        row.first_word_quarter,
        row.first_word_half,
        row.first_word_one,
        row.first_word_two,
        row.first_word_four,
        row.first_word_eight,
        row.first_word_sixteen,
        row.first_word_thirty_two,
        row.first_word_sixty_four,
        row.first_word_longer,
    ];
    (answers.iter().sum(), first_words.iter().sum())
}

#[tokio::test]
async fn every_call_is_counted_by_its_day_model_and_purpose() {
    each_counted(|counted| async move {
        counted.fixture.set_clock("2026-11-21T23:59:59Z");
        let interviewer = &counted.interviewer;
        hear(interviewer, &speech(Act::Greet)).await.1.expect("greeted");
        interviewer.assess(&assessment(ANSWER)).await.expect("assessed");
        interviewer.rate(&assessment(ANSWER)).await.expect("rated");
        let before = interviewer.assess(&assessment(ANSWER)).await.expect("assessed again");
        interviewer.reconsider(&assessment(ANSWER), "말했어요.", &before).await.expect("disputed");
        interviewer.make_question(&made(&[])).await.expect("a question");
        interviewer.try_out().await.expect("it answers");
        as_score_check(interviewer.assess(&assessment(ANSWER))).await.expect("assessed for the check");

        let rows = counted.rows().await;
        let calls: Vec<(&str, i64)> = rows.iter().map(|row| (row.purpose.as_str(), row.calls)).collect();
        let expected = [
            ("assess", 2),
            ("dispute", 1),
            ("question", 1),
            ("rate", 2),
            ("score-check", 1),
            ("speak", 1),
            ("trial", 1),
        ];
        assert_eq!(calls, expected);
        for row in &rows {
            assert_eq!((row.model.as_str(), row.day.to_string().as_str()), ("scripted", "2026-11-21"));
            assert_eq!(row.last_success_at, Some(at("2026-11-21T23:59:59Z")));
            assert_eq!((row.last_failure_at, &row.last_failure), (None, &None));
            assert_eq!(timed(row).0, row.calls, "every answer took some time: {row:?}");
        }
        let sum: i64 = rows.iter().map(|row| row.calls).sum();
        assert_eq!(u64::try_from(sum), Ok(counted.upstream.calls().started), "as the server counted");
    })
    .await;
}

fn at(moment: &str) -> DateTime<Utc> {
    moment.parse().expect("a moment")
}

#[tokio::test]
async fn tokens_are_those_that_the_server_told() {
    each_counted(|counted| async move {
        counted.upstream.always(Script::tokens(["안녕", "하세요."]));
        for _ in 0..3 {
            hear(&counted.interviewer, &speech(Act::Greet)).await.1.expect("greeted");
        }
        counted.interviewer.try_out().await.expect("it answers");
        let rows = counted.rows().await;
        let tokens: Vec<_> = rows.iter().map(|row| (row.prompt_tokens, row.completion_tokens)).collect();
        assert_eq!(tokens, [(300, 6), (100, 2)], "{rows:?}");
        assert!(rows.iter().all(|row| row.estimated_prompt_tokens + row.estimated_completion_tokens == 0));
        assert_eq!(timed(&rows[0]), (3, 3), "a stream has a first word");
        assert_eq!(timed(&rows[1]), (1, 0), "a whole answer has none");
        let request = &counted.upstream.requests()[0].body;
        assert_eq!(request["stream_options"]["include_usage"], true);
    })
    .await;
}

#[tokio::test]
async fn what_no_server_told_is_estimated_and_kept_apart() {
    each_counted(|counted| async move {
        const SAID: &str = "안녕하세요. 시작하겠습니다.";
        counted.upstream.always(Script::text(SAID).without_usage());
        hear(&counted.interviewer, &speech(Act::Greet)).await.1.expect("greeted");
        let row = counted.row().await;
        assert_eq!((row.prompt_tokens, row.completion_tokens), (0, 0));
        let estimated = Estimate::of(SAID).tokens();
        assert_eq!(u64::try_from(row.estimated_completion_tokens), Ok(estimated));
        assert!(row.estimated_prompt_tokens > 100, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_refuses_stream_options_is_asked_without_them() {
    each_counted(|counted| async move {
        counted.upstream.always(Script::from(Reply::NoStreamOptions));
        for calls in [2, 3] {
            let (text, spoken) = hear(&counted.interviewer, &speech(Act::Greet)).await;
            assert!(text.contains("안녕하세요") && spoken == Ok(Spoken::Said), "{text}");
            assert_eq!(counted.upstream.calls().started, calls, "it is remembered");
        }
        let row = counted.row().await;
        assert_eq!((row.calls, row.broken), (3, 1));
        assert_eq!(row.prompt_tokens, 0);
        assert!(row.estimated_prompt_tokens > 0);
    })
    .await;
}

#[tokio::test]
async fn failures_are_counted_by_their_kind() {
    each_counted(|counted| async move {
        let scripts = [
            Script::status(401),
            Script::slow_down("3600"),
            Reply::Hang.into(),
            // Once more each, with no more luck.
            Reply::Reset.into(),
            Reply::Reset.into(),
            Script::status(500),
            Script::status(500),
        ];
        for script in scripts {
            counted.upstream.push(script);
        }
        for (hour, failure) in [
            ModelFailure::Refused,
            ModelFailure::Limited,
            ModelFailure::TimedOut,
            ModelFailure::Unreachable,
            ModelFailure::Broken,
        ]
        .into_iter()
        .enumerate()
        {
            counted.fixture.set_clock(&format!("2026-11-21T1{hour}:00:00Z"));
            let failed = counted.interviewer.assess(&assessment(ANSWER)).await.expect_err("it fails");
            assert_eq!(failed, failure);
        }
        let row = counted.row().await;
        let kinds = [row.refused, row.limited, row.timed_out, row.unreachable, row.broken];
        assert_eq!((row.calls, kinds), (7, [1, 1, 1, 2, 2]));
        assert_eq!((row.cancelled, timed(&row)), (0, (0, 0)), "nothing was answered");
        assert_eq!(row.last_failure.as_deref(), Some("broken"));
        assert_eq!(row.last_failure_at, Some(at("2026-11-21T14:00:00Z")));
        assert_eq!(row.last_success_at, None);
    })
    .await;
}

#[tokio::test]
async fn a_broken_stream_counts_once_with_what_had_come() {
    each_counted(|counted| async move {
        let broken = Script::tokens(["하나 ", "둘 ", "셋"]).interrupt_after(2, Interruption::Reset);
        counted.upstream.push(broken);
        assert_eq!(hear(&counted.interviewer, &probe()).await.1, Err(ModelFailure::Unreachable));
        let row = counted.row().await;
        assert_eq!((row.calls, row.unreachable, timed(&row)), (1, 1, (0, 1)));
        let estimated = Estimate::of("하나 둘 ").tokens();
        assert_eq!(u64::try_from(row.estimated_completion_tokens), Ok(estimated));
    })
    .await;
}

#[tokio::test]
async fn a_stopped_turn_counts_once_and_is_no_failure() {
    each_counted(|counted| async move {
        let slow = Script::tokens(["하나 ", "둘 ", "셋 "].repeat(50)).token_delay(Duration::from_millis(30));
        counted.upstream.push(slow);
        let (words, mut heard) = mpsc::channel(4);
        let brief = probe();
        let stopped = async {
            heard.recv().await.expect("a word");
            drop(heard);
        };
        let (spoken, ()) = tokio::join!(counted.interviewer.speak(&brief, words), stopped);
        assert_eq!(spoken, Ok(Spoken::Said));
        let row = counted.row().await;
        let failed = row.unreachable + row.refused + row.limited + row.timed_out + row.broken;
        assert_eq!((row.calls, row.cancelled, failed), (1, 1, 0));
        assert_eq!(timed(&row), (0, 1));
        assert!(row.estimated_completion_tokens > 0, "{row:?}");
    })
    .await;
}

#[tokio::test]
async fn a_repair_is_a_call_that_is_named_so() {
    each_counted(|counted| async move {
        counted.upstream.push(Script::text("그건 못 하겠어요."));
        counted.interviewer.assess(&assessment(ANSWER)).await.expect("repaired");
        let row = counted.row().await;
        assert_eq!((row.calls, row.repairs, timed(&row).0), (2, 1, 2));
    })
    .await;
}

#[tokio::test]
async fn nothing_is_lost_between_parallel_calls_of_two_nodes() {
    each_counted(|counted| async move {
        let other = counted.fixture.another(None).await;
        let meters = [counted.fixture.app.meter.clone(), other.app.meter.clone()];
        std::thread::scope(|scope| {
            let runtime = tokio::runtime::Handle::current();
            for thread in 0..4 {
                let (meters, runtime) = (&meters, runtime.clone());
                scope.spawn(move || {
                    let _inside = runtime.enter();
                    for number in 0..25 {
                        let mut call = meters[thread % 2].begin("busy", Purpose::Speak, false);
                        call.told(Tokens { prompt: 10, completion: 1 });
                        match number % 5 {
                            0 => call.failed(ModelFailure::Limited),
                            _ => call.answered(),
                        }
                    }
                });
            }
        });
        rows(&other).await;
        let row = counted.row().await;
        assert_eq!((row.calls, row.limited, row.cancelled), (100, 20, 0));
        assert_eq!((row.prompt_tokens, row.completion_tokens), (1_000, 100));
        assert_eq!(timed(&row).0, 80);
    })
    .await;
}

#[tokio::test]
async fn the_newest_failure_stays_whichever_is_written_last() {
    each_counted(|counted| async move {
        let fixture = &counted.fixture;
        for (moment, failure) in [
            ("2026-11-21T10:00:00Z", ModelFailure::Limited),
            ("2026-11-21T12:00:00.5Z", ModelFailure::Refused),
            ("2026-11-21T11:00:00Z", ModelFailure::TimedOut),
        ] {
            fixture.set_clock(moment);
            fixture.app.meter.begin("busy", Purpose::Speak, false).failed(failure);
            rows(fixture).await;
        }
        let row = counted.row().await;
        assert_eq!(row.last_failure.as_deref(), Some("refused"));
        assert_eq!(row.last_failure_at, Some(at("2026-11-21T12:00:00.5Z")));
    })
    .await;
}

#[tokio::test]
async fn a_count_that_cannot_be_written_does_not_disturb_the_call() {
    let upstream = upstream().await;
    let interviewer = Arc::new(ModelInterviewer::new(impatient(upstream.base_url())).expect("usable"));
    let fixture = Fixture::sqlite(Some(interviewer.clone())).await;
    let dropped = fixture.app.database.writer().execute_unprepared("DROP TABLE model_usage").await;
    dropped.expect("dropped");
    let (text, spoken) = hear(&interviewer, &speech(Act::Greet)).await;
    assert!(text.contains("안녕하세요") && spoken == Ok(Spoken::Said));
}

#[tokio::test]
async fn only_administrators_see_usage_and_try_the_model() {
    each_counted(|counted| async move {
        let app = &counted.fixture.app;
        let member = counted.fixture.person("mina").await;
        let problem = |error: Error| error.into_problem();
        let seen = service::overview(app, &member, Span::Week).await.map(drop).map_err(problem);
        let tried = service::try_model(app, &member).await.map(drop).map_err(problem);
        assert_eq!((seen, tried), (Err(Problem::Forbidden), Err(Problem::Forbidden)));
        assert_eq!(counted.upstream.calls().started, 0);
    })
    .await;
}

#[tokio::test]
async fn the_overview_adds_days_and_purposes_up() {
    each_counted(|counted| async move {
        let (fixture, app) = (&counted.fixture, &counted.fixture.app);
        let administrator = counted.administrator().await;
        let call = |model: &str, purpose, told| {
            let mut call = app.meter.begin(model, purpose, false);
            call.told(told);
            call.answered();
        };
        let many = Tokens { prompt: 1_000_000, completion: 100_000 };
        fixture.set_clock("2026-11-14T23:00:00Z");
        call("scripted", Purpose::Speak, many);
        fixture.set_clock("2026-11-15T00:00:00Z");
        call("scripted", Purpose::Speak, many);
        fixture.set_clock("2026-11-21T12:00:00Z");
        call("scripted", Purpose::Assess, many);
        call("unpriced", Purpose::Assess, many);
        app.meter.begin("scripted", Purpose::Speak, false).failed(ModelFailure::Broken);
        counted.rows().await;

        let week = service::overview(app, &administrator, Span::Week).await.expect("an overview");
        assert_eq!(week.days.len(), 7);
        assert_eq!(week.days[0].day.to_string(), "2026-11-15");
        assert_eq!(week.days[6].day.to_string(), "2026-11-21");
        let calls: Vec<u64> = week.days.iter().map(|day| day.figures.calls).collect();
        assert_eq!(calls, [1, 0, 0, 0, 0, 0, 3]);
        let groups: Vec<_> = week
            .groups
            .iter()
            .map(|group| (group.model.as_str(), group.purpose, group.figures.calls))
            .collect();
        let expected = [
            ("scripted", Purpose::Speak, 2),
            ("scripted", Purpose::Assess, 1),
            ("unpriced", Purpose::Assess, 1),
        ];
        assert_eq!(groups, expected);
        assert_eq!((week.total.calls, week.total.failures.broken), (4, 1));
        // 0.50 and 2 dollars per million.
        assert_eq!(week.total.cost.dollars, Some(1.4));
        assert_eq!(week.total.cost.without_price, 1_100_000);
        assert_eq!(week.days[1].figures.cost.dollars, None, "nothing was used, so nothing is said of money");
        let unpriced = &week.groups[2].figures.cost;
        assert_eq!((unpriced.dollars, unpriced.without_price), (None, 1_100_000));

        let month = service::overview(app, &administrator, Span::Month).await.expect("an overview");
        assert_eq!((month.days.len(), month.total.calls), (30, 5));
        let model = month.model.expect("a model");
        assert_eq!((model.model.as_str(), model.host.as_deref()), ("scripted", Some("127.0.0.1")));
        assert!(model.has_price);
        assert_eq!(model.last_success, Some(at("2026-11-21T12:00:00Z")));
        assert_eq!(model.last_failure.map(|last| last.failure), Some(ModelFailure::Broken));
    })
    .await;
}

#[tokio::test]
async fn trying_the_model_tells_what_came_of_it_and_is_limited() {
    each_counted(|counted| async move {
        let app = &counted.fixture.app;
        let administrator = counted.administrator().await;
        let tried = service::try_model(app, &administrator).await.expect("tried");
        assert!(matches!(tried, Trial::Answered { .. }), "{tried:?}");
        counted.upstream.always(Script::status(401));
        let tried = service::try_model(app, &administrator).await.expect("tried");
        assert_eq!(tried, Trial::Failed(ModelFailure::Refused));
        for _ in 2..5 {
            service::try_model(app, &administrator).await.expect("tried");
        }
        let refused = service::try_model(app, &administrator).await.expect_err("too often").into_problem();
        assert!(matches!(refused, Problem::TooManyAttempts { retry_after_seconds: 1..=12 }), "{refused:?}");
        assert_eq!(counted.upstream.calls().started, 5);
        let row = counted.row().await;
        assert_eq!((row.purpose.as_str(), row.calls, row.refused), ("trial", 5, 4));
    })
    .await;
}

#[tokio::test]
async fn without_a_model_there_is_nothing_to_show_or_to_try() {
    testkit::each_database(|fixture| async move {
        let administrator = Viewer { role: Role::Admin, ..fixture.person("root1").await };
        let seen = service::overview(&fixture.app, &administrator, Span::Quarter).await.expect("an overview");
        assert_eq!((seen.model, seen.total.calls, seen.days.len()), (None, 0, 90));
        let tried = service::try_model(&fixture.app, &administrator).await.expect("tried");
        assert_eq!(tried, Trial::NoModel);
        assert!(rows(&fixture).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_is_a_failure_like_others() {
    let config = impatient(nobody_listens().await.expect("a port"));
    let interviewer = Arc::new(ModelInterviewer::new(config).expect("usable"));
    let fixture = Fixture::sqlite(Some(interviewer.clone())).await;
    assert_eq!(interviewer.try_out().await, Err(ModelFailure::Unreachable));
    let rows = rows(&fixture).await;
    assert_eq!((rows[0].calls, rows[0].unreachable, rows[0].estimated_prompt_tokens), (1, 1, 0));
}
