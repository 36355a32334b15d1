//! Who somebody is: signing up, in and out, and the profile.

mod account_fields;
mod delete_account;
mod login_page;
mod password_form;
mod profile_form;
mod profile_page;
mod register_page;
mod server_fns;
#[cfg(not(target_family = "wasm"))]
pub mod session;
mod setup_page;

pub use login_page::login_page;
pub use profile_page::profile_page;
pub use register_page::register_page;
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

/// Where to go after signing in. Back to the sign-in page is no place to go.
fn next_page(next: Option<&str>) -> &str {
    next.and_then(local_path).filter(|path| !path.starts_with("/login")).unwrap_or("/interviews")
}
