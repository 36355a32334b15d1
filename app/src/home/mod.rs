//! What Daedap is, for somebody who sees it for the first time.

#[cfg(target_family = "wasm")]
mod browser;
mod example;
mod home_page;
#[cfg(not(target_family = "wasm"))]
mod server;

#[cfg(target_family = "wasm")]
use browser::registration;
#[cfg(not(target_family = "wasm"))]
use server::registration;

pub use home_page::home_page;
