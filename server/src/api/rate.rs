//! How often an account may call. In memory: every node counts for itself.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

/// Accounts from which on those are forgotten that have not called for a minute.
const MANY: usize = 1_000;

/// Counts the calls of every account.
pub struct Limiter {
    calls: RateLimiter<Uuid, DefaultKeyedStateStore<Uuid>, DefaultClock, StateInformationMiddleware>,
    quota: Quota,
}

/// Where an account stands after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    limit: u32,
    remaining: u32,
    /// Seconds until the whole limit is there again.
    reset: u64,
    /// Seconds until the next call may come; none when this one may go on.
    pub wait: Option<u32>,
}

impl Limiter {
    /// Every account may call so often a minute, all at once or one after the other.
    pub fn new(per_minute: NonZeroU32) -> Self {
        let quota = Quota::per_minute(per_minute);
        Self { calls: RateLimiter::keyed(quota).with_middleware(), quota }
    }

    /// Takes note of a call.
    pub fn take(&self, account: Uuid) -> Count {
        if self.calls.len() > MANY {
            self.calls.retain_recent();
        }
        let (remaining, wait) = match self.calls.check_key(&account) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => (0, Some(until.wait_time_from(DefaultClock::default().now()))),
        };
        let limit = self.quota.burst_size().get();
        let reset = self.quota.replenish_interval() * limit.saturating_sub(remaining);
        Count { limit, remaining, reset: whole(reset), wait: wait.map(|wait| seconds(whole(wait).max(1))) }
    }
}

/// Seconds, rounded up.
fn whole(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

fn seconds(seconds: u64) -> u32 {
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

impl Count {
    /// Writes it into the headers of a reply.
    pub fn tell(self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("ratelimit-limit", self.limit.into()),
            ("ratelimit-remaining", self.remaining.into()),
            ("ratelimit-reset", HeaderValue::from(self.reset)),
        ] {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_counted_alone() {
        let limiter = Limiter::new(NonZeroU32::new(3).expect("three"));
        let (mina, jun) = (Uuid::now_v7(), Uuid::now_v7());
        let remaining: Vec<u32> = (0..3).map(|_| limiter.take(mina).remaining).collect();
        assert_eq!(remaining, [2, 1, 0]);
        let refused = limiter.take(mina);
        assert!(
            matches!(refused, Count { limit: 3, remaining: 0, reset: 60, wait: Some(1..=20) }),
            "{refused:?}"
        );
        assert_eq!(limiter.take(jun).wait, None);
    }
}
