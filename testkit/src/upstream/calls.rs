//! What the upstream has seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderMap;
use serde_json::{Value, json};

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    /// `null` when the body was no JSON.
    pub body: Value,
}

/// How many chat completions were asked for, and how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calls {
    pub started: u64,
    /// Answered to the end of the script.
    pub finished: u64,
    /// Left by the client before the end of the script.
    pub aborted: u64,
}

impl Calls {
    /// As `GET /_calls` answers.
    pub fn to_json(self) -> Value {
        json!({ "started": self.started, "finished": self.finished, "aborted": self.aborted })
    }
}

/// Counts calls.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    started: AtomicU64,
    finished: AtomicU64,
    aborted: AtomicU64,
}

impl Counter {
    /// A call has begun.
    pub fn start(&self) -> Running {
        self.0.started.fetch_add(1, Ordering::SeqCst);
        Running { counts: Arc::clone(&self.0), finished: false }
    }

    /// The counts so far.
    pub fn calls(&self) -> Calls {
        Calls {
            started: self.0.started.load(Ordering::SeqCst),
            finished: self.0.finished.load(Ordering::SeqCst),
            aborted: self.0.aborted.load(Ordering::SeqCst),
        }
    }

    /// Counts from nothing again.
    pub fn clear(&self) {
        for count in [&self.0.started, &self.0.finished, &self.0.aborted] {
            count.store(0, Ordering::SeqCst);
        }
    }
}

/// A call that is being answered. Dropped before it is finished, it counts as aborted.
#[derive(Debug)]
pub struct Running {
    counts: Arc<Counts>,
    finished: bool,
}

impl Running {
    /// The script was answered to its end.
    pub fn finish(&mut self) {
        if !std::mem::replace(&mut self.finished, true) {
            self.counts.finished.fetch_add(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.finished {
            self.counts.aborted.fetch_add(1, Ordering::SeqCst);
        }
    }
}
