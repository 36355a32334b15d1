//! An interview: a setup, a list of main questions, and the turns that are spoken about them.

mod retake;
mod view;

#[cfg(not(target_family = "wasm"))]
mod about;
#[cfg(not(target_family = "wasm"))]
mod advice;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod asked;
#[cfg(not(target_family = "wasm"))]
mod assessment;
#[cfg(not(target_family = "wasm"))]
mod builtin;
#[cfg(not(target_family = "wasm"))]
mod compare;
#[cfg(not(target_family = "wasm"))]
mod comparing;
#[cfg(not(target_family = "wasm"))]
mod dispute;
#[cfg(not(target_family = "wasm"))]
pub mod export;
#[cfg(not(target_family = "wasm"))]
pub mod feedback;
#[cfg(not(target_family = "wasm"))]
mod interviewer;
#[cfg(not(target_family = "wasm"))]
mod judge;
#[cfg(not(target_family = "wasm"))]
mod pace;
#[cfg(not(target_family = "wasm"))]
mod probe;
#[cfg(not(target_family = "wasm"))]
mod rating;
#[cfg(not(target_family = "wasm"))]
mod rooms;
#[cfg(all(test, not(target_family = "wasm")))]
pub(crate) mod samples;
#[cfg(not(target_family = "wasm"))]
mod script;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod select;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod setup;
#[cfg(not(target_family = "wasm"))]
mod speech;
#[cfg(not(target_family = "wasm"))]
mod steps;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod store;
#[cfg(not(target_family = "wasm"))]
pub mod upkeep;

pub use retake::*;
pub use view::*;

#[cfg(not(target_family = "wasm"))]
pub use builtin::BuiltinInterviewer;
#[cfg(not(target_family = "wasm"))]
pub use interviewer::*;
#[cfg(not(target_family = "wasm"))]
pub use rooms::{Hurry, Rooms};
#[cfg(not(target_family = "wasm"))]
pub(crate) use script::field_name;
