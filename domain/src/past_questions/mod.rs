//! Past questions (기출): what people were asked elsewhere and handed in for everybody. An administrator reads each one before others
//! do; what was approved is asked in interviews of its field.

mod view;

#[cfg(not(target_family = "wasm"))]
mod input;
#[cfg(not(target_family = "wasm"))]
mod key;
#[cfg(not(target_family = "wasm"))]
mod library;
#[cfg(not(target_family = "wasm"))]
mod near;
#[cfg(not(target_family = "wasm"))]
mod row;
#[cfg(not(target_family = "wasm"))]
pub mod service;

#[cfg(not(target_family = "wasm"))]
pub(crate) use input::{Details, is_well_formed};
#[cfg(not(target_family = "wasm"))]
pub(crate) use near::{Aim, Nearness};
pub use view::*;
