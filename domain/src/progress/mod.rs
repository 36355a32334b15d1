//! Progress: what a person's interviews say together, over time and by topic, and on which days they practised.

mod view;

pub use view::*;

#[cfg(not(target_family = "wasm"))]
mod practice;
#[cfg(not(target_family = "wasm"))]
mod profiles;
#[cfg(not(target_family = "wasm"))]
mod scores;
#[cfg(not(target_family = "wasm"))]
pub mod service;
