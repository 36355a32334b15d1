//! Results over time: which ones, as a chart and as a table.

use domain::progress::{ScorePoint, Scores};
use domain::questions::Field;
use leptos::prelude::*;
use leptos_router::location::Url;

use super::chart::Chart;
use crate::addresses::setup_address;
use crate::language::language;
use crate::time::{Moment, local_date};
use crate::ui::{AtOnce, BandBadge};
use crate::words;

/// Where the chart's values stand as text.
const TABLE: &str = "score-table";
/// So many points are passed with the Tab key without complaint; with more there is a way around them.
const EASILY_PASSED: usize = 10;

#[component]
pub fn ScoresSection(scores: Scores) -> impl IntoView {
    let choice = choice(&scores);
    let Scores { field, topic, points, .. } = scores;
    let body = if points.is_empty() {
        let text = if field.is_some() { tr!(progress.empty_choice) } else { tr!(progress.empty) };
        let new = setup_address(field, topic.as_deref());
        view! {
            <div class="empty">
                <p>{text}</p>
                <p><a class="button" href=new>{tr!(progress.start)}</a></p>
            </div>
        }
        .at_once()
    } else {
        let single = (points.len() == 1).then(|| view! { <p class="note">{tr!(progress.one_point)}</p> });
        let around = (points.len() > EASILY_PASSED).then(|| {
            // An ordinary link: the browser moves the place from which Tab goes on.
            view! { <a class="pass-by" rel="external" href=format!("#{TABLE}")>{tr!(progress.to_table)}</a> }
        });
        view! {
            <p class="hint">{tr!(progress.scores_hint)}</p>
            {around}
            <Chart points=points.clone()/>
            {single}
            <Table points/>
        }
        .at_once()
    };
    view! {
        <section class="scores" aria-labelledby="scores">
            <h2 id="scores">{tr!(progress.scores)}</h2>
            {choice}
            {body}
        </section>
    }
    .at_once()
}

/// Links to the fields, and to the topics of the chosen one.
fn choice(scores: &Scores) -> impl IntoView + use<> {
    let fields: Vec<_> = [(None, tr!(progress.all_fields))]
        .into_iter()
        .chain(scores.fields.iter().map(|field| (Some(*field), words::field(*field))))
        .map(|(field, name)| pick(address(field, None), name.to_owned(), field == scores.field))
        .collect();
    let topics: Vec<_> = [(None, tr!(progress.all_topics))]
        .into_iter()
        .chain(scores.topics.iter().map(|topic| (Some(topic.id.as_str()), topic.name(language()))))
        .map(|(topic, name)| {
            pick(address(scores.field, topic), name.to_owned(), topic == scores.topic.as_deref())
        })
        .collect();
    let topics = (topics.len() > 1).then(|| picks(tr!(progress.topic), topics));
    let fields = (!scores.fields.is_empty()).then(|| picks(tr!(progress.field), fields));
    view! {
        {fields}
        {topics}
    }
}

fn picks(name: &'static str, picks: Vec<AnyView>) -> impl IntoView {
    view! { <nav aria-label=name><ul class="picks">{picks}</ul></nav> }
}

fn pick(href: String, name: String, chosen: bool) -> AnyView {
    // The page stays where it is: only the chart below changes.
    view! { <li><a href=href data-noscroll="" aria-current=chosen.then_some("true")>{name}</a></li> }
        .at_once()
}

/// The address of the scores of a field and one of its topics.
fn address(field: Option<Field>, topic: Option<&str>) -> String {
    match (field, topic) {
        (None, _) => "/progress".to_owned(),
        (Some(field), None) => format!("/progress?field={field}"),
        (Some(field), Some(topic)) => format!("/progress?field={field}&topic={}", Url::escape(topic)),
    }
}

/// The values of the chart.
#[component]
fn Table(points: Vec<ScorePoint>) -> impl IntoView {
    let rows = points.into_iter().map(row).collect_view();
    view! {
        <details id=TABLE class="values">
            <summary>{tr!(progress.as_table)}</summary>
            <div class="table-frame">
                <table>
                    <caption>{tr!(progress.table_caption)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{tr!(progress.column_day)}</th>
                            <th scope="col">{tr!(progress.column_mean)}</th>
                            <th scope="col">{tr!(progress.column_worst)}</th>
                            <th scope="col">{tr!(progress.column_best)}</th>
                            <th scope="col" class="number">{tr!(progress.column_questions)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .at_once()
}

fn row(point: ScorePoint) -> impl IntoView {
    let report = format!("/interviews/{}/report", point.interview_id);
    view! {
        <tr>
            <td><a href=report><Moment at=local_date(point.day) day_only=true/></a></td>
            <td><BandBadge band=point.band/></td>
            <td>{words::band(point.worst)}</td>
            <td>{words::band(point.best)}</td>
            <td class="number">{point.questions}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_is_shown() {
        assert_eq!(address(None, Some("os")), "/progress");
        assert_eq!(address(Some(Field::Cs), None), "/progress?field=cs");
        assert_eq!(address(Some(Field::Cs), Some("os")), "/progress?field=cs&topic=os");
    }
}
