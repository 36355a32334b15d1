//! What every page knows about its request: who is signed in and which theme was chosen.
//! The server reads it, the browser finds it in the page.

#[cfg(target_family = "wasm")]
mod browser;
#[cfg(not(target_family = "wasm"))]
mod server;

#[cfg(target_family = "wasm")]
use browser::read;
#[cfg(not(target_family = "wasm"))]
use server::read;

use domain::Viewer;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use app_base::login_trouble::LoginTrouble;
use app_base::preferences::Theme;

/// What a page was rendered for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct PageFacts {
    viewer: Option<Viewer>,
    theme: String,
    /// Only on a page that a provider led back to and that does not go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trouble: Option<LoginTrouble>,
}

impl PageFacts {
    /// Makes the facts known to everything on the page.
    pub fn provide() {
        let facts = SharedValue::new(read).into_inner();
        provide_context(RwSignal::new(facts.viewer));
        provide_context(Theme(facts.theme));
        provide_context(facts.trouble);
    }
}
