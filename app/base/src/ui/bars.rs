//! A chart of days: a bar for each, of one or two parts that stand on each other.
//!
//! As in the chart of results there is no `viewBox`: places are shares of the picture and sizes are pixels. The chart is one stop of
//! the Tab key; the arrow keys go from day to day.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::AtOnce;

/// Share of a day's width that its bar takes.
const BAR: f64 = 0.72;

/// A day.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Shares of the height of the chart.
    pub lower: f64,
    pub upper: f64,
    /// What it says, with its day.
    pub label: String,
}

/// A line across the chart: its share of the height, and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick(pub f64, pub String);

/// What the days are drawn as.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// The id of the heading that names it.
    pub heading: &'static str,
    /// At least one, the oldest first.
    pub bars: Vec<Bar>,
    pub ticks: Vec<Tick>,
    /// What the parts of a bar are, the lower one first.
    pub parts: Vec<&'static str>,
    /// The first and the last day.
    pub ends: [String; 2],
}

/// The chart. Below it stands what the day says that somebody looked at last.
#[component]
pub fn BarChart(plot: Plot) -> impl IntoView {
    let Plot { heading, bars, ticks, parts, ends } = plot;
    let count = bars.len();
    let shown = RwSignal::new(count.saturating_sub(1));
    let columns = bars.iter().enumerate().map(|(place, bar)| column(bar, place, count, shown)).collect_view();
    let grid = ticks.iter().map(|Tick(share, _)| {
        let y = percent(1.0 - share);
        view! { <line class="grid" x1="0" y1=y.clone() x2="100%" y2=y/> }
    });
    let grid = grid.collect_view();
    let names = ticks.into_iter().map(|Tick(share, name)| {
        view! { <text x="100%" y=percent(1.0 - share) dy="0.32em" text-anchor="end">{name}</text> }
    });
    let names = names.collect_view();
    let legend = (parts.len() > 1).then(|| {
        let classes = ["lower", "upper"];
        let parts = parts.into_iter().zip(classes);
        let parts = parts.map(|(name, class)| view! { <li class=class>{name}</li> }).collect_view();
        view! { <ul class="bars-legend">{parts}</ul> }
    });
    let [first, last] = ends;
    let labels = StoredValue::new(bars.into_iter().map(|bar| bar.label).collect::<Vec<_>>());
    view! {
        <figure class="bars">
            {legend}
            <svg class="bars-ticks" aria-hidden="true">{names}</svg>
            <svg class="bars-plot" role="group" aria-labelledby=heading>
                {grid}
                {columns}
            </svg>
            <p class="chart-days" aria-hidden="true"><span>{first}</span><span>{last}</span></p>
            <figcaption class="readout">
                {move || labels.with_value(|labels| labels.get(shown.get()).cloned())}
            </figcaption>
        </figure>
    }
    .at_once()
}

fn column(bar: &Bar, place: usize, count: usize, shown: RwSignal<usize>) -> impl IntoView + use<> {
    let width = 1.0 / count.max(1) as f64;
    let left = place as f64 * width;
    let x = percent(left + width * (1.0 - BAR) / 2.0);
    let lower = bar.lower.clamp(0.0, 1.0);
    let upper = bar.upper.clamp(0.0, 1.0 - lower);
    view! {
        <g
            class="day"
            class:shown=move || shown.get() == place
            data-place=place.to_string()
            tabindex=move || if shown.get() == place { "0" } else { "-1" }
            role="img"
            aria-label=bar.label.clone()
            on:focus=move |_| shown.set(place)
            on:pointerenter=move |_| shown.set(place)
            on:keydown=move |event| go(&event, place, count)
        >
            <rect class="reach" x=percent(left) y="0" width=percent(width) height="100%"/>
            <rect class="lower" x=x.clone() y=percent(1.0 - lower) width=percent(width * BAR) height=percent(lower)/>
            <rect class="upper" x=x y=percent(1.0 - lower - upper) width=percent(width * BAR) height=percent(upper)/>
        </g>
    }
}

/// Goes to another day by the keys for that.
fn go(event: &KeyboardEvent, place: usize, count: usize) {
    let to = match event.key().as_str() {
        "ArrowLeft" => place.saturating_sub(1),
        "ArrowRight" => (place + 1).min(count.saturating_sub(1)),
        "Home" => 0,
        "End" => count.saturating_sub(1),
        _ => return,
    };
    event.prevent_default();
    let target = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let chart = target.and_then(|element| element.closest("svg").ok().flatten());
    let other =
        chart.and_then(|chart| chart.query_selector(&format!("[data-place=\"{to}\"]")).ok().flatten());
    if let Some(other) = other {
        // An SVG element takes the focus as an HTML element does.
        let _ = other.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// The end of an axis that holds a value, and the half of it: round numbers, both of them.
pub fn axis(highest: f64, least: f64) -> f64 {
    let highest = highest.max(least);
    let mut ten = least / 2.0;
    loop {
        if let Some(end) =
            [2.0, 4.0, 6.0, 8.0, 10.0].map(|step| step * ten).into_iter().find(|end| *end >= highest)
        {
            return end;
        }
        ten *= 10.0;
        if !ten.is_finite() {
            return highest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number() {
        let check = |highest, expected| assert_eq!(axis(highest, 2.0), expected, "{highest}");
        check(0.0, 2.0);
        check(2.0, 2.0);
        check(3.0, 4.0);
        check(11.0, 20.0);
        check(61.0, 80.0);
        check(100.0, 100.0);
        check(1_234_567.0, 2_000_000.0);
        assert!((axis(0.013, 0.0002) - 0.02).abs() < 1e-9);
        assert_eq!(axis(f64::INFINITY, 2.0), f64::INFINITY);
    }
}
