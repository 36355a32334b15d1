//! A request that may be sent again: done once, and answered alike every time. Its key is the program's own.

mod seal;
pub mod service;

pub use seal::Key;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// As HTTP numbers it.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// What is to be done with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// To do the work, known by this id: the same when work is taken up that was never ended.
    Work(Uuid),
    /// To answer as before.
    Done(Reply),
    /// To wait: the same request is being worked on.
    UnderWay { retry_after_seconds: u32 },
    /// To refuse: the key belongs to another request.
    OtherRequest,
}
