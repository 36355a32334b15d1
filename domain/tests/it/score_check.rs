//! The built-in scorer on the golden set.

use domain::interview::{BuiltinInterviewer, InterviewerLabel};
use domain::questions::Bank;
use domain::score_check::{Effort, ScoreCheck, golden_set, run, service};
use testkit::each_database;

async fn of_builtin(variants: usize) -> ScoreCheck {
    let (bank, golden) = (Bank::load(None).expect("the bank"), golden_set().expect("the golden set"));
    let effort = Effort { variants, ..Effort::ALL };
    run(&BuiltinInterviewer::new(false), &bank, &golden, effort).await.expect("it needs no model")
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
        let check = service::check(app, effort).await.expect("a check");
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
