//! What the privacy page says: which data stands where, for how long, and who receives some of it. All of it is read from the running
//! configuration, so that it is true of this installation.

mod view;

pub use view::{Keeping, Kept, PrivacyFacts, Purpose, Recipient, StoredIn};

#[cfg(not(target_family = "wasm"))]
pub mod service;
