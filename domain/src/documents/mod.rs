//! Documents: the résumés and job postings of a person, as text. Files are read in a process of their own, within hard limits, and only
//! what was read is kept.

mod limits;
mod split;
mod view;

#[cfg(not(target_family = "wasm"))]
mod clean;
#[cfg(not(target_family = "wasm"))]
mod input;
#[cfg(not(target_family = "wasm"))]
mod letter;
#[cfg(not(target_family = "wasm"))]
mod parse;
#[cfg(not(target_family = "wasm"))]
mod reader;
#[cfg(not(target_family = "wasm"))]
pub mod service;

#[cfg(not(target_family = "wasm"))]
pub(crate) use input::is_well_formed;
pub use limits::*;
#[cfg(not(target_family = "wasm"))]
pub use parse::parse;
#[cfg(not(target_family = "wasm"))]
pub use reader::{Reader, UNLIMITED, answer};
pub use split::{FoundItem, FoundLimit, FoundUnit, split_items};
pub use view::*;
