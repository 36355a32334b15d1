//! What Daedap shows: which address shows which screen, and the document around them. The screens are in the crates beside it.

// Views are types: what nests in a page nests in its type.
#![recursion_limit = "256"]

#[macro_use]
extern crate app_base;

#[cfg(not(target_family = "wasm"))]
mod hints;
mod home;
mod page_facts;
mod routes;
#[cfg(not(target_family = "wasm"))]
mod shell;

#[cfg(not(target_family = "wasm"))]
pub use app_base::context::{
    ClientAddress, CurrentViewer, Https, OfferedLogins, Post, SiteUrl, preference_cookie,
};
#[cfg(not(target_family = "wasm"))]
pub use app_base::language::page_language;
pub use app_base::local_path::local_path;
pub use app_base::preferences::{LANGUAGE_COOKIE, THEME_COOKIE};
pub use app_base::viewer::next_after_sign_in;
#[cfg(not(target_family = "wasm"))]
pub use app_people::accounts::session::{
    CREDENTIALS_REV_KEY, USER_ID_KEY, sign_in_session, sign_out_session, store_failed as session_store_failed,
};
pub use app_people::identities::LoginTrouble;
#[cfg(not(target_family = "wasm"))]
pub use app_people::identities::{BrowserSecret, no_login_cookie};
#[cfg(not(target_family = "wasm"))]
pub use hints::Hints;
pub use routes::App;
#[cfg(not(target_family = "wasm"))]
pub use shell::shell;
