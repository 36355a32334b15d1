//! What Daedap knows: its types and rules for both targets, its services for the native one.

pub mod accounts;
pub mod admin;
pub mod audit;
pub mod chat;
pub mod documents;
pub mod drill;
mod error;
#[cfg(not(target_family = "wasm"))]
pub mod idempotency;
pub mod identities;
pub mod interview;
pub mod letters;
#[cfg(not(target_family = "wasm"))]
pub mod llm;
#[cfg(not(target_family = "wasm"))]
pub mod mail;
pub mod notebook;
pub mod privacy;
pub mod progress;
pub mod questions;
pub mod quotas;
pub mod receipts;
pub mod retention;
pub mod rubric;
pub mod score_check;
pub mod scoring;
pub mod settings;
pub mod share;
pub mod takeout;
pub mod today;
pub mod tokens;
pub mod usage;
mod viewer;

pub use error::{InputField, ModelFailure, Problem, Reason};
pub use viewer::{Role, Viewer};

#[cfg(not(target_family = "wasm"))]
mod app;
#[cfg(not(target_family = "wasm"))]
pub mod audio;
#[cfg(not(target_family = "wasm"))]
mod cores;
#[cfg(not(target_family = "wasm"))]
pub mod database;
#[cfg(not(target_family = "wasm"))]
pub mod entities;
#[cfg(not(target_family = "wasm"))]
pub mod markup;

#[cfg(not(target_family = "wasm"))]
pub use app::{App, Clock, Parts, Settings};
#[cfg(not(target_family = "wasm"))]
pub use cores::Cores;
#[cfg(not(target_family = "wasm"))]
pub use error::{Error, OrInternal};

/// A word from a file, a database or a request that is not on its closed list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {list}")]
pub struct UnknownWord {
    pub list: &'static str,
    pub word: String,
}
