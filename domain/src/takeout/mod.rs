//! A takeout: everything of a person in one ZIP, written here and read again elsewhere.
//!
//! What stands in it is written down in [`file`]'s types, which no table crosses as it is. An interview that goes on is written as it
//! would be if it were finished now, so that no file can hold running work.

mod view;

pub use view::{FileFault, Holdings, IMPORT_MAX, ImportView, Tally};

#[cfg(not(target_family = "wasm"))]
mod archive;
#[cfg(not(target_family = "wasm"))]
mod check;
#[cfg(not(target_family = "wasm"))]
mod coverage;
#[cfg(not(target_family = "wasm"))]
mod file;
#[cfg(not(target_family = "wasm"))]
mod holdings;
#[cfg(not(target_family = "wasm"))]
mod identity;
#[cfg(not(target_family = "wasm"))]
mod insert;
#[cfg(not(target_family = "wasm"))]
mod letters;
#[cfg(not(target_family = "wasm"))]
mod limits;
#[cfg(not(target_family = "wasm"))]
mod markdown;
#[cfg(not(target_family = "wasm"))]
mod outline;
#[cfg(not(target_family = "wasm"))]
mod past_questions;
#[cfg(not(target_family = "wasm"))]
mod plan;
#[cfg(not(target_family = "wasm"))]
mod rows;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod write;

#[cfg(not(target_family = "wasm"))]
pub use coverage::{Coverage, TABLES};
#[cfg(not(target_family = "wasm"))]
pub(crate) use holdings::holdings;
#[cfg(not(target_family = "wasm"))]
pub use limits::{Coming, Limits};
#[cfg(not(target_family = "wasm"))]
pub use write::Takeout;
