//! A person's day: from midnight to midnight in their time zone.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The day that `now` falls on there.
pub fn day_of(now: DateTime<Utc>, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// The first moment of a day. Where clocks are put forward at midnight, the day begins after the gap.
pub fn beginning_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=180)
        .step_by(30)
        .find_map(|minutes| {
            zone.from_local_datetime(&(midnight + chrono::Duration::minutes(minutes))).earliest()
        })
        .map_or_else(|| midnight.and_utc(), |beginning| beginning.with_timezone(&Utc))
}

/// The next midnight.
pub fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    beginning_of(day.checked_add_days(Days::new(1)).unwrap_or(day), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_turn_at_the_persons_midnight() {
        let check = |now: &str, zone: Tz, day: &str, end: &str| {
            let now: DateTime<Utc> = now.parse().expect("a time");
            let found = day_of(now, zone);
            assert_eq!(found.to_string(), day);
            assert_eq!(end_of(found, zone), end.parse::<DateTime<Utc>>().expect("a time"));
        };
        check("2026-11-21T14:59:59Z", chrono_tz::Asia::Seoul, "2026-11-21", "2026-11-21T15:00:00Z");
        check("2026-11-21T15:00:00Z", chrono_tz::Asia::Seoul, "2026-11-22", "2026-11-22T15:00:00Z");
        check("2026-11-21T15:00:00Z", chrono_tz::UTC, "2026-11-21", "2026-11-22T00:00:00Z");
        // 25 hours: clocks went back in New York on 1 November 2026.
        check("2026-11-01T05:00:00Z", chrono_tz::America::New_York, "2026-11-01", "2026-11-02T05:00:00Z");
        // No midnight: clocks go forward at 0:00 in Beirut.
        check("2026-03-28T12:00:00Z", chrono_tz::Asia::Beirut, "2026-03-28", "2026-03-28T22:00:00Z");
    }
}
