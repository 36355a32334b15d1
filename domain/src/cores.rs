//! Work that keeps a core busy: away from the threads that serve, and no more of it at a time than there are cores.

use std::sync::Arc;
use std::thread;

use tokio::sync::Semaphore;
use tokio::task;

use crate::error::{Error, OrInternal};

/// The cores of this machine.
pub struct Cores(Arc<Semaphore>);

impl Default for Cores {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(thread::available_parallelism().map_or(2, usize::from))))
    }
}

impl Cores {
    /// Does some work when a core is free. A panic in it is an error of whoever asked.
    ///
    /// # Errors
    /// Internal ones only.
    pub async fn run<T: Send + 'static>(
        &self,
        doing: &'static str,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let place = Arc::clone(&self.0).acquire_owned().await.or_internal(doing)?;
        let working = task::spawn_blocking(move || {
            // Given back when the work is done, also when nobody waits for it any more.
            let _place = place;
            work()
        });
        working.await.or_internal(doing)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn work_keeps_nobody_else_waiting_and_gives_its_core_back() {
        let cores = Cores::default();
        let all = cores.0.available_permits();
        let (go_on, waiting) = mpsc::channel::<()>();
        let working = cores.run("waiting", move || waiting.recv());
        let others = async {
            // This thread is free to say so.
            go_on.send(()).expect("somebody waits");
        };
        let (worked, ()) = tokio::join!(working, others);
        assert_eq!(worked.expect("done"), Ok(()));
        assert!(cores.run::<()>("panicking", || panic!("on purpose")).await.is_err());
        assert_eq!(cores.0.available_permits(), all);
    }
}
