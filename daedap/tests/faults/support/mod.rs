//! What the fault tests share: the real program, the people who use it, and a look at what it has stored.

mod events;
mod person;
pub mod postgres;
mod program;
mod stored;

use std::time::{Duration, Instant};

pub use events::Events;
pub use person::{PASSWORD, Person, Said, awaited, http};
pub use program::{Program, Start};
pub use stored::Stored;
use tempfile::TempDir;

/// A folder for one test, with the database of the program in it.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::with_prefix("daedap-faults-").expect("a temporary folder"))
    }

    pub fn path(&self) -> &std::path::Path {
        self.0.path()
    }

    /// The database file. It need not exist yet.
    pub fn database(&self) -> std::path::PathBuf {
        self.path().join("daedap.db")
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.database().display())
    }
}

/// Waits until the condition holds, and says how long that took.
pub async fn until(what: &str, within: Duration, condition: impl AsyncFn() -> bool) -> Duration {
    let began = Instant::now();
    while !condition().await {
        assert!(began.elapsed() < within, "{what}: not within {within:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    began.elapsed()
}

/// The value that so many percent of the others do not exceed.
pub fn percentile(values: &mut [Duration], percent: usize) -> Duration {
    values.sort();
    let last = values.len().checked_sub(1).expect("values");
    values[last * percent / 100]
}
