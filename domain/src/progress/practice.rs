//! Days of practice and streaks of them, by the calendar of the person's time zone.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{Practice, PracticeDay, PracticeWeek, WEEKS};
use crate::quotas::day::day_of;

/// What the moments at which something was answered say about days.
pub fn practice(answered: impl IntoIterator<Item = DateTime<Utc>>, now: DateTime<Utc>, zone: Tz) -> Practice {
    let today = day_of(now, zone);
    let mut answers: BTreeMap<NaiveDate, u32> = BTreeMap::new();
    for at in answered {
        *answers.entry(day_of(at, zone)).or_default() += 1;
    }
    let (current_streak, longest_streak) = streaks(answers.keys().copied(), today);
    let weeks = (0..WEEKS)
        .rev()
        .map(|back| {
            let monday = monday_of(before(today, u64::from(back) * 7));
            let day = |day| PracticeDay { day, answers: answers.get(&day).copied().unwrap_or(0) };
            PracticeWeek { monday, days: monday.iter_days().take(7).map(day).collect() }
        })
        .collect();
    Practice { today, current_streak, longest_streak, weeks }
}

/// The streak that goes on and the longest one, of days in order.
fn streaks(days: impl Iterator<Item = NaiveDate>, today: NaiveDate) -> (u32, u32) {
    let (mut last, mut run, mut longest) = (None, 0, 0);
    for day in days {
        run = if last.and_then(|last: NaiveDate| last.succ_opt()) == Some(day) { run + 1 } else { 1 };
        longest = longest.max(run);
        last = Some(day);
    }
    // A day that is not over breaks nothing yet.
    let goes_on = last.is_some_and(|last| last >= before(today, 1));
    (if goes_on { run } else { 0 }, longest)
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    before(day, u64::from(day.weekday().num_days_from_monday()))
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::New_York;
    use chrono_tz::Asia::Seoul;

    use super::*;

    fn at(moment: &str) -> DateTime<Utc> {
        moment.parse().expect("a moment")
    }

    fn streaks_of(answered: &[&str], now: &str, zone: Tz) -> (u32, u32) {
        let practice = practice(answered.iter().map(|moment| at(moment)), at(now), zone);
        (practice.current_streak, practice.longest_streak)
    }

    #[test]
    fn a_streak_goes_on_until_a_whole_day_is_missed() {
        let answered = ["2026-11-17T03:00:00Z", "2026-11-18T03:00:00Z", "2026-11-18T04:00:00Z"];
        let check = |now, expected| assert_eq!(streaks_of(&answered, now, Tz::UTC), expected, "{now}");
        check("2026-11-18T23:59:59Z", (2, 2));
        check("2026-11-19T23:59:59Z", (2, 2));
        check("2026-11-20T00:00:00Z", (0, 2));
        assert_eq!(streaks_of(&[], "2026-11-20T00:00:00Z", Tz::UTC), (0, 0));
        let gap =
            ["2026-11-10T03:00:00Z", "2026-11-11T03:00:00Z", "2026-11-12T03:00:00Z", "2026-11-18T03:00:00Z"];
        assert_eq!(streaks_of(&gap, "2026-11-18T04:00:00Z", Tz::UTC), (1, 3));
    }

    #[test]
    fn midnight_is_the_persons() {
        // 23:59 and 0:00 in Seoul, one day in UTC.
        let answered = ["2026-11-20T14:59:00Z", "2026-11-20T15:00:00Z"];
        assert_eq!(streaks_of(&answered, "2026-11-20T15:01:00Z", Seoul), (2, 2));
        assert_eq!(streaks_of(&answered, "2026-11-20T15:01:00Z", Tz::UTC), (1, 1));
    }

    #[test]
    fn days_of_23_and_25_hours_are_days() {
        // Clocks go forward in New York on 8 March 2026: 23:30 on the 7th, 23:30 on the 8th and 0:10 on the 9th there.
        let forward = ["2026-03-08T04:30:00Z", "2026-03-09T03:30:00Z", "2026-03-09T04:10:00Z"];
        assert_eq!(streaks_of(&forward, "2026-03-09T12:00:00Z", New_York), (3, 3));
        // And back on 1 November: 0:30 and 23:30 on the same day are 24 hours apart.
        let back = ["2026-11-01T04:30:00Z", "2026-11-02T04:30:00Z"];
        assert_eq!(streaks_of(&back, "2026-11-02T04:40:00Z", New_York), (1, 1));
        assert_eq!(streaks_of(&back, "2026-11-02T05:00:00Z", New_York), (1, 1), "the day after");
    }

    #[test]
    fn the_calendar_ends_with_the_week_of_today() {
        // A Sunday in UTC, a Monday in Seoul already.
        let now = at("2026-11-22T15:00:00Z");
        let answered = [at("2026-11-22T14:00:00Z"), at("2026-11-22T15:00:00Z"), now];
        let found = practice(answered, now, Seoul);
        assert_eq!(found.today.to_string(), "2026-11-23");
        assert_eq!(found.weeks.len(), WEEKS as usize);
        assert!(found.weeks.iter().all(|week| week.days.len() == 7 && week.days[0].day == week.monday));
        let mondays: Vec<String> = found.weeks.iter().map(|week| week.monday.to_string()).collect();
        assert_eq!(
            (mondays[0].as_str(), mondays[10].as_str(), mondays[11].as_str()),
            ("2026-09-07", "2026-11-16", "2026-11-23")
        );
        assert_eq!((found.weeks[10].days[6].answers, found.weeks[11].days[0].answers), (1, 2));
        let in_utc = practice(answered, now, Tz::UTC);
        assert_eq!(in_utc.weeks[11].monday.to_string(), "2026-11-16");
        assert_eq!(in_utc.weeks[11].days[6].answers, 3);
    }
}
