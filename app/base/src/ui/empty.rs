//! What stands where a list would be.

use leptos::prelude::*;

use super::AtOnce;

/// Why there is nothing, and what to do next: addresses with what stands on their links.
#[component]
pub fn Empty(text: &'static str, next: Vec<(&'static str, &'static str)>) -> impl IntoView {
    let links = next
        .into_iter()
        .map(|(href, label)| view! { <a class="button quiet" href=href>{label}</a> })
        .collect_view();
    view! {
        <div class="empty">
            <p>{text}</p>
            <p class="actions">{links}</p>
        </div>
    }
    .at_once()
}
