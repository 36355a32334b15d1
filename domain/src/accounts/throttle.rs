//! Limits on attempts, per account and per address, so that guessing passwords takes too long.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use uuid::Uuid;

use crate::Problem;

/// Between attempts of one person from one address, and of one person from anywhere, once the first ones are used up.
const PAIR_EVERY: Duration = Duration::from_secs(60);
const ACCOUNT_EVERY: Duration = Duration::from_secs(36);

// Else one address that goes on guessing would use up what the person has from anywhere, and keep them out of their account.
const _: () = assert!(PAIR_EVERY.as_secs() > ACCOUNT_EVERY.as_secs());

/// Counts attempts. In memory: every node counts for itself, which multiplies the limits by the number of nodes.
pub struct Throttle {
    /// One person from one address.
    pair: DefaultKeyedRateLimiter<(String, IpAddr)>,
    /// One person from anywhere. Wide, so that nobody is locked out by somebody else's guesses for long.
    account: DefaultKeyedRateLimiter<String>,
    /// One address with any person. Wide, because a school shares one.
    address: DefaultKeyedRateLimiter<IpAddr>,
    /// Sign-ups from one address.
    sign_up: DefaultKeyedRateLimiter<IpAddr>,
    /// Letters to one e-mail address.
    letter: DefaultKeyedRateLimiter<String>,
    /// Letters asked for from one address.
    letter_from: DefaultKeyedRateLimiter<IpAddr>,
    /// Ways to another provider that begin at one address.
    set_out: DefaultKeyedRateLimiter<IpAddr>,
    /// Calls that only try the model, by one administrator.
    model: DefaultKeyedRateLimiter<Uuid>,
    /// Texts that one person has compared with a card.
    recall: DefaultKeyedRateLimiter<Uuid>,
    /// Calls of the API from one address without a token that works.
    stranger: DefaultKeyedRateLimiter<IpAddr>,
}

/// `burst` attempts at once, and one more every `every` after that.
pub(crate) fn limiter<K: std::hash::Hash + Eq + Clone>(
    burst: u32,
    every: Duration,
) -> DefaultKeyedRateLimiter<K> {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    let quota = Quota::with_period(every).unwrap_or_else(|| Quota::per_minute(burst)).allow_burst(burst);
    RateLimiter::keyed(quota)
}

/// Takes note of an attempt of `key`.
pub(crate) fn check<K: std::hash::Hash + Eq + Clone>(
    limiter: &DefaultKeyedRateLimiter<K>,
    key: &K,
) -> Result<(), Problem> {
    limiter.check_key(key).map_err(|wait| {
        let wait = wait.wait_time_from(DefaultClock::default().now());
        Problem::TooManyAttempts {
            retry_after_seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).max(1),
        }
    })
}

/// An IPv6 customer has a whole /64, so that is what counts as one address.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => IpAddr::V4(address),
            None => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}

impl Throttle {
    /// The limits of an installation, all unused.
    pub fn new() -> Self {
        Self {
            pair: limiter(10, PAIR_EVERY),
            account: limiter(100, ACCOUNT_EVERY),
            address: limiter(100, Duration::from_secs(1)),
            sign_up: limiter(100, Duration::from_secs(10)),
            letter: limiter(3, Duration::from_secs(20 * 60)),
            letter_from: limiter(20, Duration::from_secs(60)),
            set_out: limiter(100, Duration::from_secs(1)),
            model: limiter(5, Duration::from_secs(12)),
            recall: limiter(60, Duration::from_secs(1)),
            stranger: limiter(300, Duration::from_millis(200)),
        }
    }

    /// Takes note of an attempt to prove to be the account of that key.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn attempt(&self, account: &str, address: Option<IpAddr>) -> Result<(), Problem> {
        // Longer names belong to no account; kept short, they cost no memory.
        let account: String = account.chars().take(64).collect();
        if let Some(address) = address.map(network) {
            check(&self.address, &address)?;
            check(&self.pair, &(account.clone(), address))?;
        }
        check(&self.account, &account)
    }

    /// Takes note of a sign-up.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn sign_up(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        address.map(network).map_or(Ok(()), |address| check(&self.sign_up, &address))
    }

    /// Takes note of a letter that somebody asks for, whether the e-mail address belongs to anybody or not.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn letter(&self, to: &str, address: Option<IpAddr>) -> Result<(), Problem> {
        if let Some(address) = address.map(network) {
            check(&self.letter_from, &address)?;
        }
        check(&self.letter, &to.to_owned())
    }

    /// Takes note of somebody who sets out for another provider.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn set_out(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        address.map(network).map_or(Ok(()), |address| check(&self.set_out, &address))
    }

    /// Takes note of an administrator who tries the model.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn try_model(&self, administrator: Uuid) -> Result<(), Problem> {
        check(&self.model, &administrator)
    }

    /// Takes note of a text that is to be compared with a card: nothing else of the sort is free and can be had without end.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn recall(&self, person: Uuid) -> Result<(), Problem> {
        check(&self.recall, &person)
    }

    /// Takes note of a call of the API without a token that works.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn stranger(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        address.map(network).map_or(Ok(()), |address| check(&self.stranger, &address))
    }

    /// Drops what no longer limits anybody. To be called now and then.
    pub fn forget_old(&self) {
        self.pair.retain_recent();
        self.account.retain_recent();
        self.address.retain_recent();
        self.sign_up.retain_recent();
        self.letter.retain_recent();
        self.letter_from.retain_recent();
        self.set_out.retain_recent();
        self.model.retain_recent();
        self.recall.retain_recent();
        self.stranger.retain_recent();
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_are_slowed_down_and_others_are_not() {
        let throttle = Throttle::new();
        let attacker = Some(IpAddr::from([192, 0, 2, 1]));
        let passed = (0..50).filter(|_| throttle.attempt("mina", attacker).is_ok()).count();
        assert_eq!(passed, 10);
        assert!(matches!(
            throttle.attempt("mina", attacker),
            Err(Problem::TooManyAttempts { retry_after_seconds: 1..=60 })
        ));
        assert!(throttle.attempt("mina", Some(IpAddr::from([198, 51, 100, 7]))).is_ok());
        assert!(throttle.attempt("jun", attacker).is_ok());
    }

    #[test]
    fn nobody_is_sent_many_letters() {
        let throttle = Throttle::new();
        let from = |last| Some(IpAddr::from([192, 0, 2, last]));
        let sent = (0..10).filter(|last| throttle.letter("mina@example.com", from(*last)).is_ok()).count();
        assert_eq!(sent, 3);
        assert!(throttle.letter("jun@example.com", from(1)).is_ok());
        let asked = (0..50).filter(|number| throttle.letter(&number.to_string(), from(99)).is_ok()).count();
        assert_eq!(asked, 20);
    }

    #[test]
    fn a_person_has_texts_compared_as_fast_as_anybody_writes() {
        let throttle = Throttle::new();
        let (mina, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let passed = (0..100).filter(|_| throttle.recall(mina).is_ok()).count();
        assert!((60..=62).contains(&passed), "{passed}");
        assert!(throttle.recall(jun).is_ok());
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let address = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 0, 0, 0, last));
        assert_eq!(network(address(1)), network(address(2)));
        assert_eq!(network("::ffff:192.0.2.1".parse().expect("an address")), IpAddr::from([192, 0, 2, 1]));
    }
}
