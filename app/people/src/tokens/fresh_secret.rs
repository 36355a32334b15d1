//! The secret of the token that was just made. It cannot be shown a second time.

use leptos::html;
use leptos::prelude::*;

use crate::ui::{AtOnce, copy};

/// The secret, with a button that copies it.
#[component]
pub fn FreshSecret(secret: String) -> impl IntoView {
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
        move || copied.get().map(|copied| if copied { tr!(tokens.copied) } else { tr!(tokens.not_copied) });
    view! {
        <div class="fresh-secret">
            <label for="token-secret">{tr!(tokens.secret)}</label>
            <p class="hint" id="token-secret-hint">{tr!(tokens.once)}</p>
            <div class="secret-copy">
                <input
                    id="token-secret"
                    type="text"
                    readonly
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=field
                    value=secret
                    aria-describedby="token-secret-hint"
                />
                <button type="button" class="button" on:click=press>{tr!(tokens.copy)}</button>
            </div>
            <p role="status" class="done">{told}</p>
        </div>
    }
    .at_once()
}
