//! What Daedap shows: its screens, and the server functions that they call.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[cfg(not(erase_components))]
compile_error!("RUSTFLAGS hides what .cargo/config.toml asks for: add --cfg=erase_components to it");

#[macro_use]
mod language;

mod accounts;
mod admin;
#[cfg(not(target_family = "wasm"))]
mod context;
mod documents;
mod drill;
mod error;
mod github;
#[cfg(not(target_family = "wasm"))]
mod hints;
mod home;
mod identities;
mod interview;
mod json;
mod layout;
mod letters;
mod local_path;
mod material;
mod notebook;
mod page_facts;
mod past_questions;
mod preferences;
mod privacy;
mod progress;
mod questions;
mod quotas;
mod receipts;
mod retention;
mod routes;
mod rubric;
mod score_check;
mod share;
#[cfg(not(target_family = "wasm"))]
mod shell;
mod takeout;
mod time;
mod today;
mod tokens;
mod ui;
mod usage;
mod words;

#[expect(
    deprecated,
    reason = "its successor, a build script, brings all of ICU's tools with it to do the same"
)]
mod texts {
    leptos_i18n::load_locales!();
}
use texts::i18n;

pub use accounts::next_after_sign_in;
#[cfg(not(target_family = "wasm"))]
pub use accounts::session::{
    CREDENTIALS_REV_KEY, USER_ID_KEY, sign_in_session, sign_out_session, store_failed as session_store_failed,
};
#[cfg(not(target_family = "wasm"))]
pub use context::{ClientAddress, CurrentViewer, Https, OfferedLogins, Post, SiteUrl, preference_cookie};
pub use error::AppError;
#[cfg(not(target_family = "wasm"))]
pub use hints::Hints;
pub use identities::LoginTrouble;
#[cfg(not(target_family = "wasm"))]
pub use identities::{BrowserSecret, no_login_cookie};
#[cfg(not(target_family = "wasm"))]
pub use language::page_language;
pub use local_path::local_path;
pub use preferences::{LANGUAGE_COOKIE, THEME_COOKIE};
pub use routes::App;
#[cfg(not(target_family = "wasm"))]
pub use shell::shell;
