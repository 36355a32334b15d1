//! Today's question: one of the bank for each person and day, to be answered in a few minutes.

mod view;

#[cfg(not(target_family = "wasm"))]
mod choose;
#[cfg(not(target_family = "wasm"))]
pub mod service;

pub use view::{SWAPS_MAX, TodayQuestion, TodayView};
