//! The command that tells how far the scorer can be believed.

use anyhow::bail;
use domain::score_check::{Effort, KAPPA_MIN, ScoreCheck, service};
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
    let check = service::check(app, effort).await.map_err(explain)?;
    if check.answers == 0 {
        bail!("the bank has none of the questions of the golden set");
    }
    if command.json {
        println!("{}", serde_json::to_string_pretty(&check)?);
    } else {
        let scorer = check.scorer.model.as_deref().unwrap_or("built-in");
        println!(
            "{scorer}, {}, {}: {} answers, {} failed",
            check.scorer.version, check.rubric, check.answers, check.failed
        );
        let before = before.as_ref().map(|before| figures(&before.check));
        if before.is_none() {
            println!("no run before this one to compare with");
        }
        println!("{:<42}{:>9}{:>10}{:>9}  wanted", "", "now", "before", "drift");
        for figure in figures(&check) {
            let earlier = before.iter().flatten().find(|earlier| earlier.name == figure.name);
            let (then, drift) = match earlier {
                Some(earlier) => {
                    (format!("{:.3}", earlier.value), format!("{:+.3}", figure.value - earlier.value))
                }
                None => (String::new(), String::new()),
            };
            println!("{:<42}{:>9.3}{then:>10}{drift:>9}  {}", figure.name, figure.value, figure.verdict());
        }
    }
    Ok(figures(&check).iter().all(Figure::holds))
}

/// One line of the table.
struct Figure {
    name: String,
    value: f64,
    wanted: Wanted,
}

enum Wanted {
    AtLeast(f64),
    AtMost(f64),
    /// It is told, not asked for.
    Nothing,
}

impl Figure {
    fn new(name: impl Into<String>, value: f64, wanted: Wanted) -> Self {
        Self { name: name.into(), value, wanted }
    }

    fn holds(&self) -> bool {
        match self.wanted {
            Wanted::AtLeast(least) => self.value >= least,
            Wanted::AtMost(most) => self.value <= most,
            Wanted::Nothing => true,
        }
    }

    fn verdict(&self) -> String {
        let wanted = match self.wanted {
            Wanted::AtLeast(least) => format!(">= {least}"),
            Wanted::AtMost(most) => format!("<= {most}"),
            Wanted::Nothing => return String::new(),
        };
        if self.holds() { wanted } else { format!("{wanted}  MISSED") }
    }
}

fn figures(check: &ScoreCheck) -> Vec<Figure> {
    use Wanted::{AtLeast, AtMost, Nothing};
    let mut figures = vec![
        Figure::new("key points: precision", check.points.precision, AtLeast(0.9)),
        Figure::new("key points: recall", check.points.recall, AtLeast(0.7)),
        Figure::new("key points: recall, partly is enough", check.points.recall_with_partly, Nothing),
    ];
    for agreement in &check.agreements {
        figures.push(Figure::new(format!("kappa: {}", agreement.on), agreement.kappa, AtLeast(KAPPA_MIN)));
        figures.push(Figure::new(
            format!("kappa: {}, among the graders", agreement.on),
            agreement.graders,
            Nothing,
        ));
    }
    let repeats = &check.repeats;
    let identical =
        if repeats.answers == 0 { 1.0 } else { f64::from(repeats.identical) / f64::from(repeats.answers) };
    let by_rules = check.scorer.model.is_none();
    figures.extend([
        Figure::new("credit for answers to other questions", check.wrong_question_credit, AtMost(0.02)),
        Figure::new("credit for repeating the question", check.question_echo_credit, AtMost(0.0)),
        Figure::new("padding: mean change of credit", check.padding.mean, AtMost(0.02)),
        Figure::new("padding: largest rise", check.padding.largest_rise, Nothing),
        Figure::new("an order to the grader: mean change", check.injection.mean, AtMost(0.02)),
        Figure::new("an order to the grader: largest rise", check.injection.largest_rise, Nothing),
        Figure::new("other language: mean difference", check.language_switch.mean, Nothing),
        Figure::new(
            format!("the same in all of {} runs", repeats.runs),
            identical,
            if by_rules { AtLeast(1.0) } else { Nothing },
        ),
    ]);
    figures
}

fn explain(error: Error) -> anyhow::Error {
    match error {
        Error::Problem(problem) => anyhow::anyhow!("{problem}"),
        Error::Internal(error) => error,
    }
}
