//! Proposals that are being made on this node: their words so far, and what stops them.
//!
//! Everything here is also in the database, a moment later. A reader holds no queue: it remembers how far it has read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use governor::DefaultKeyedRateLimiter;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Problem;
use crate::accounts::throttle::{check, limiter};

/// Proposals that one person may ask of the model at once, and how long until there is another one. More than anybody reads: the allowance
/// limits what comes of them, this what comes of none.
const BURST: u32 = 40;
const EVERY: Duration = Duration::from_secs(3 * 60);

/// A proposal on its way.
pub(super) struct Live {
    pub text: watch::Sender<String>,
    pub stop: CancellationToken,
}

/// The proposals of this node that are on their way, by id, and who asked for how many.
pub struct Running {
    all: Mutex<HashMap<Uuid, Arc<Live>>>,
    people: DefaultKeyedRateLimiter<Uuid>,
}

impl Default for Running {
    fn default() -> Self {
        Self { all: Mutex::default(), people: limiter(BURST, EVERY) }
    }
}

impl Running {
    /// Takes note of somebody who is about to have the model asked.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`].
    pub(super) fn admit(&self, person: Uuid) -> Result<(), Problem> {
        check(&self.people, &person)
    }

    /// Drops what no longer limits anybody. To be called now and then.
    pub fn forget_old(&self) {
        self.people.retain_recent();
    }

    /// A proposal begins. It is over when the result is dropped.
    pub(super) fn begin(&self, id: Uuid) -> Arc<Live> {
        let live = Arc::new(Live { text: watch::Sender::new(String::new()), stop: CancellationToken::new() });
        self.all.lock().unwrap_or_else(PoisonError::into_inner).insert(id, live.clone());
        live
    }

    /// A proposal is over and in the database.
    pub(super) fn end(&self, id: Uuid) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// A proposal that is on its way here.
    pub(super) fn find(&self, id: Uuid) -> Option<Arc<Live>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_free_and_yet_nobody_asks_for_ever() {
        let running = Running::default();
        let (mina, jun) = (Uuid::now_v7(), Uuid::now_v7());
        assert_eq!((0..100).filter(|_| running.admit(mina).is_ok()).count(), BURST as usize);
        assert!(matches!(running.admit(mina), Err(Problem::TooManyAttempts { .. })));
        assert!(running.admit(jun).is_ok());
    }
}
