//! The screens of practising: interviews with their reports, the drill, the notebook and progress.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

pub mod drill;
pub mod interview;
pub mod material;
pub mod notebook;
pub mod progress;
pub mod rubric;
pub mod share;
pub mod today;

#[cfg(not(target_family = "wasm"))]
use app_base::context;
use app_base::{AppError, addresses, error, i18n, json, language, time, ui, viewer, words};
