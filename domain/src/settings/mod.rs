//! What administrators set while the program runs. A setting is a typed key; one that was never set has its default.

mod view;

pub use view::{RETENTION_MAX_DAYS_MOST, Registration, SettingsView};

#[cfg(not(target_family = "wasm"))]
pub mod service;
#[cfg(not(target_family = "wasm"))]
mod store;

#[cfg(not(target_family = "wasm"))]
pub use store::{Key, REGISTRATION, RETENTION_MAX_DAYS, clear, read, registration, write};
