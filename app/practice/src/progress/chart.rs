//! Results over time as a picture: a dot for each interview, with its spread.
//!
//! There is no `viewBox`. Places are shares of the picture and sizes are pixels, so that it is as wide as the page and neither its dots
//! nor its letters shrink with it.

use domain::interview::Band;
use domain::progress::ScorePoint;
use leptos::prelude::*;

use crate::time::local_date;
use crate::ui::AtOnce;
use crate::words;

/// The best band above. Each has a quarter of the height.
const BANDS: [Band; 4] = [Band::Full, Band::Mostly, Band::Some, Band::Practise];
/// Room on both sides, in percent, so that no dot is cut off.
const MARGIN: f32 = 4.0;

/// The chart of at least one point, oldest first. Below it stands what the last point says that somebody looked at.
#[component]
pub fn Chart(points: Vec<ScorePoint>) -> impl IntoView {
    let count = points.len();
    let shown = RwSignal::new(count.saturating_sub(1));
    let days: Vec<String> = points.iter().map(|point| local_date(point.day).day_of_year()).collect();
    let last = (count > 1).then(|| days.last().cloned());
    let lines = points.windows(2).enumerate().map(|(index, pair)| {
        let (x1, x2) = (across(index, count), across(index + 1, count));
        let (y1, y2) = (height(pair[0].mean), height(pair[1].mean));
        view! { <line class="trend" x1=x1 y1=y1 x2=x2 y2=y2/> }
    });
    let lines = lines.collect_view();
    let dots = points.iter().enumerate().map(|(index, point)| dot(point, index, count, shown)).collect_view();
    let grid = BANDS.iter().map(|band| {
        let y = height(rank(*band));
        view! { <line class="grid" x1="0" y1=y.clone() x2="100%" y2=y/> }
    });
    let grid = grid.collect_view();
    let bands = BANDS.iter().map(|band| view! { <li>{words::band(*band)}</li> }).collect_view();
    view! {
        <figure class="chart">
            <ul class="chart-bands" aria-hidden="true">{bands}</ul>
            <svg role="group" aria-labelledby="scores">
                {grid}
                {lines}
                {dots}
            </svg>
            <p class="chart-days" aria-hidden="true">
                <span>{days.first().cloned()}</span>
                <span>{last}</span>
            </p>
            <Readout points shown/>
        </figure>
    }
    .at_once()
}

/// What the point says that is looked at, and the way to its report.
#[component]
fn Readout(points: Vec<ScorePoint>, shown: RwSignal<usize>) -> impl IntoView {
    let points = StoredValue::new(points);
    let of_shown =
        move |what: fn(&ScorePoint) -> String| points.with_value(|points| points.get(shown.get()).map(what));
    view! {
        <figcaption class="readout">
            {move || of_shown(label)} " "
            <a href=move || of_shown(|point| format!("/interviews/{}/report", point.interview_id))>
                {tr!(progress.to_report)}
            </a>
        </figcaption>
    }
    .at_once()
}

/// A point: the spread from its worst to its best question, and the mean on it.
fn dot(point: &ScorePoint, index: usize, count: usize, shown: RwSignal<usize>) -> impl IntoView + use<> {
    let x = across(index, count);
    let y = height(point.mean);
    let (worst, best) = (height(rank(point.worst)), height(rank(point.best)));
    view! {
        <g
            class="point"
            class:shown=move || shown.get() == index
            tabindex="0"
            role="img"
            aria-label=label(point)
            on:focus=move |_| shown.set(index)
            on:pointerenter=move |_| shown.set(index)
        >
            <line class="spread" x1=x.clone() y1=worst x2=x.clone() y2=best/>
            <circle class="reach" cx=x.clone() cy=y.clone() r="12"/>
            <circle class="mean" cx=x cy=y r="5"/>
        </g>
    }
}

/// What a point says.
fn label(point: &ScorePoint) -> String {
    let date = local_date(point.day).date();
    let band = words::band(point.band);
    if point.worst == point.best {
        return tr!(progress.point_even, date = date, band = band, n = point.questions);
    }
    let (worst, best) = (words::band(point.worst), words::band(point.best));
    tr!(progress.point, date = date, band = band, n = point.questions, worst = worst, best = best)
}

/// Where a point stands from left to right: each interview is one step. A single one stands in the middle.
fn across(index: usize, count: usize) -> String {
    let share = if count > 1 { index as f32 / (count - 1) as f32 } else { 0.5 };
    percent(MARGIN + share * (100.0 - 2.0 * MARGIN))
}

/// Where a rank stands from top to bottom: in the middle of its band.
fn height(rank: f32) -> String {
    let highest = (BANDS.len() - 1) as f32;
    percent((highest - rank + 0.5) * 100.0 / BANDS.len() as f32)
}

fn rank(band: Band) -> f32 {
    band.rank() as f32
}

fn percent(share: f32) -> String {
    format!("{share:.2}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_shares_of_the_picture() {
        assert_eq!((across(0, 1), across(0, 3), across(1, 3), across(2, 3)), shares(["50", "4", "50", "96"]));
        assert_eq!(
            (height(3.0), height(2.0), height(1.5), height(0.0)),
            shares(["12.5", "37.5", "50", "87.5"])
        );
    }

    fn shares(numbers: [&str; 4]) -> (String, String, String, String) {
        let [a, b, c, d] = numbers.map(|number| percent(number.parse().expect("a number")));
        (a, b, c, d)
    }

    #[test]
    fn a_point_says_its_day_its_mean_and_its_spread() {
        let point = ScorePoint {
            interview_id: uuid::Uuid::nil(),
            day: "2026-11-20".parse().expect("a day"),
            mean: 2.2,
            band: Band::Mostly,
            worst: Band::Some,
            best: Band::Full,
            questions: 5,
        };
        let say = "2026년 11월 20일 (금), 대체로 설명 (질문 5개, 일부 설명에서 설명 충분까지)";
        assert_eq!(label(&point), say);
        let even = ScorePoint { worst: Band::Mostly, best: Band::Mostly, questions: 1, ..point };
        assert_eq!(label(&even), "2026년 11월 20일 (금), 대체로 설명 (질문 1개)");
    }
}
