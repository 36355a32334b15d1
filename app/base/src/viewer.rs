//! Who is signed in, as a page knows it, and the way to signing in.

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

/// The path, if it leads to a page of this site that is a place to go after signing in. Back to the sign-in page is none.
pub fn next_after_sign_in(path: &str) -> Option<&str> {
    local_path(path).filter(|path| !["/login", "/oauth/", "/web/"].iter().any(|no| path.starts_with(no)))
}
