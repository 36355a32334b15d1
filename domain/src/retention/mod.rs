//! Retention: after how many days a person's interviews, and letters and documents that nobody changes, are deleted by themselves.

mod view;

pub use view::{RetentionChoice, RetentionEffect, RetentionView};

#[cfg(not(target_family = "wasm"))]
mod documents;
#[cfg(not(target_family = "wasm"))]
mod letters;
#[cfg(not(target_family = "wasm"))]
pub mod service;
