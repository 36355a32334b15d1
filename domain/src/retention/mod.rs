//! Retention: after how many days a person's interviews are deleted by themselves.

mod view;

pub use view::{RetentionChoice, RetentionEffect, RetentionView};

#[cfg(not(target_family = "wasm"))]
pub mod service;
