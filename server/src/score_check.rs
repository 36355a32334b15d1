//! The command that tells how far the scorer can be believed.

use anyhow::bail;
use domain::score_check::{Effort, Figure, Measure, Progress, Target, figures, service};
use domain::{App, Error};

use crate::config::ScoreCheckCommand;

/// Runs the check and prints what came of it. False when the scorer should not be trusted.
///
/// # Errors
/// With one line that says what is wrong.
pub async fn run(app: &App, command: &ScoreCheckCommand) -> anyhow::Result<bool> {
    let before = service::last(app, &app.interviewer().label()).await.map_err(explain)?;
    let effort = Effort {
        answers: usize::try_from(command.answers)?,
        variants: usize::try_from(command.variants)?,
        ..Effort::ALL
    };
    let check = service::check(app, effort, &Progress::default()).await.map_err(explain)?;
    if check.answers == 0 {
        bail!("the bank has none of the questions of the golden set");
    }
    let figures = figures(&check, before.as_ref().map(|before| &before.check));
    if command.json {
        println!("{}", serde_json::to_string_pretty(&check)?);
    } else {
        let scorer = check.scorer.model.as_deref().unwrap_or("built-in");
        println!(
            "{scorer}, {}, {}: {} answers, {} failed",
            check.scorer.version, check.rubric, check.answers, check.failed
        );
        if before.is_none() {
            println!("no run before this one to compare with");
        }
        println!("{:<42}{:>9}{:>10}{:>9}  wanted", "", "now", "before", "drift");
        for figure in &figures {
            let then = figure.before.map_or_else(String::new, |before| format!("{before:.3}"));
            let drift = figure.drift().map_or_else(String::new, |drift| format!("{drift:+.3}"));
            let name = name(figure, check.repeats.runs);
            println!("{name:<42}{:>9.3}{then:>10}{drift:>9}  {}", figure.value, verdict(figure));
        }
    }
    Ok(figures.iter().all(Figure::holds))
}

/// What a figure is called in the table.
fn name(figure: &Figure, repeats: u32) -> String {
    let on = figure.on.as_deref().unwrap_or_default();
    match figure.measure {
        Measure::PointPrecision => "key points: precision".to_owned(),
        Measure::PointRecall => "key points: recall".to_owned(),
        Measure::PointRecallWithPartly => "key points: recall, partly is enough".to_owned(),
        Measure::Kappa => format!("kappa: {on}"),
        Measure::KappaOfGraders => format!("kappa: {on}, among the graders"),
        Measure::WrongQuestion => "credit for answers to other questions".to_owned(),
        Measure::QuestionEcho => "credit for repeating the question".to_owned(),
        Measure::Padding => "padding: mean change of credit".to_owned(),
        Measure::PaddingRise => "padding: largest rise".to_owned(),
        Measure::Orders => "an order to the grader: mean change".to_owned(),
        Measure::OrdersRise => "an order to the grader: largest rise".to_owned(),
        Measure::LanguageSwitch => "other language: mean difference".to_owned(),
        Measure::Repeatability => format!("the same in all of {repeats} runs"),
    }
}

fn verdict(figure: &Figure) -> String {
    let wanted = match figure.target {
        Some(Target::AtLeast(least)) => format!(">= {least}"),
        Some(Target::AtMost(most)) => format!("<= {most}"),
        None => return String::new(),
    };
    if figure.holds() { wanted } else { format!("{wanted}  MISSED") }
}

fn explain(error: Error) -> anyhow::Error {
    match error {
        Error::Problem(problem) => anyhow::anyhow!("{problem}"),
        Error::Internal(error) => error,
    }
}
