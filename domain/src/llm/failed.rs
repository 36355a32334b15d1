//! How one attempt at a call failed, and whether a second one makes sense.

use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::HeaderValue;
use serde_json::Value;

use crate::ModelFailure;

/// A failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed {
    pub failure: ModelFailure,
    pub retry: Retry,
    /// The server did not like the request itself (400, 422): without the optional parts it may.
    pub bad_request: bool,
}

/// Whether another attempt may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    Never,
    Soon,
    /// Not before this time has passed.
    After(Duration),
}

impl Failed {
    /// Nothing came in time. Waiting once more would double the wait.
    pub const TIMED_OUT: Self = Self::for_good(ModelFailure::TimedOut);

    /// Trying again cannot help.
    pub const fn for_good(failure: ModelFailure) -> Self {
        Self { failure, retry: Retry::Never, bad_request: false }
    }

    /// Trying again may help.
    pub const fn for_now(failure: ModelFailure) -> Self {
        Self { failure, retry: Retry::Soon, bad_request: false }
    }

    /// From an error status. `body` is the beginning of what came with it.
    pub fn from_status(status: u16, retry_after: Option<Duration>, body: &str) -> Self {
        let retry = retry_after.map_or(Retry::Soon, Retry::After);
        match status {
            401 | 403 => Self::for_good(ModelFailure::Refused),
            // The account is empty: waiting does not fill it.
            429 if body.contains("insufficient_quota") => Self::for_good(ModelFailure::Limited),
            429 => Self { retry, ..Self::for_now(ModelFailure::Limited) },
            408 | 500.. => Self { retry, ..Self::for_now(ModelFailure::Broken) },
            400 | 422 => Self { bad_request: true, ..Self::for_good(ModelFailure::Broken) },
            _ => Self::for_good(ModelFailure::Broken),
        }
    }

    /// From an error object that came with status 200 or inside a stream.
    pub fn from_error_object(error: &Value) -> Self {
        let words = ["code", "type", "status"].map(|key| match &error[key] {
            Value::String(word) => word.to_lowercase(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        });
        let is = |word: &str| words.iter().any(|found| found.contains(word));
        if is("insufficient_quota") {
            Self::for_good(ModelFailure::Limited)
        } else if is("rate_limit") || is("429") {
            Self::for_now(ModelFailure::Limited)
        } else if is("401") || is("403") || is("api_key") || is("authentication") {
            Self::for_good(ModelFailure::Refused)
        } else {
            Self::for_now(ModelFailure::Broken)
        }
    }

    /// From a connection that could not be made, or broke.
    pub fn from_transport(error: &reqwest::Error) -> Self {
        match (error.is_timeout(), error.is_builder()) {
            (true, _) => Self::TIMED_OUT,
            (_, true) => Self::for_good(ModelFailure::Broken),
            _ => Self::for_now(ModelFailure::Unreachable),
        }
    }

    /// How long to wait before the next attempt; none when there is to be none. There is one retry at most.
    pub fn pause(&self, attempt: u32, usual: Duration, longest: Duration) -> Option<Duration> {
        if attempt > 0 {
            return None;
        }
        match self.retry {
            Retry::Never => None,
            Retry::Soon => Some(usual),
            Retry::After(wait) => (wait <= longest).then_some(wait.max(usual)),
        }
    }
}

/// The time that a `Retry-After` header asks for, in seconds or as a date.
pub fn retry_after(header: &HeaderValue, now: DateTime<Utc>) -> Option<Duration> {
    let text = header.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = DateTime::parse_from_rfc2822(text).ok()?;
    Some((date.with_timezone(&Utc) - now).to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn retry_after_in_both_forms() {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, 5, 6, 7).single().expect("a time");
        let check = |header: &'static str, expected: Option<u64>| {
            let found = retry_after(&HeaderValue::from_static(header), now);
            assert_eq!(found, expected.map(Duration::from_secs), "{header}");
        };
        check("7", Some(7));
        check(" 0 ", Some(0));
        check("Wed, 04 Mar 2026 05:06:10 GMT", Some(3));
        check("Wed, 04 Mar 2020 05:06:10 GMT", Some(0));
        check("soon", None);
        check("-3", None);
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let usual = Duration::from_millis(500);
        let longest = Duration::from_secs(10);
        let pause = |status, after, body| {
            Failed::from_status(status, after, body).pause(0, usual, longest).map(|pause| pause.as_millis())
        };
        for status in [400, 401, 403, 404, 422] {
            assert_eq!(pause(status, None, ""), None, "{status}");
        }
        for status in [408, 429, 500, 502, 503] {
            assert_eq!(pause(status, None, ""), Some(500), "{status}");
        }
        assert_eq!(pause(429, Some(Duration::from_secs(3)), ""), Some(3000));
        assert_eq!(pause(429, Some(Duration::from_secs(11)), ""), None);
        assert_eq!(pause(429, None, r#"{"error":{"code":"insufficient_quota"}}"#), None);
        assert_eq!(Failed::for_now(ModelFailure::Broken).pause(1, usual, longest), None);
    }
}
