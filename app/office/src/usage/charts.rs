//! Calls, tokens, time and cost by day, as charts.

use domain::usage::{DayUsage, Figures, STEPS_MS, Within};
use leptos::prelude::*;

use super::texts::{cost, dollars, failures, number, seconds, tokens, within};
use crate::time::local_date;
use crate::ui::AtOnce;
use crate::ui::{Bar, BarChart, Plot, Tick, axis};

/// Every chart with its heading.
#[component]
pub fn Charts(days: Vec<DayUsage>) -> impl IntoView {
    let has_cost = days.iter().any(|day| day.figures.cost.dollars.is_some());
    let cost = match has_cost {
        true => view! { <BarChart plot=costs(&days)/> }.at_once(),
        false => view! { <p class="note">{tr!(usage.prices_hint)}</p> }.at_once(),
    };
    let is_partly_priced = has_cost && days.iter().any(|day| day.figures.cost.without_price > 0);
    let partly = is_partly_priced.then(|| view! { <p class="note">{tr!(usage.prices_partly)}</p> });
    view! {
        <div class="usage-charts">
            <section aria-labelledby="usage-calls">
                <h3 id="usage-calls">{tr!(usage.calls)}</h3>
                <BarChart plot=calls(&days)/>
            </section>
            <section aria-labelledby="usage-tokens">
                <h3 id="usage-tokens">{tr!(usage.tokens)}</h3>
                <BarChart plot=used(&days)/>
            </section>
            <section aria-labelledby="usage-time">
                <h3 id="usage-time">{tr!(usage.time)}</h3>
                <BarChart plot=times(&days)/>
            </section>
            <section aria-labelledby="usage-cost">
                <h3 id="usage-cost">{tr!(usage.cost)}</h3>
                {cost}
                {partly}
            </section>
        </div>
    }
    .at_once()
}

fn calls(days: &[DayUsage]) -> Plot {
    let highest = days.iter().map(|day| day.figures.calls).max().unwrap_or_default();
    let end = axis(highest as f64, 2.0);
    let bars = bars(days, |figures| {
        let failed = figures.failures.all();
        let shares = [figures.calls.saturating_sub(failed), failed].map(|count| count as f64 / end);
        let said = tr!(
            usage.say_calls,
            n = number(figures.calls),
            failures = failures(&figures.failures),
            cancelled = number(figures.cancelled)
        );
        (shares, said)
    });
    plot("usage-calls", days, bars, counts(end), vec![tr!(usage.part_answered), tr!(usage.part_failed)])
}

fn used(days: &[DayUsage]) -> Plot {
    let all = |figures: &Figures| figures.prompt_tokens + figures.completion_tokens;
    let highest = days.iter().map(|day| all(&day.figures)).max().unwrap_or_default();
    let end = axis(highest as f64, 2.0);
    let bars = bars(days, |figures| {
        let shares = [figures.prompt_tokens, figures.completion_tokens].map(|count| count as f64 / end);
        (shares, tokens(figures))
    });
    plot("usage-tokens", days, bars, counts(end), vec![tr!(usage.part_sent), tr!(usage.part_said)])
}

/// Each step has the same height, so the axis doubles from one to the next.
fn times(days: &[DayUsage]) -> Plot {
    let bars = bars(days, |figures| {
        let (half, most) = (height(figures.answer_half), height(figures.answer_most));
        let said = tr!(
            usage.say_time,
            half = within(figures.answer_half),
            most = within(figures.answer_most),
            first_half = within(figures.first_word_half),
            first_most = within(figures.first_word_most)
        );
        ([half, most - half], said)
    });
    let ticks = STEPS_MS
        .iter()
        .step_by(2)
        .map(|end| Tick(height(Some(Within::Ms(*end))), tr!(usage.seconds, n = seconds(*end))));
    let ticks = std::iter::once(Tick(0.0, "0".to_owned())).chain(ticks).collect();
    plot("usage-time", days, bars, ticks, vec![tr!(usage.part_half), tr!(usage.part_most)])
}

