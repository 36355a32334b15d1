//! The days of practice: the streak, this week, and the weeks before.

use chrono::NaiveDate;
use domain::progress::{Practice, PracticeDay, PracticeWeek};
use leptos::prelude::*;

use crate::time::{local_date, weekday};
use crate::ui::AtOnce;

#[component]
pub fn PracticeSection(practice: Practice) -> impl IntoView {
    let Practice { today, current_streak, longest_streak, weeks } = practice;
    let days = weeks.last().map(|week| week.days.clone()).unwrap_or_default();
    let done = days.iter().any(|day| day.day == today && day.answers > 0);
    let next = match (done, current_streak) {
        (true, _) => tr!(progress.practised_today).to_owned(),
        (false, 0) => tr!(progress.streak_begins).to_owned(),
        (false, streak) => tr!(progress.streak_grows, n = streak + 1),
    };
    let days = days.into_iter().map(|day| week_day(day, today)).collect_view();
    view! {
        <section class="practice" aria-labelledby="practice">
            <h2 id="practice">{tr!(progress.practice)}</h2>
            <dl class="figures">
                <div><dt>{tr!(progress.current_streak)}</dt><dd>{tr!(progress.days, n = current_streak)}</dd></div>
                <div><dt>{tr!(progress.longest_streak)}</dt><dd>{tr!(progress.days, n = longest_streak)}</dd></div>
            </dl>
            <p>{next}</p>
            <h3 id="this-week">{tr!(progress.this_week)}</h3>
            <ol class="week" aria-labelledby="this-week">{days}</ol>
            <Calendar weeks today/>
            <p class="hint">{tr!(progress.practice_hint)}</p>
        </section>
    }
    .at_once()
}

/// A day of this week, with its name and a mark.
fn week_day(PracticeDay { day, answers }: PracticeDay, today: NaiveDate) -> impl IntoView {
    let (mark, text) = match answers {
        0 if day > today => ("", tr!(progress.day_ahead)),
        0 => ("–", tr!(progress.day_missed)),
        _ => ("✓", tr!(progress.day_practised)),
    };
    let practised = answers > 0;
    view! {
        <li aria-current=(day == today).then_some("date") class:practised=practised>
            <span>{weekday(local_date(day).weekday)}</span>
            <span class="mark" aria-hidden="true">{mark}</span>
            <span class="visually-hidden">{text}</span>
        </li>
    }
}

/// The last weeks as a table: how often something was answered on each day.
#[component]
fn Calendar(weeks: Vec<PracticeWeek>, today: NaiveDate) -> impl IntoView {
    let names = (0..7).map(|day| view! { <th scope="col">{weekday(day)}</th> }).collect_view();
    let count = weeks.len();
    let rows = weeks.into_iter().map(|week| calendar_week(week, today)).collect_view();
    view! {
        <table class="calendar">
            <caption>{tr!(progress.calendar, n = count)}</caption>
            <thead><tr><th scope="col">{tr!(progress.week_from)}</th> {names}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .at_once()
}

fn calendar_week(week: PracticeWeek, today: NaiveDate) -> impl IntoView {
    let days = week.days.into_iter().map(|day| calendar_day(day, today)).collect_view();
    view! {
        <tr>
            <th scope="row">{local_date(week.monday).day_of_year()}</th>
            {days}
        </tr>
    }
}

fn calendar_day(PracticeDay { day, answers }: PracticeDay, today: NaiveDate) -> AnyView {
    match answers {
        0 if day > today => view! { <td></td> }.at_once(),
        0 => view! {
            <td>
                <span aria-hidden="true">"·"</span>
                <span class="visually-hidden">{tr!(progress.day_missed)}</span>
            </td>
        }
        .at_once(),
        _ => view! { <td class="practised"><span>{answers}</span></td> }.at_once(),
    }
}
