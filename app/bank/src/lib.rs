//! The screens of the question bank, and of the past questions that people hand in.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

pub mod past_questions;
pub mod questions;

#[cfg(not(target_family = "wasm"))]
use app_base::context;
use app_base::{AppError, addresses, error, json, language, layout, time, ui, words};
use app_practice::{interview, notebook};
