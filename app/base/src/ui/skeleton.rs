//! Grey lines where text is about to be.

use leptos::prelude::*;

use super::AtOnce;

/// Grey lines where text will stand.
#[component]
pub fn Skeleton(#[prop(default = 3)] lines: usize) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{tr!(ui.loading)}</span>
            {(0..lines).map(|_| view! { <div class="skeleton-line" aria-hidden="true"></div> }).collect_view()}
        </div>
    }
    .at_once()
}
