//! Whether everything is saved, always in sight.

use leptos::prelude::*;

use super::editor::{Editor, SaveState, told};
use crate::ui::AtOnce;
use crate::viewer::login_path;

/// A line that says how far saving is, with a way to try again.
#[component]
pub fn SaveLine(editor: Editor) -> impl IntoView {
    let word = move || match editor.state.get() {
        SaveState::Saved => "saved",
        SaveState::Unsaved => "unsaved",
        SaveState::Saving => "saving",
        SaveState::Failed(_) => "failed",
        SaveState::Conflict(_) => "conflict",
    };
    let text = move || match editor.state.get() {
        SaveState::Saved => tr!(letters.saved).to_owned(),
        SaveState::Unsaved => tr!(letters.unsaved).to_owned(),
        SaveState::Saving => tr!(letters.saving).to_owned(),
        SaveState::Failed(error) => format!("{} {}", told(&error), tr!(letters.kept)),
        SaveState::Conflict(_) => tr!(letters.conflict).to_owned(),
    };
    let more = move || match editor.state.get() {
        SaveState::Failed(crate::AppError::Problem(domain::Problem::SignInRequired)) => {
            let path = login_path(&format!("/letters/{}", editor.id));
            view! { <a href=path rel="external" target="_blank">{tr!(ui.sign_in)}</a> }.at_once()
        }
        SaveState::Failed(_) => view! {
            <button type="button" class="plain" on:click=move |_| editor.save()>{tr!(ui.try_again)}</button>
        }
        .at_once(),
        _ => ().at_once(),
    };
    view! {
        <div class="save-line" data-state=word>
            <p role="status">{text}</p>
            {more}
        </div>
    }
    .at_once()
}
