//! The run that was started from the pages of this program: one at a time.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use super::RunState;
use crate::Problem;

/// How far a run has come.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    all: AtomicU32,
}

impl Progress {
    /// So many steps are to be done.
    pub fn begin(&self, all: u32) {
        self.all.store(all, Ordering::Relaxed);
    }

    /// Another step is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Steps that are done.
    pub fn done(&self) -> u32 {
        self.done.load(Ordering::Relaxed)
    }

    /// Steps in all.
    pub fn all(&self) -> u32 {
        self.all.load(Ordering::Relaxed)
    }
}

/// A run that was begun.
#[derive(Clone, Debug, Default)]
pub struct Run {
    pub progress: Arc<Progress>,
    /// Cancelled when somebody wants it to end.
    pub stop: CancellationToken,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Idle,
    Running(Run),
    Failed(Problem),
}

/// See the head of this file.
#[derive(Debug, Default)]
pub struct CurrentRun(Mutex<State>);

impl CurrentRun {
    /// Begins a run, unless one is under way.
    pub fn begin(&self) -> Option<Run> {
        let mut state = self.state();
        if matches!(*state, State::Running(_)) {
            return None;
        }
        let run = Run::default();
        *state = State::Running(run.clone());
        Some(run)
    }

    /// Asks the run that is under way to end. It is over once it has: until then no other one begins.
    pub fn stop(&self) {
        if let State::Running(run) = &*self.state() {
            run.stop.cancel();
        }
    }

    /// The run is over, well or with a problem.
    pub fn end(&self, problem: Option<Problem>) {
        *self.state() = problem.map_or(State::Idle, State::Failed);
    }

    /// What is told about it.
    pub fn tell(&self) -> RunState {
        match &*self.state() {
            State::Idle => RunState::Idle,
            State::Running(Run { progress, .. }) => {
                RunState::Running { done: progress.done(), all: progress.all() }
            }
            State::Failed(problem) => RunState::Failed(problem.clone()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_one_run_at_a_time() {
        let run = CurrentRun::default();
        assert_eq!(run.tell(), RunState::Idle);
        run.stop();
        let first = run.begin().expect("nothing is under way");
        assert!(!first.stop.is_cancelled(), "it was not begun yet");
        first.progress.begin(3);
        first.progress.step();
        assert!(run.begin().is_none());
        assert_eq!(run.tell(), RunState::Running { done: 1, all: 3 });
        run.stop();
        assert!(first.stop.is_cancelled());
        assert!(run.begin().is_none(), "it is not over yet");
        run.end(Some(Problem::Busy));
        assert_eq!(run.tell(), RunState::Failed(Problem::Busy));
        let second = run.begin().expect("it is over");
        assert!(second.progress.done() == 0 && !second.stop.is_cancelled());
    }
}
