//! What somebody's public repositories at GitHub are made of.

mod activity;
mod github_page;
mod languages;
mod profile;
mod repositories;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod texts;

pub use github_page::github_page;
