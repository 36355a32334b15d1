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

use crate::viewer::next_after_sign_in;

/// Where to go after signing in.
fn next_page(next: Option<&str>) -> &str {
    next.and_then(next_after_sign_in).unwrap_or("/interviews")
}
