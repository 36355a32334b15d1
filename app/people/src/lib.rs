//! The screens about a person: the account and its logins, tokens, the allowance, and what is stored of somebody.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

pub mod accounts;
pub mod identities;
pub mod privacy;
pub mod quotas;
pub mod receipts;
pub mod retention;
pub mod takeout;
pub mod tokens;

use app_base::{AppError, error, json, language, login_trouble, time, ui, viewer, words};
#[cfg(not(target_family = "wasm"))]
use app_base::{browser_secret, context, preferences, session};
