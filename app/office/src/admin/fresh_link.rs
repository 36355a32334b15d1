//! A link that was just made, to hand over. It cannot be shown a second time.

use leptos::html;
use leptos::prelude::*;

use crate::ui::{AtOnce, copy};

/// The link in a field, selected, with a button that copies it.
#[component]
pub fn FreshLink(id: &'static str, label: &'static str, hint: &'static str, link: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(None::<bool>);
    let press = move |_| copied.set(field.get_untracked().map(|field| copy(&field)));
    // The person pressed a button above: what came of it is read, and can be copied at once.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // It fails only for an element that was taken off the page.
            let _ = field.focus();
            field.select();
        }
    });
    let told =
        move || copied.get().map(|copied| if copied { tr!(share.copied) } else { tr!(share.not_copied) });
    let hint_id = format!("{id}-hint");
    view! {
        <div class="share-link">
            <label for=id>{label}</label>
            <p class="hint" id=hint_id.clone()>{hint}</p>
            <div class="share-copy">
                <input id=id type="text" readonly node_ref=field value=link aria-describedby=hint_id/>
                <button type="button" class="button" on:click=press>{tr!(share.copy)}</button>
            </div>
            <p role="status" class="done">{told}</p>
        </div>
    }
    .at_once()
}