fn costs(days: &[DayUsage]) -> Plot {
    let of = |figures: &Figures| figures.cost.dollars.unwrap_or_default();
    let end = axis(days.iter().map(|day| of(&day.figures)).fold(0.0, f64::max), 0.0002);
    let bars = bars(days, |figures| ([of(figures) / end, 0.0], cost(&figures.cost)));
    let ticks = [0.0, 0.5, 1.0].map(|share| Tick(share, dollars(end * share))).into();
    plot("usage-cost", days, bars, ticks, vec![tr!(usage.cost)])
}

/// A bar for each day: the shares of its parts, and what it says behind its day.
fn bars(days: &[DayUsage], of: impl Fn(&Figures) -> ([f64; 2], String)) -> Vec<Bar> {
    let bar = |day: &DayUsage| {
        let ([lower, upper], said) = of(&day.figures);
        Bar { lower, upper, label: format!("{}: {said}", local_date(day.day).date()) }
    };
    days.iter().map(bar).collect()
}

fn plot(
    heading: &'static str,
    days: &[DayUsage],
    bars: Vec<Bar>,
    ticks: Vec<Tick>,
    parts: Vec<&'static str>,
) -> Plot {
    let day = |day: Option<&DayUsage>| day.map_or_else(String::new, |day| local_date(day.day).day_of_year());
    Plot { heading, bars, ticks, parts, ends: [day(days.first()), day(days.last())] }
}

/// Nothing, the half, and the end of an axis of whole numbers.
fn counts(end: f64) -> Vec<Tick> {
    [0.0, 0.5, 1.0].map(|share| Tick(share, number((end * share) as u64))).into()
}

/// Where a duration stands on the axis of steps.
fn height(within: Option<Within>) -> f64 {
    let steps = STEPS_MS.len() + 1;
    let step = match within {
        None => 0,
        Some(Within::Ms(ms)) => STEPS_MS.iter().position(|end| *end == ms).map_or(steps, |step| step + 1),
        Some(Within::Longer) => steps,
    };
    step as f64 / steps as f64
}

#[cfg(test)]
mod tests {
    use domain::usage::Failures;

    use super::*;

    fn day(figures: Figures) -> Vec<DayUsage> {
        vec![DayUsage { day: "2026-11-20".parse().expect("a day"), figures }]
    }

    #[test]
    fn failures_stand_on_the_other_calls() {
        let failures = Failures { broken: 1, ..Failures::default() };
        let plot = calls(&day(Figures { calls: 4, failures, ..Figures::default() }));
        assert_eq!((plot.bars[0].lower, plot.bars[0].upper), (0.75, 0.25));
        assert!(plot.bars[0].label.starts_with("2026년 11월 20일 (금): "), "{}", plot.bars[0].label);
        assert_eq!(
            plot.ticks,
            [(0.0, "0"), (0.5, "2"), (1.0, "4")].map(|(at, name)| Tick(at, name.to_owned()))
        );
    }

    #[test]
    fn every_step_of_time_is_as_high_as_the_others() {
        assert_eq!(height(None), 0.0);
        assert_eq!(height(Some(Within::Ms(250))), 0.1);
        assert_eq!(height(Some(Within::Ms(64_000))), 0.9);
        assert_eq!(height(Some(Within::Longer)), 1.0);
        let (half, most) = (Some(Within::Ms(250)), Some(Within::Longer));
        let plot = times(&day(Figures { answer_half: half, answer_most: most, ..Figures::default() }));
        assert_eq!((plot.bars[0].lower, plot.bars[0].upper), (0.1, 0.9));
    }

    #[test]
    fn a_day_without_calls_has_no_bar() {
        for plot in [calls, used, times, costs] {
            let plot = plot(&day(Figures::default()));
            assert_eq!((plot.bars[0].lower, plot.bars[0].upper), (0.0, 0.0), "{}", plot.heading);
        }
    }
}
