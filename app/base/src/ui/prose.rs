//! Markdown of the bank or of a model, as the server has rendered it.

use leptos::prelude::*;

use super::AtOnce;

/// Safe HTML of `domain::markup`, and nothing else: it becomes part of the page.
#[component]
pub fn Prose(html: String) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }.at_once()
}
