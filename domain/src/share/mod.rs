//! A share link: whoever has it reads the report on one finished interview, without an account.

mod view;

pub use view::{NewShare, SHARES_MAX, ShareDays, ShareLink, ShareView, SharedReport};

#[cfg(not(target_family = "wasm"))]
mod anonymous;
#[cfg(not(target_family = "wasm"))]
mod own_words;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod token;
