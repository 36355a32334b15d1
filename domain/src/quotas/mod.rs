//! The daily allowance: how often a person may do what costs the operator something, and the ledger of it.

mod view;

pub use view::{AllowanceView, EntryReason, LedgerEntryView, LedgerPage, LimitedAction};

#[cfg(not(target_family = "wasm"))]
pub(crate) mod day;
#[cfg(not(target_family = "wasm"))]
pub mod service;
