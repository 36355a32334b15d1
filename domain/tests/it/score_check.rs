//! The built-in scorer on the golden set.

use std::sync::Arc;
use std::time::Duration;

use domain::interview::{BuiltinInterviewer, InterviewerLabel, Numbers};
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::questions::Bank;
use domain::score_check::{Effort, Figure, Progress, RunState, ScoreCheck, golden_set, run, service};
use domain::{App, Error, ModelFailure, Problem, Role, Viewer};
use testkit::upstream::{Reply, ScriptedUpstream};
use testkit::{Fixture, each_database};

async fn of_builtin(variants: usize) -> ScoreCheck {
    let (bank, golden) = (Bank::load(None).expect("the bank"), golden_set().expect("the golden set"));
    let effort = Effort { variants, ..Effort::ALL };
    let progress = Progress::default();
    let check = run(&BuiltinInterviewer::new(false), &bank, &golden, effort, &progress).await;
    assert_eq!(progress.done(), progress.all(), "everything that was planned was done");
    check.expect("it needs no model")
}

#[tokio::test]
async fn the_built_in_scorer_agrees_with_the_graders() {
    let check = of_builtin(usize::MAX).await;
    assert_eq!((check.answers, check.failed), (272, 0));
    assert!(check.points.precision >= 0.9, "{:?}", check.points);
    assert!(check.points.recall >= 0.7, "{:?}", check.points);
    assert!(check.wrong_question_credit <= 0.02, "{}", check.wrong_question_credit);
    assert!(check.question_echo_credit == 0.0, "{}", check.question_echo_credit);
    assert!(check.padding.mean.abs() <= 0.02 && check.injection.mean.abs() <= 0.02, "{check:?}");
    assert_eq!(check.repeats.identical, check.repeats.answers);
    let band = &check.agreements[0];
    assert!(band.on == "band" && band.kappa >= 0.6, "{band:?}");
    // It gives no levels, so it has no numbers to show.
    assert!(!check.shows_numbers());
}

#[tokio::test]
async fn a_second_run_is_the_same_to_the_byte() {
    let bytes = |check: &ScoreCheck| serde_json::to_vec(check).expect("JSON");
    assert_eq!(bytes(&of_builtin(20).await), bytes(&of_builtin(20).await));
}

#[tokio::test]
async fn the_last_run_is_kept_by_scorer() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let label = app.interviewer().label();
        assert_eq!(service::last(app, &label).await.expect("readable"), None);
        let effort = Effort { answers: 10, variants: 2, repeats: 2 };
        let check = service::check(app, effort, &Progress::default()).await.expect("a check");
        assert_eq!(check.answers, 10);
        let last = service::last(app, &label).await.expect("readable").expect("a run");
        assert_eq!(last.check, check);
        // Another version of the same scorer is compared with it; another scorer is not.
        let newer = InterviewerLabel { version: "rules/99".to_owned(), ..label.clone() };
        assert!(service::last(app, &newer).await.expect("readable").is_some());
        let model = InterviewerLabel { model: Some("scripted".to_owned()), ..label };
        assert!(service::last(app, &model).await.expect("readable").is_none());
    })
    .await;
}

async fn admin(fixture: &Fixture) -> Viewer {
    Viewer { role: Role::Admin, ..fixture.person("root1").await }
}

/// Waits until nothing runs any more.
async fn over(app: &App, admin: &Viewer) -> RunState {
    for _ in 0..6000 {
        match service::state(app, admin).expect("an administrator") {
            RunState::Running { .. } => tokio::time::sleep(Duration::from_millis(20)).await,
            state => return state,
        }
    }
    panic!("the run does not end");
}

#[tokio::test]
async fn only_administrators_see_and_start_runs() {
    each_database(|fixture| async move {
        let app = &fixture.app;
        let member = fixture.person("mina").await;
        let problem = |error: Error| error.into_problem();
        let refused = [
            service::overview(app, &member).await.map(|_| ()).map_err(problem),
            service::state(app, &member).map(|_| ()).map_err(problem),
            service::start(app, &member).map_err(problem),
            service::stop(app, &member).map_err(problem),
        ];
        assert!(refused.iter().all(|refused| *refused == Err(Problem::Forbidden)), "{refused:?}");
        assert_eq!(app.score_check.tell(), RunState::Idle, "nothing was started");
    })
    .await;
}

#[tokio::test]
async fn a_run_goes_on_by_itself_and_there_is_one_at_a_time() {
    let fixture = Fixture::sqlite(None).await;
    let app = &fixture.app;
    let admin = admin(&fixture).await;
    let before = service::overview(app, &admin).await.expect("an overview");
    assert_eq!((&before.last, &before.state, before.calls), (&None, &RunState::Idle, None));
    let effort = Effort { answers: 10, variants: 2, repeats: 2 };
    service::check(app, effort, &Progress::default()).await.expect("a run on the command line");

    service::start(app, &admin).expect("started");
    service::start(app, &admin).expect("joined");
    assert_eq!(over(app, &admin).await, RunState::Idle);
    let after = service::overview(app, &admin).await.expect("an overview");
    let last = after.last.expect("a run");
    assert_eq!((last.answers, last.failed, last.repeats), (272, 0, 5));
    assert!(last.figures.iter().all(Figure::holds), "{:?}", last.figures);
    assert!(last.figures.iter().any(|figure| figure.drift().is_some()), "it is compared with the run before");
    assert_eq!(after.earlier.iter().map(|run| run.answers).collect::<Vec<_>>(), [10]);
    // It gives no levels, so it has no numbers to show.
    assert_eq!(after.numbers, Numbers::Unreliable);
}

#[tokio::test]
async fn a_run_that_comes_to_nothing_says_why() {
    let mut config = ModelConfig::new("scripted".to_owned());
    config.base_url = Some(testkit::upstream::nobody_listens().await.expect("a port"));
    let model = ModelInterviewer::new(config).expect("a model");
    let fixture = Fixture::sqlite(Some(Arc::new(model))).await;
    let app = &fixture.app;
    let admin = admin(&fixture).await;
    let calls = service::overview(app, &admin).await.expect("an overview").calls.expect("it costs calls");
    assert!(calls > 3000, "{calls}");
    service::start(app, &admin).expect("started");
    let reason = ModelFailure::Unreachable;
    assert_eq!(over(app, &admin).await, RunState::Failed(Problem::ModelUnavailable { reason }));
    assert!(service::overview(app, &admin).await.expect("an overview").last.is_none());
}

#[tokio::test]
async fn a_run_that_is_stopped_leaves_its_call_and_keeps_nothing() {
    let upstream = ScriptedUpstream::start().await.expect("an upstream");
    upstream.always(Reply::Hang);
    let mut config = ModelConfig::new("scripted".to_owned());
    config.base_url = Some(upstream.base_url());
    let model = ModelInterviewer::new(config).expect("a model");
    let fixture = Fixture::sqlite(Some(Arc::new(model))).await;
    let app = &fixture.app;
    let admin = admin(&fixture).await;
    service::stop(app, &admin).expect("there is nothing to stop");
    for number in 1..=2 {
        service::start(app, &admin).expect("started");
        assert!(upstream.calls_become(Duration::from_secs(10), |calls| calls.started == number).await);
        assert!(matches!(service::state(app, &admin).expect("told"), RunState::Running { .. }));
        service::stop(app, &admin).expect("stopped");
        assert_eq!(over(app, &admin).await, RunState::Idle);
        assert!(upstream.calls_become(Duration::from_secs(10), |calls| calls.aborted == number).await);
    }
    assert!(service::overview(app, &admin).await.expect("an overview").last.is_none());
}
