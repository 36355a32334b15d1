//! A person's own material: what an interview is about besides its field. It finds statements worth asking about, asks about them,
//! and compares them with the answers.
//!
//! Pure files (`statements`, `signals`, `figures`, `technologies`, `select`, `templates`, `spoken`, `compare`) hold the rules. `service`
//! gathers the texts. An interview keeps a copy of them, so what becomes of a letter later changes nothing.

mod view;

#[cfg(not(target_family = "wasm"))]
mod brief;
#[cfg(not(target_family = "wasm"))]
mod compare;
#[cfg(not(target_family = "wasm"))]
mod compare_words;
#[cfg(not(target_family = "wasm"))]
mod figures;
#[cfg(not(target_family = "wasm"))]
mod select;
#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod signals;
#[cfg(not(target_family = "wasm"))]
mod spoken;
#[cfg(not(target_family = "wasm"))]
mod statements;
#[cfg(not(target_family = "wasm"))]
mod technologies;
#[cfg(not(target_family = "wasm"))]
mod templates;
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;

pub use view::*;

#[cfg(not(target_family = "wasm"))]
pub use {
    brief::{AskBrief, CompareBrief, Made},
    compare::{Answer, compare},
    select::{Chosen, select},
    spoken::spoken,
    statements::{Material, Statement, statements, without_contacts},
    templates::{about, neutral},
};
