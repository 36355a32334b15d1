//! What Daedap shows: which address shows which screen, and the document around them. The screens are in the crates beside it.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

mod home;
mod page_facts;
#[cfg(not(target_family = "wasm"))]
mod pages;
mod routes;
#[cfg(not(target_family = "wasm"))]
mod shell;

#[cfg(not(target_family = "wasm"))]
pub use pages::pages;
pub use routes::App;
