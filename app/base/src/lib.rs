//! What the screens of Daedap share: texts, widgets, words for closed lists, and what a server function knows about its request.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[cfg(not(erase_components))]
compile_error!("RUSTFLAGS hides what .cargo/config.toml asks for: add --cfg=erase_components to it");

#[macro_use]
pub mod language;

pub mod addresses;
#[cfg(not(target_family = "wasm"))]
pub mod browser_secret;
#[cfg(not(target_family = "wasm"))]
pub mod context;
pub mod error;
#[cfg(not(target_family = "wasm"))]
pub mod hints;
pub mod json;
pub mod layout;
pub mod local_path;
pub mod login_trouble;
#[cfg(not(target_family = "wasm"))]
pub mod pages;
pub mod preferences;
#[cfg(not(target_family = "wasm"))]
pub mod session;
pub mod time;
pub mod ui;
pub mod viewer;
pub mod words;

#[expect(
    deprecated,
    reason = "its successor, a build script, brings all of ICU's tools with it to do the same"
)]
mod texts {
    leptos_i18n::load_locales!();
}

pub use error::AppError;
pub use texts::i18n;
