//! What a refusal of GitHub means, and when asking again makes sense.

use chrono::{DateTime, Duration, Utc};
use reqwest::header::{HeaderMap, RETRY_AFTER};

use super::GithubFailure;

/// How long to pause when GitHub asks for it and names no time: what its manual says.
const PAUSE: Duration = Duration::seconds(60);
/// The longest time that is believed. Its limits are counted by the hour.
pub const WAIT_MAX: Duration = Duration::hours(2);

/// A call that GitHub did not answer as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub failure: GithubFailure,
    pub again_at: Option<DateTime<Utc>>,
}

impl From<GithubFailure> for Refusal {
    fn from(failure: GithubFailure) -> Self {
        Self { failure, again_at: None }
    }
}

impl Refusal {
    /// A call that got no answer.
    pub fn from_transport(error: &reqwest::Error) -> Self {
        match error.is_timeout() {
            true => GithubFailure::TimedOut.into(),
            false => GithubFailure::Unreachable.into(),
        }
    }

    /// Whether the next call would fail alike.
    pub const fn is_general(self) -> bool {
        match self.failure {
            GithubFailure::Limited
            | GithubFailure::SlowDown
            | GithubFailure::Refused
            | GithubFailure::Unreachable
            | GithubFailure::TimedOut
            | GithubFailure::SwitchedOff
            | GithubFailure::Redirected => true,
            GithubFailure::NotFound
            | GithubFailure::OutOfOrder
            | GithubFailure::Broken
            | GithubFailure::TooLarge => false,
        }
    }
}

/// What an answer means that is no success. `said` is how it begins.
pub fn refused(status: u16, headers: &HeaderMap, said: &str, now: DateTime<Utc>) -> Refusal {
    let after = |wait: Duration| now + wait.clamp(Duration::seconds(1), WAIT_MAX);
    let slow_down = |wait| Refusal { failure: GithubFailure::SlowDown, again_at: Some(after(wait)) };
    match status {
        // A repository without a commit has no files (409), and one that a law hides (451) is as good as gone.
        404 | 409 | 410 | 451 => GithubFailure::NotFound.into(),
        403 | 429 => {
            if let Some(seconds) = number(headers, RETRY_AFTER.as_str()) {
                return slow_down(Duration::try_seconds(seconds).unwrap_or(WAIT_MAX));
            }
            if number(headers, "x-ratelimit-remaining") == Some(0) {
                let reset =
                    number(headers, "x-ratelimit-reset").and_then(|at| DateTime::from_timestamp(at, 0));
                let again_at = reset.map(|reset| after(reset - now));
                return Refusal { failure: GithubFailure::Limited, again_at };
            }
            let said = said.to_lowercase();
            match status == 429 || said.contains("rate limit") || said.contains("abuse") {
                true => slow_down(PAUSE),
                false => GithubFailure::Refused.into(),
            }
        }
        401 => GithubFailure::Refused.into(),
        500.. => GithubFailure::OutOfOrder.into(),
        _ => GithubFailure::Broken.into(),
    }
}

/// A header that is a whole number.
pub fn number(headers: &HeaderMap, name: &str) -> Option<i64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn every_refusal_says_what_it_is_and_when_to_ask_again() {
        let now = DateTime::from_timestamp(1_000, 0).expect("a moment");
        let check = |status, told: &[(&'static str, &'static str)], said, expected, seconds: Option<i64>| {
            let headers: HeaderMap = told
                .iter()
                .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
                .collect();
            let refusal = refused(status, &headers, said, now);
            let again = refusal.again_at.map(|at| (at - now).num_seconds());
            assert_eq!((refusal.failure, again), (expected, seconds), "{status} {told:?} {said}");
        };
        let none = ("x-ratelimit-remaining", "0");
        check(404, &[], "", GithubFailure::NotFound, None);
        check(409, &[], "Git Repository is empty.", GithubFailure::NotFound, None);
        check(401, &[], "Bad credentials", GithubFailure::Refused, None);
        check(403, &[none, ("x-ratelimit-reset", "1600")], "", GithubFailure::Limited, Some(600));
        check(429, &[none, ("x-ratelimit-reset", "1600")], "", GithubFailure::Limited, Some(600));
        check(403, &[none, ("x-ratelimit-reset", "9999999999")], "", GithubFailure::Limited, Some(7200));
        check(403, &[none], "", GithubFailure::Limited, None);
        check(403, &[("retry-after", "30")], "", GithubFailure::SlowDown, Some(30));
        check(429, &[none, ("retry-after", "30")], "", GithubFailure::SlowDown, Some(30));
        check(429, &[], "", GithubFailure::SlowDown, Some(60));
        check(403, &[], "You have exceeded a secondary rate limit", GithubFailure::SlowDown, Some(60));
        check(403, &[("retry-after", "soon")], "Forbidden", GithubFailure::Refused, None);
        check(500, &[], "", GithubFailure::OutOfOrder, None);
        check(503, &[], "", GithubFailure::OutOfOrder, None);
        check(418, &[], "", GithubFailure::Broken, None);
        check(204, &[], "", GithubFailure::Broken, None);
    }
}
