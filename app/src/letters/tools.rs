//! What can be done with the letter as a whole: taking it away, and what other features add.

use leptos::prelude::*;

use super::editor::Editor;
use crate::ui::AtOnce;

/// The line of tools above a letter. The files are of what is saved, and everything is saved by itself.
#[component]
pub fn Tools(editor: Editor) -> impl IntoView {
    let id = editor.id;
    view! {
        <div class="actions letter-tools">
            <a class="button quiet small" href=format!("/letters/{id}/letter.md") rel="external" download="">
                {tr!(letters.as_markdown)}
            </a>
            <a class="button quiet small" href=format!("/letters/{id}/letter.txt") rel="external" download="">
                {tr!(letters.as_text)}
            </a>
        </div>
    }
    .at_once()
}
