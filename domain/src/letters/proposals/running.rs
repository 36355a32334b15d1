//! Proposals that are being made on this node: their words so far, and what stops them.
//!
//! Everything here is also in the database, a moment later. A reader holds no queue: it remembers how far it has read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// A proposal on its way.
pub(super) struct Live {
    pub text: watch::Sender<String>,
    pub stop: CancellationToken,
}

/// The proposals of this node that are on their way, by id.
#[derive(Default)]
pub struct Running {
    all: Mutex<HashMap<Uuid, Arc<Live>>>,
}

impl Running {
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
