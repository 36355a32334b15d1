//! What somebody has been doing in public: by month, and of late.

use chrono::Datelike;
use domain::github::{Activity, MonthActivity};
use leptos::prelude::*;

use crate::time::{Moment, local_date};
use crate::ui::AtOnce;
use crate::ui::{Bar, BarChart, Plot, Tick, axis};

const HEADING: &str = "github-activity";

/// The chart of months with its table, and the latest events.
#[component]
pub fn ActivitySection(activity: Activity) -> impl IntoView {
    let events = events(&activity);
    let chart = (!activity.months.is_empty()).then(|| {
        view! {
            <p class="hint">{tr!(github.activity_hint)}</p>
            <BarChart plot=plot(&activity.months)/>
            <Months months=activity.months/>
        }
    });
    view! {
        <section aria-labelledby=HEADING>
            <h3 id=HEADING>{tr!(github.activity)}</h3>
            {chart}
            {events}
        </section>
    }
    .at_once()
}

fn month(of: &MonthActivity) -> String {
    tr!(github.month, year = of.month.year(), month = of.month.month())
}

fn plot(months: &[MonthActivity]) -> Plot {
    let highest = months.iter().map(|month| month.pushed).max().unwrap_or_default();
    let end = axis(highest.into(), 2.0);
    let bars = months.iter().map(|of| Bar {
        lower: f64::from(of.pushed) / end,
        upper: 0.0,
        label: tr!(github.say_month, month = month(of), pushed = of.pushed, begun = of.begun),
    });
    let ticks = [0.0, 0.5, 1.0].map(|share| Tick(share, format!("{:.0}", end * share)));
    Plot {
        heading: HEADING,
        bars: bars.collect(),
        ticks: ticks.into(),
        parts: vec![tr!(github.column_pushed)],
        ends: [months.first(), months.last()].map(|of| of.map(month).unwrap_or_default()),
    }
}

/// The values of the chart.
#[component]
fn Months(months: Vec<MonthActivity>) -> impl IntoView {
    let rows = months.into_iter().map(|of| {
        view! {
            <tr>
                <th scope="row">{month(&of)}</th>
                <td class="number">{of.pushed}</td>
                <td class="number">{of.begun}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <details class="values">
            <summary>{tr!(github.as_table)}</summary>
            <div class="table-frame" tabindex="0" role="region" aria-label=tr!(github.activity)>
                <table>
                    <caption>{tr!(github.months_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(github.column_month)}</th>
                            <th scope="col" class="number">{tr!(github.column_pushed)}</th>
                            <th scope="col" class="number">{tr!(github.column_begun)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .at_once()
}

/// The latest public events, as far back as GitHub tells.
fn events(activity: &Activity) -> AnyView {
    let Some(events) = activity.events else {
        return view! { <p class="note">{tr!(github.no_events_read)}</p> }.at_once();
    };
    let Some(since) = activity.events_since else {
        return view! { <p class="note">{tr!(github.no_events)}</p> }.at_once();
    };
    let kinds = [
        (tr!(github.events_pushes), events.pushes),
        (tr!(github.events_pull_requests), events.pull_requests),
        (tr!(github.events_reviews), events.reviews),
        (tr!(github.events_issues), events.issues),
        (tr!(github.events_others), events.others),
    ];
    let kinds = kinds
        .into_iter()
        .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> })
        .collect_view();
    view! {
        <p>
            {tr!(github.events, n = activity.repositories)} " (" {tr!(github.events_since)} " "
            <Moment at=local_date(since) day_only=true/> ")"
        </p>
        <dl class="events">{kinds}</dl>
    }
    .at_once()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_says_what_was_pushed_and_begun() {
        let month = MonthActivity { month: "2026-05-01".parse().expect("a day"), begun: 1, pushed: 3 };
        let plot = plot(&[month]);
        assert_eq!((plot.bars[0].lower, plot.bars[0].upper), (0.75, 0.0));
        assert_eq!(plot.bars[0].label, "2026년 5월: 마지막 푸시 3곳, 새로 시작 1곳");
        assert_eq!(plot.ends, ["2026년 5월", "2026년 5월"]);
        assert_eq!(plot.ticks[2], Tick(1.0, "4".to_owned()));
    }
}
