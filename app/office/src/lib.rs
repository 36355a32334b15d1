//! The screens of administrators.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

pub mod admin;
pub mod score_check;
pub mod usage;

use app_base::{AppError, error, json, layout, time, ui, words};
#[cfg(not(target_family = "wasm"))]
use app_base::{context, language};
