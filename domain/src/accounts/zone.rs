//! Time zones by name.

use chrono_tz::Tz;

/// The zone of a stored name. Names are checked when they are stored; one that a later release no longer knows means UTC.
pub fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
