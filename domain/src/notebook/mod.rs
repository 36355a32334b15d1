//! The notebook (오답 노트): the questions that a person was asked, with how it went, a star and a memo.

mod view;

#[cfg(not(target_family = "wasm"))]
pub mod service;

pub use view::*;
