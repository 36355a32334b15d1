//! How often, and how many at once.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::DefaultKeyedRateLimiter;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::Problem;
use crate::accounts::throttle::{check, limiter};

/// Files that are taken in at the same time: each may be in memory whole.
const IMPORTS_AT_ONCE: usize = 3;

/// Counts exports and imports. In memory, like the limits on guessing.
pub struct Limits {
    exports: DefaultKeyedRateLimiter<Uuid>,
    imports: DefaultKeyedRateLimiter<Uuid>,
    importing: Arc<Semaphore>,
    /// Whose files are coming: one of a person at a time, so that nobody keeps all places by sending slowly.
    senders: Arc<Mutex<HashSet<Uuid>>>,
}

/// A file that is coming, for as long as it is kept.
pub struct Coming {
    person: Uuid,
    senders: Arc<Mutex<HashSet<Uuid>>>,
    _place: OwnedSemaphorePermit,
}

impl Drop for Coming {
    fn drop(&mut self) {
        self.senders.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.person);
    }
}

impl Limits {
    /// Takes note of an export: five at once, and one more every twelve minutes.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub fn export(&self, person: Uuid) -> Result<(), Problem> {
        check(&self.exports, &person)
    }

    /// Takes note of a file that is about to come, to be looked at or to be imported: twelve at once, and one more every five minutes.
    /// What is returned is to be kept until the file is out of memory again.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`]; [`Problem::Busy`] while too many others are coming, or another one of the same person.
    pub fn import(&self, person: Uuid) -> Result<Coming, Problem> {
        let place = self.importing.clone().try_acquire_owned().map_err(|_| Problem::Busy)?;
        if !self.senders.lock().unwrap_or_else(PoisonError::into_inner).insert(person) {
            return Err(Problem::Busy);
        }
        let coming = Coming { person, senders: Arc::clone(&self.senders), _place: place };
        check(&self.imports, &person)?;
        Ok(coming)
    }

    /// Drops what no longer limits anybody. To be called now and then.
    pub fn forget_old(&self) {
        self.exports.retain_recent();
        self.imports.retain_recent();
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            exports: limiter(5, Duration::from_secs(12 * 60)),
            imports: limiter(12, Duration::from_secs(5 * 60)),
            importing: Arc::new(Semaphore::new(IMPORTS_AT_ONCE)),
            senders: Arc::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_exports_a_few_times_an_hour() {
        let limits = Limits::default();
        let (mina, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let passed = (0..20).filter(|_| limits.export(mina).is_ok()).count();
        assert_eq!(passed, 5);
        assert!(matches!(limits.export(mina), Err(Problem::TooManyAttempts { .. })));
        assert!(limits.export(jun).is_ok());
    }

    #[test]
    fn a_person_sends_one_file_at_a_time() {
        let limits = Limits::default();
        let (mina, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let coming = limits.import(mina).expect("there is room");
        assert_eq!(limits.import(mina).err(), Some(Problem::Busy));
        assert!(limits.import(jun).is_ok());
        drop(coming);
        assert!(limits.import(mina).is_ok());
    }

    #[test]
    fn only_so_many_files_are_in_memory() {
        let limits = Limits::default();
        let coming: Vec<_> =
            (0..3).map(|person| limits.import(Uuid::from_u128(person)).expect("there is room")).collect();
        assert_eq!(limits.import(Uuid::from_u128(9)).err(), Some(Problem::Busy));
        drop(coming);
        assert!(limits.import(Uuid::from_u128(9)).is_ok());
    }
}
