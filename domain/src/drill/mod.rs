//! The drill (복습): a key point that was missed in an interview becomes a card, and comes back until it is known.

mod view;

#[cfg(not(target_family = "wasm"))]
mod queue;
#[cfg(not(target_family = "wasm"))]
mod schedule;
#[cfg(not(target_family = "wasm"))]
pub mod service;

pub use view::*;
