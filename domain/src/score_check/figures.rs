//! The figures of a run, and what is asked of each.

use super::{BAND, Figure, KAPPA_MIN, Measure, ScoreCheck, Target};

/// Every figure of a run, beside the same one of the run before.
pub fn figures(check: &ScoreCheck, before: Option<&ScoreCheck>) -> Vec<Figure> {
    let earlier = before.map(of).unwrap_or_default();
    let mut figures = of(check);
    for figure in &mut figures {
        let same = |other: &&Figure| other.measure == figure.measure && other.on == figure.on;
        figure.before = earlier.iter().find(same).map(|other| other.value);
    }
    figures
}

/// The agreement with the graders on the band.
pub fn band_kappa(check: &ScoreCheck) -> Option<f64> {
    check.agreements.iter().find(|agreement| agreement.on == BAND).map(|agreement| agreement.kappa)
}

fn of(check: &ScoreCheck) -> Vec<Figure> {
    use Target::{AtLeast, AtMost};
    let figure = |measure, value, target| Figure { measure, on: None, value, target, before: None };
    let mut figures = vec![
        figure(Measure::PointPrecision, check.points.precision, Some(AtLeast(0.9))),
        figure(Measure::PointRecall, check.points.recall, Some(AtLeast(0.7))),
        figure(Measure::PointRecallWithPartly, check.points.recall_with_partly, None),
    ];
    for agreement in &check.agreements {
        let on = |figure: Figure| Figure { on: Some(agreement.on.clone()), ..figure };
        figures.push(on(figure(Measure::Kappa, agreement.kappa, Some(AtLeast(KAPPA_MIN)))));
        figures.push(on(figure(Measure::KappaOfGraders, agreement.graders, None)));
    }
    let repeats = &check.repeats;
    let identical =
        if repeats.answers == 0 { 1.0 } else { f64::from(repeats.identical) / f64::from(repeats.answers) };
    let by_rules = check.scorer.model.is_none();
    figures.extend([
        figure(Measure::WrongQuestion, check.wrong_question_credit, Some(AtMost(0.02))),
        figure(Measure::QuestionEcho, check.question_echo_credit, Some(AtMost(0.0))),
        figure(Measure::Padding, check.padding.mean, Some(AtMost(0.02))),
        figure(Measure::PaddingRise, check.padding.largest_rise, None),
        figure(Measure::Orders, check.injection.mean, Some(AtMost(0.02))),
        figure(Measure::OrdersRise, check.injection.largest_rise, None),
        figure(Measure::LanguageSwitch, check.language_switch.mean, None),
        figure(Measure::Repeatability, identical, by_rules.then_some(AtLeast(1.0))),
    ]);
    figures
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::{InterviewerKind, InterviewerLabel};
    use crate::score_check::{Agreement, Change, PointAgreement, Repeats};

    fn check(kappa: f64) -> ScoreCheck {
        let agreement = |on: &str| Agreement { on: on.to_owned(), kappa, graders: 1.0, answers: 8 };
        ScoreCheck {
            scorer: InterviewerLabel {
                kind: InterviewerKind::Builtin,
                model: None,
                version: "rules/1".to_owned(),
            },
            rubric: "rubric/1".to_owned(),
            answers: 8,
            failed: 0,
            points: PointAgreement { precision: 1.0, recall: 1.0, ..PointAgreement::default() },
            agreements: vec![agreement(BAND), agreement("depth")],
            wrong_question_credit: 0.0,
            question_echo_credit: 0.0,
            padding: Change::default(),
            injection: Change { mean: 0.5, ..Change::default() },
            language_switch: Change::default(),
            repeats: Repeats { runs: 5, answers: 8, identical: 8 },
        }
    }

    #[test]
    fn each_figure_stands_beside_the_same_one_of_the_run_before() {
        let figures = figures(&check(0.7), Some(&check(0.5)));
        let drift = |on: &str| {
            let found =
                |figure: &&Figure| figure.measure == Measure::Kappa && figure.on.as_deref() == Some(on);
            figures.iter().find(found).and_then(Figure::drift).expect("a drift")
        };
        assert!((drift(BAND) - 0.2).abs() < 1e-9 && (drift("depth") - 0.2).abs() < 1e-9);
        assert_eq!(super::figures(&check(0.7), None)[0].drift(), None);
    }

    #[test]
    fn what_misses_its_target_is_known() {
        let missed = |check: &ScoreCheck| -> Vec<Measure> {
            let figures = figures(check, None);
            figures.iter().filter(|figure| !figure.holds()).map(|figure| figure.measure).collect()
        };
        assert_eq!(missed(&check(0.7)), [Measure::Orders]);
        assert_eq!(missed(&check(0.3)), [Measure::Kappa, Measure::Kappa, Measure::Orders]);
    }
}
