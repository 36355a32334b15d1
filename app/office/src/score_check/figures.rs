//! The figures of a run as a table.

use std::collections::BTreeMap;

use domain::score_check::{BAND, Figure, Measure, RunView, Target};
use leptos::prelude::*;

use crate::ui::AtOnce;

/// What a kappa is about, in words.
pub fn on(figure: &Figure, criteria: &BTreeMap<String, String>) -> String {
    match figure.on.as_deref() {
        Some(BAND) => tr!(score_check.band).to_owned(),
        Some(id) => criteria.get(id).cloned().unwrap_or_else(|| id.to_owned()),
        None => String::new(),
    }
}

fn name(figure: &Figure, criteria: &BTreeMap<String, String>, repeats: u32) -> String {
    match figure.measure {
        Measure::PointPrecision => tr!(score_check.point_precision).to_owned(),
        Measure::PointRecall => tr!(score_check.point_recall).to_owned(),
        Measure::PointRecallWithPartly => tr!(score_check.point_recall_with_partly).to_owned(),
        Measure::Kappa => tr!(score_check.kappa, on = on(figure, criteria)),
        Measure::KappaOfGraders => tr!(score_check.kappa_of_graders, on = on(figure, criteria)),
        Measure::WrongQuestion => tr!(score_check.wrong_question).to_owned(),
        Measure::QuestionEcho => tr!(score_check.question_echo).to_owned(),
        Measure::Padding => tr!(score_check.padding).to_owned(),
        Measure::PaddingRise => tr!(score_check.padding_rise).to_owned(),
        Measure::Orders => tr!(score_check.orders).to_owned(),
        Measure::OrdersRise => tr!(score_check.orders_rise).to_owned(),
        Measure::LanguageSwitch => tr!(score_check.language_switch).to_owned(),
        Measure::Repeatability => tr!(score_check.repeatability, n = repeats),
    }
}

fn target(target: Target) -> String {
    match target {
        Target::AtLeast(least) => tr!(score_check.at_least, n = least),
        Target::AtMost(most) => tr!(score_check.at_most, n = most),
    }
}

/// Every figure with its target, whether it is met, and how far it moved.
#[component]
pub fn FigureTable(run: RunView, criteria: BTreeMap<String, String>) -> impl IntoView {
    let rows = run.figures.iter().map(|figure| row(figure, &criteria, run.repeats)).collect_view();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(score_check.last)>
            <table>
                <caption>{tr!(score_check.figures_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(score_check.column_figure)}</th>
                        <th scope="col" class="number">{tr!(score_check.column_value)}</th>
                        <th scope="col">{tr!(score_check.column_target)}</th>
                        <th scope="col">{tr!(score_check.column_met)}</th>
                        <th scope="col" class="number">{tr!(score_check.column_drift)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .at_once()
}

fn row(figure: &Figure, criteria: &BTreeMap<String, String>, repeats: u32) -> AnyView {
    let holds = figure.holds();
    let met = match (figure.target, holds) {
        (None, _) => "",
        (Some(_), true) => tr!(score_check.met),
        (Some(_), false) => tr!(score_check.missed),
    };
    let drift = figure.drift().map_or_else(String::new, |drift| format!("{drift:+.3}"));
    view! {
        <tr>
            <th scope="row">{name(figure, criteria, repeats)}</th>
            <td class="number">{format!("{:.3}", figure.value)}</td>
            <td>{figure.target.map(target)}</td>
            <td class:wrong=!holds>{met}</td>
            <td class="number">{drift}</td>
        </tr>
    }
    .at_once()
}
