//! The screens as the server is handed them. It knows none of them, so that an edit of one does not build the server again.

use leptos::config::LeptosOptions;
use leptos::prelude::AnyView;
use leptos_axum::AxumRouteListing;

/// Everything that is rendered for browsers.
#[derive(Clone, Copy, Debug)]
pub struct Pages {
    /// The addresses of all pages but those that are named.
    pub routes: fn(Vec<String>) -> Vec<AxumRouteListing>,
    /// Renders the page of the request that stands in the context.
    pub render: fn(LeptosOptions) -> AnyView,
}
