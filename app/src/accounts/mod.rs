//! Who somebody is: signing up, in and out, and the profile.

mod account_fields;
mod delete_account;
mod forgot_page;
mod login_page;
mod password_form;
mod profile_form;
mod profile_page;
mod register_page;
mod reset_page;
mod server_fns;
#[cfg(not(target_family = "wasm"))]
pub mod session;
mod session_list;
mod setup_page;

pub use forgot_page::forgot_page;
pub use login_page::login_page;
pub use profile_page::profile_page;
pub use register_page::register_page;
pub use reset_page::reset_page;
pub use setup_page::setup_page;

use domain::Viewer;
use leptos::prelude::*;
use leptos_router::location::Url;

use crate::local_path::local_path;

/// The signed-in person, if any.
pub fn use_viewer() -> RwSignal<Option<Viewer>> {
    expect_context()
}

/// The sign-in page that leads on to `next`.
pub fn login_path(next: &str) -> String {
    format!("/login?next={}", Url::escape(next))
}

/// Where to go after signing in.
fn next_page(next: Option<&str>) -> &str {
    next.and_then(next_after_sign_in).unwrap_or("/interviews")
}

/// The path, if it leads to a page of this site that is a place to go after signing in. Back to the sign-in page is none.
pub fn next_after_sign_in(path: &str) -> Option<&str> {
    local_path(path).filter(|path| !["/login", "/oauth/", "/web/"].iter().any(|no| path.starts_with(no)))
}
