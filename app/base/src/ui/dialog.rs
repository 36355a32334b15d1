//! A question that must be answered before anything else: the browser's own modal dialog.

use leptos::html;
use leptos::prelude::*;

use super::AtOnce;

/// Opens when `open` becomes true, and sets it back when it was closed in whatever way.
#[component]
pub fn Dialog(open: RwSignal<bool>, title: String, children: Children) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let wanted = open.get();
        let Some(dialog) = dialog.get() else { return };
        if wanted && !dialog.open() {
            // It fails only for a dialog that was taken off the page.
            let _ = dialog.show_modal();
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let title_for_label = title.clone();
    view! {
        <dialog class="dialog" node_ref=dialog aria-label=title_for_label on:close=move |_| open.set(false)>
            <h2 class="dialog-title">{title}</h2>
            {children()}
        </dialog>
    }
    .at_once()
}
