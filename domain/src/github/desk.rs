//! What look-ups share while the program runs: the way to GitHub, and whose turn it is. In memory: every node counts for itself.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use chrono::{DateTime, Utc};
use governor::DefaultKeyedRateLimiter;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard, Semaphore, SemaphorePermit};
use uuid::Uuid;

use super::{Calls, Client, UserName};
use crate::Problem;
use crate::accounts::throttle::{check, limiter};

/// Most look-ups that ask GitHub at once, whatever their names.
const AT_ONCE: usize = 4;
/// Most calls of a look-up: of 60 an hour, which is what GitHub gives to who has no token.
pub const CALLS_MAX: u32 = 24;
/// The same of 5,000 an hour.
pub const CALLS_MAX_WITH_TOKEN: u32 = 60;
/// Look-ups that one person may begin at once, and how long until there is another one.
const BURST: u32 = 6;
const EVERY: Duration = Duration::from_secs(10 * 60);

/// See the head of this file.
pub struct Desk {
    /// None when the operator has switched it off.
    pub client: Option<Client>,
    turns: Mutex<HashMap<String, Weak<Turn<()>>>>,
    at_once: Semaphore,
    people: DefaultKeyedRateLimiter<Uuid>,
}

/// A look-up's turn: no other one of the same name is under way until it is dropped.
pub struct Guard<'a> {
    _turn: OwnedMutexGuard<()>,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Desk {
    /// A desk where nobody waits.
    pub fn new(client: Option<Client>) -> Self {
        Self {
            client,
            turns: Mutex::default(),
            at_once: Semaphore::new(AT_ONCE),
            people: limiter(BURST, EVERY),
        }
    }

    /// Waits until no other look-up of that name is under way, and not too many at all.
    pub async fn turn(&self, name: &UserName) -> Guard<'_> {
        let turn = self.turn_of(name).lock_owned().await;
        // It is never closed.
        Guard { _turn: turn, _permit: self.at_once.acquire().await.ok() }
    }

    fn turn_of(&self, name: &UserName) -> Arc<Turn<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        let known = turns.get(&name.key()).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let turn = Arc::default();
            turns.insert(name.key(), Arc::downgrade(&turn));
            turn
        })
    }

    /// Takes note of somebody who is about to have GitHub asked.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn admit(&self, person: Uuid) -> Result<(), Problem> {
        check(&self.people, &person)
    }

    /// What GitHub lets this server do, and how much of it a look-up takes at most.
    pub fn calls(&self, now: DateTime<Utc>) -> Calls {
        match &self.client {
            Some(client) => Calls { most: most(client), ..client.calls(now) },
            None => Calls::default(),
        }
    }

    /// Drops what no longer limits anybody. To be called now and then.
    pub fn forget_old(&self) {
        self.people.retain_recent();
    }
}

/// Most calls of a look-up.
pub const fn most(client: &Client) -> u32 {
    if client.with_token() { CALLS_MAX_WITH_TOKEN } else { CALLS_MAX }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> UserName {
        UserName::parse(text).expect("a name")
    }

    #[tokio::test]
    async fn the_same_name_waits_and_another_does_not() {
        let (desk, mina) = (Desk::new(None), name("mina"));
        let first = desk.turn(&name("Mina")).await;
        let second = desk.turn(&mina);
        tokio::pin!(second);
        assert!(futures::poll!(&mut second).is_pending());
        drop(desk.turn(&name("jun")).await);
        drop(first);
        drop(second.await);
        drop(desk.turn(&name("jun")).await);
        assert_eq!(desk.turns.lock().expect("the turns").len(), 1, "what is over is forgotten");
    }

    #[test]
    fn one_person_does_not_use_up_the_calls_of_all() {
        let desk = Desk::new(None);
        let (mina, jun) = (Uuid::now_v7(), Uuid::now_v7());
        assert_eq!((0..20).filter(|_| desk.admit(mina).is_ok()).count(), BURST as usize);
        assert!(desk.admit(jun).is_ok());
    }
}
