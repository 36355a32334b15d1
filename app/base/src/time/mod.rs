//! Moments as a person reads them. The server puts them into the person's time zone, so that both sides show the same.

#[cfg(not(target_family = "wasm"))]
mod server;

#[cfg(not(target_family = "wasm"))]
pub use server::{ZONES, local_time};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A moment on the wall clock of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalTime {
    pub year: i32,
    /// From 1.
    pub month: u32,
    pub day: u32,
    /// From 0, a Monday.
    pub weekday: u32,
    pub hour: u32,
    pub minute: u32,
}

impl LocalTime {
    /// As `datetime` attributes want it.
    fn machine(self) -> String {
        let Self { year, month, day, hour, minute, .. } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }

    /// The day, for people.
    pub fn date(self) -> String {
        tr!(
            words.date,
            year = self.year,
            month = self.month,
            day = self.day,
            month_name = month_name(self.month),
            weekday = weekday(self.weekday)
        )
    }

    /// The day of the year, for people.
    pub fn day_of_year(self) -> String {
        tr!(words.day_of_year, day = self.day, month_name = month_name(self.month))
    }

    /// The hour and minute, for people.
    pub fn clock(self) -> String {
        let twelve = match self.hour % 12 {
            0 => 12,
            hour => hour,
        };
        let half = if self.hour < 12 { tr!(words.before_noon) } else { tr!(words.after_noon) };
        tr!(
            words.clock,
            half = half,
            hour12 = twelve,
            hour = format!("{:02}", self.hour),
            minute = format!("{:02}", self.minute)
        )
    }

    /// Day, hour and minute, for people.
    pub fn full(self) -> String {
        format!("{} {}", self.date(), self.clock())
    }
}

/// A day without a time.
pub fn local_date(day: NaiveDate) -> LocalTime {
    parts(day.and_time(NaiveTime::MIN))
}

fn parts(at: NaiveDateTime) -> LocalTime {
    LocalTime {
        year: at.year(),
        month: at.month(),
        day: at.day(),
        weekday: at.weekday().num_days_from_monday(),
        hour: at.hour(),
        minute: at.minute(),
    }
}

/// A moment, readable for people and machines.
#[component]
pub fn Moment(at: LocalTime, #[prop(optional)] day_only: bool) -> impl IntoView {
    let text = if day_only { at.date() } else { at.full() };
    view! { <time datetime=at.machine()>{text}</time> }
}

/// A stretch of time as a clock shows it: `4:07`, `1:02:33`.
pub fn stopwatch(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// A stretch of time in words.
pub fn duration(seconds: u32) -> String {
    match seconds {
        0..60 => tr!(words.seconds, n = seconds),
        _ => tr!(words.minutes, n = (seconds + 30) / 60),
    }
}

/// The name of a day of the week, short.
pub fn weekday(from_monday: u32) -> &'static str {
    match from_monday {
        0 => tr!(words.monday),
        1 => tr!(words.tuesday),
        2 => tr!(words.wednesday),
        3 => tr!(words.thursday),
        4 => tr!(words.friday),
        5 => tr!(words.saturday),
        _ => tr!(words.sunday),
    }
}

fn month_name(month: u32) -> &'static str {
    match month {
        1 => tr!(words.january),
        2 => tr!(words.february),
        3 => tr!(words.march),
        4 => tr!(words.april),
        5 => tr!(words.may),
        6 => tr!(words.june),
        7 => tr!(words.july),
        8 => tr!(words.august),
        9 => tr!(words.september),
        10 => tr!(words.october),
        11 => tr!(words.november),
        _ => tr!(words.december),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_time() {
        assert_eq!(stopwatch(0), "0:00");
        assert_eq!(stopwatch(247), "4:07");
        assert_eq!(stopwatch(3753), "1:02:33");
        assert_eq!(duration(59), "59초");
        assert_eq!(duration(60), "1분");
        assert_eq!(duration(95), "2분");
    }

    #[test]
    fn moments_in_korean() {
        let at = LocalTime { year: 2026, month: 3, day: 9, weekday: 0, hour: 0, minute: 5 };
        assert_eq!(at.full(), "2026년 3월 9일 (월) 오전 12:05");
        assert_eq!(LocalTime { hour: 15, ..at }.clock(), "오후 3:05");
        assert_eq!(at.machine(), "2026-03-09T00:05");
        assert_eq!(at.day_of_year(), "3월 9일");
    }
}
