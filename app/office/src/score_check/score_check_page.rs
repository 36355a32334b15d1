//! The page that tells administrators how far the scorer can be believed.

use std::collections::BTreeMap;

use domain::interview::Numbers;
use domain::score_check::{BAND, Figure, Measure, RunLine, RunView, ScoreCheckView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::figures::{FigureTable, on};
use super::run_now::RunNow;
use super::server_fns::{ScoreCheckPage, score_check_overview};
use crate::layout::AdminNav;
use crate::time::{LocalTime, Moment};
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/admin/score-check`, for administrators.
pub fn score_check_page() -> AnyView {
    let page = Resource::new(|| (), |()| score_check_overview());
    loaded(page, 8, move |shown| view! { <Overview page=shown refetch=move || page.refetch()/> }.at_once())
}

#[component]
fn Overview(page: ScoreCheckPage, refetch: impl Fn() + Copy + 'static) -> impl IntoView {
    let ScoreCheckPage { check, last_at, earlier_at, criteria } = page;
    let scorer = words::interviewer(&check.scorer);
    let numbers = match check.numbers {
        Numbers::Shown => tr!(score_check.numbers_yes),
        Numbers::Unchecked | Numbers::Unreliable => tr!(score_check.numbers_no),
    };
    let why = why_numbers(&check, &criteria);
    let last = match check.last.zip(last_at) {
        Some((run, at)) => view! { <LastRun run at criteria/> }.at_once(),
        None => view! { <p class="empty">{tr!(score_check.never)}</p> }.at_once(),
    };
    let earlier = (!check.earlier.is_empty())
        .then(|| view! { <EarlierRuns runs=check.earlier.into_iter().zip(earlier_at).collect()/> });
    view! {
        <Title text=tr!(score_check.title)/>
        <div class="page score-check">
            <AdminNav/>
            <header>
                <h1>{tr!(score_check.title)}</h1>
                <p class="lead">{tr!(score_check.lead)}</p>
            </header>
            <section aria-labelledby="scorer">
                <h2 id="scorer">{tr!(score_check.scorer)}</h2>
                <dl class="score-check-facts">
                    <div><dt>{tr!(score_check.who)}</dt><dd>{scorer}</dd></div>
                    <div><dt>{tr!(score_check.version)}</dt><dd>{check.scorer.version}</dd></div>
                    <div><dt>{tr!(score_check.rubric)}</dt><dd>{check.rubric}</dd></div>
                    <div><dt>{tr!(score_check.numbers)}</dt><dd>{numbers} " " <span class="hint">{why}</span></dd></div>
                </dl>
                <RunNow state=check.state calls=check.calls refetch/>
            </section>
            <section aria-labelledby="last">
                <h2 id="last">{tr!(score_check.last)}</h2>
                {last}
            </section>
            {earlier}
        </div>
    }
    .at_once()
}

/// Why levels are shown as numbers, or are not.
fn why_numbers(check: &ScoreCheckView, criteria: &BTreeMap<String, String>) -> String {
    let below = |figure: &&Figure| {
        figure.measure == Measure::Kappa && figure.on.as_deref() != Some(BAND) && !figure.holds()
    };
    match (check.scorer.model.is_some(), check.numbers, &check.last) {
        (false, ..) => tr!(score_check.why_builtin).to_owned(),
        (true, Numbers::Shown, _) => tr!(score_check.why_shown).to_owned(),
        (true, Numbers::Unchecked, None) => tr!(score_check.why_never).to_owned(),
        (true, Numbers::Unchecked, Some(_)) => tr!(score_check.why_changed).to_owned(),
        (true, Numbers::Unreliable, last) => {
            let figures = last.iter().flat_map(|run| &run.figures);
            let names: Vec<String> = figures.filter(below).map(|figure| on(figure, criteria)).collect();
            match names.is_empty() {
                true => tr!(score_check.why_no_levels).to_owned(),
                false => tr!(score_check.why_unreliable, names = names.join(", ")),
            }
        }
    }
}

#[component]
fn LastRun(run: RunView, at: LocalTime, criteria: BTreeMap<String, String>) -> impl IntoView {
    let facts = format!("{} · {} · {}", words::interviewer(&run.scorer), run.scorer.version, run.rubric);
    let answers = tr!(score_check.answers, n = run.answers, failed = run.failed);
    view! {
        <p class="facts"><Moment at/> " · " {facts} " · " {answers}</p>
        <FigureTable run criteria/>
    }
    .at_once()
}

#[component]
fn EarlierRuns(runs: Vec<(RunLine, LocalTime)>) -> impl IntoView {
    let rows = runs.into_iter().map(|(run, at)| earlier_run(run, at)).collect_view();
    view! {
        <section aria-labelledby="earlier">
            <h2 id="earlier">{tr!(score_check.earlier)}</h2>
            <div class="table-frame" tabindex="0" role="region" aria-label=tr!(score_check.earlier)>
                <table>
                    <caption>{tr!(score_check.earlier_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(score_check.column_at)}</th>
                            <th scope="col">{tr!(score_check.who)}</th>
                            <th scope="col">{tr!(score_check.column_versions)}</th>
                            <th scope="col" class="number">{tr!(score_check.column_answers)}</th>
                            <th scope="col" class="number">{tr!(score_check.column_failed)}</th>
                            <th scope="col" class="number">{tr!(score_check.column_band)}</th>
                            <th scope="col" class="number">{tr!(score_check.column_missed)}</th>
                            <th scope="col">{tr!(score_check.numbers)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .at_once()
}

fn earlier_run(run: RunLine, at: LocalTime) -> AnyView {
    let kappa = run.band_kappa.map_or_else(String::new, |kappa| format!("{kappa:.3}"));
    let numbers = if run.shows_numbers { tr!(score_check.numbers_yes) } else { tr!(score_check.numbers_no) };
    view! {
        <tr>
            <td><Moment at/></td>
            <td>{words::interviewer(&run.scorer)}</td>
            <td>{run.scorer.version} ", " {run.rubric}</td>
            <td class="number">{run.answers}</td>
            <td class="number">{run.failed}</td>
            <td class="number">{kappa}</td>
            <td class="number">{run.missed}</td>
            <td>{numbers}</td>
        </tr>
    }
    .at_once()
}
