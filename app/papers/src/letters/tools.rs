//! What can be done with the letter as a whole: taking it away, and what other features add.

use leptos::prelude::*;

use super::editor::{Editor, SaveState};
use crate::addresses::setup_with_letter;
use crate::ui::{AtOnce, go_to};

/// The line of tools above a letter. The files are of what is saved, and everything is saved by itself.
#[component]
pub fn Tools(editor: Editor) -> impl IntoView {
    let id = editor.id;
    view! {
        <div class="actions letter-tools">
            <ToInterview editor/>
            <a class="button quiet small" href=format!("/letters/{id}/letter.md") rel="external" download="">
                {tr!(letters.as_markdown)}
            </a>
            <a class="button quiet small" href=format!("/letters/{id}/letter.txt") rel="external" download="">
                {tr!(letters.as_text)}
            </a>
            <a class="button quiet small" href="/documents/letter">{tr!(letters.import)}</a>
        </div>
    }
    .at_once()
}

/// The way to an interview about the letter as it is written now: what is not saved yet is saved first. While two versions wait for a
/// decision there is none.
#[component]
fn ToInterview(editor: Editor) -> impl IntoView {
    let id = editor.id;
    let undecided = Memo::new(move |_| editor.state.with(|state| matches!(state, SaveState::Conflict(_))));
    let press = move |event: leptos::ev::MouseEvent| {
        if editor.state.with_untracked(|state| *state == SaveState::Saved) {
            return;
        }
        event.prevent_default();
        editor.when_saved(Callback::new(move |()| go_to(&setup_with_letter(id))));
    };
    let link = move || {
        (!undecided.get()).then(|| {
            view! {
                <a class="button small" href=setup_with_letter(id) on:click=press>
                    {tr!(letters.to_interview)}
                </a>
            }
        })
    };
    view! { {link} }.at_once()
}
