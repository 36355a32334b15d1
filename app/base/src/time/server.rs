//! Only the server knows the time zones.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{LocalTime, parts};

/// Every time zone that can be chosen.
pub const ZONES: &[Tz] = &chrono_tz::TZ_VARIANTS;

/// A moment on the wall clock of a time zone, given by its IANA name. An unknown name counts as UTC.
pub fn local_time(at: DateTime<Utc>, zone: &str) -> LocalTime {
    parts(at.with_timezone(&zone.parse().unwrap_or(Tz::UTC)).naive_local())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_moves_the_day() {
        let at = DateTime::parse_from_rfc3339("2026-12-31T15:30:00Z").expect("a moment").to_utc();
        let expected = LocalTime { year: 2027, month: 1, day: 1, weekday: 4, hour: 0, minute: 30 };
        assert_eq!(local_time(at, "Asia/Seoul"), expected);
        assert_eq!(local_time(at, "nowhere").hour, 15);
    }
}
