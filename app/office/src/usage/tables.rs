//! The figures as tables: by model and purpose, and the values of the charts.

use domain::usage::{DayUsage, Figures, GroupUsage};
use leptos::prelude::*;

use super::texts::{cost, failures, number, purpose, within};
use crate::time::{Moment, local_date};
use crate::ui::AtOnce;

/// What each model was called for, with all of it in the last row.
#[component]
pub fn Groups(groups: Vec<GroupUsage>, total: Figures) -> impl IntoView {
    let rows = groups.into_iter().map(|group| {
        view! {
            <tr>
                <th scope="row">{group.model}</th>
                <td>{purpose(group.purpose)}</td>
                {cells(&group.figures)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(usage.by_purpose)>
            <table>
                <caption>{tr!(usage.by_purpose_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(usage.column_model)}</th>
                        <th scope="col">{tr!(usage.column_purpose)}</th>
                        {heads()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">{tr!(usage.total)}</th>
                        {cells(&total)}
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .at_once()
}

/// The values of the charts.
#[component]
pub fn Days(days: Vec<DayUsage>) -> impl IntoView {
    let rows = days.into_iter().map(|day| {
        view! {
            <tr>
                <th scope="row"><Moment at=local_date(day.day) day_only=true/></th>
                {cells(&day.figures)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="values">
            <summary>{tr!(usage.as_table)}</summary>
            <div class="table-frame" tabindex="0" role="region" aria-label=tr!(usage.days_caption)>
                <table>
                    <caption>{tr!(usage.days_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(usage.column_day)}</th>
                            {heads()}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .at_once()
}

/// The columns that both tables have.
fn heads() -> AnyView {
    view! {
        <th scope="col" class="number">{tr!(usage.calls)}</th>
        <th scope="col">{tr!(usage.column_failures)}</th>
        <th scope="col" class="number">{tr!(usage.column_cancelled)}</th>
        <th scope="col" class="number">{tr!(usage.column_repairs)}</th>
        <th scope="col" class="number">{tr!(usage.part_sent)}</th>
        <th scope="col" class="number">{tr!(usage.part_said)}</th>
        <th scope="col" class="number">{tr!(usage.column_estimated)}</th>
        <th scope="col">{tr!(usage.column_time)}</th>
        <th scope="col">{tr!(usage.column_first_word)}</th>
        <th scope="col">{tr!(usage.cost)}</th>
    }
    .at_once()
}

fn cells(figures: &Figures) -> AnyView {
    let answers = format!("{} / {}", within(figures.answer_half), within(figures.answer_most));
    let first_words = format!("{} / {}", within(figures.first_word_half), within(figures.first_word_most));
    view! {
        <td class="number">{number(figures.calls)}</td>
        <td class:wrong=(figures.failures.all() > 0)>{failures(&figures.failures)}</td>
        <td class="number">{number(figures.cancelled)}</td>
        <td class="number">{number(figures.repairs)}</td>
        <td class="number">{number(figures.prompt_tokens)}</td>
        <td class="number">{number(figures.completion_tokens)}</td>
        <td class="number">{number(figures.estimated_tokens)}</td>
        <td>{answers}</td>
        <td>{first_words}</td>
        <td>{cost(&figures.cost)}</td>
    }
    .at_once()
}
