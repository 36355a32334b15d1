//! Adding items: the usual ones by name, or an empty one.

use domain::letters::ITEMS_MAX;
use domain::letters::templates::{Template, USUAL_LIMIT};
use leptos::prelude::*;

use super::editor::Editor;
use crate::ui::AtOnce;

/// A button for each usual item, and one for an item of one's own.
#[component]
pub fn AddItem(editor: Editor) -> impl IntoView {
    let full = Memo::new(move |_| editor.content.with(|content| content.items.len() >= ITEMS_MAX as usize));
    let closed = move || full.get() || !editor.ready.get();
    let add = move |template: Template| {
        let language = editor.content.with_untracked(|content| content.language);
        editor.add_item(template.question(language), "", template.tip(language), Some(USUAL_LIMIT));
    };
    let usual = Template::ALL
        .iter()
        .map(|template| {
            view! {
                <li>
                    <button
                        type="button"
                        class="chip"
                        disabled=closed
                        on:click=move |_| add(*template)
                    >
                        "+ " {move || template.name(editor.language())}
                    </button>
                </li>
            }
        })
        .collect_view();
    let told = move || full.get().then(|| tr!(letters.items_full, max = ITEMS_MAX));
    view! {
        <div class="add-item" role="group" aria-labelledby="add-item">
            <h3 id="add-item">{tr!(letters.add_item)}</h3>
            <ul class="chips">{usual}</ul>
            <button
                type="button"
                class="button quiet"
                disabled=closed
                on:click=move |_| editor.add_item("", "", "", None)
            >
                {tr!(letters.add_own)}
            </button>
            <p class="hint" role="status">{told}</p>
        </div>
    }
    .at_once()
}
