//! On the server the facts come from the request.

use domain::identities::Trouble;
use http::request::Parts;
use leptos::prelude::use_context;

use super::PageFacts;
use app_base::context::{self, cookie, redirect_to_login};
use app_base::login_trouble::LoginTrouble;
use app_base::preferences::{THEME_COOKIE, Theme};

/// Pages below these paths are for signed-in people.
const FOR_MEMBERS: &[&str] = &[
    "/interviews",
    "/letters",
    "/progress",
    "/drill",
    "/notebook",
    "/allowance",
    "/profile",
    "/tokens",
    "/admin",
    "/documents",
    "/github",
    "/questions",
    "/past-questions",
];

/// Reads the request. A guest who asks for a member's page is led to the sign-in page.
pub fn read() -> PageFacts {
    let Some(parts) = use_context::<Parts>() else { return PageFacts::default() };
    let viewer = context::viewer_of(&parts);
    let path = parts.uri.path();
    if viewer.is_none() && FOR_MEMBERS.iter().any(|members| path.starts_with(members)) {
        redirect_to_login(&parts);
    }
    let trouble = parts.extensions.get::<LoginTrouble>().cloned();
    if trouble.is_none() && path.starts_with("/oauth/") {
        // Nobody was sent here.
        context::set_status(Trouble::Stale.status());
    }
    PageFacts { viewer, theme: Theme::parse(cookie(&parts.headers, THEME_COOKIE)).0, trouble }
}
