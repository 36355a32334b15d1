//! What calls to the model server come to: how many, how they ended, how long they took, how many tokens they used.
//!
//! They are counted by UTC day, model and purpose. No text, no person and no interview is in the counts.

mod duration;
mod view;

#[cfg(not(target_family = "wasm"))]
mod call;
#[cfg(not(target_family = "wasm"))]
mod meter;
#[cfg(not(target_family = "wasm"))]
mod prices;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod steps;
#[cfg(not(target_family = "wasm"))]
mod sums;
#[cfg(not(target_family = "wasm"))]
mod tokens;

pub use duration::{STEPS_MS, Within};
pub use view::*;

#[cfg(not(target_family = "wasm"))]
pub use {
    call::Call,
    meter::{Meter, as_score_check},
    prices::{Price, PriceError, Prices},
    tokens::{Estimate, Tokens},
};
