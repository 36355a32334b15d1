//! The screens of what a person prepares with: letters, documents, and a profile at GitHub.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

pub mod documents;
pub mod github;
pub mod letters;

#[cfg(not(target_family = "wasm"))]
use app_base::context;
use app_base::{AppError, addresses, error, json, language, time, ui, viewer, words};
