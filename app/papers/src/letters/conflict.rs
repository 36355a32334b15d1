//! A letter that was changed in two places: both texts, and the person decides.

use domain::letters::{Letter, LetterContent, NAME_MAX, NewLetter};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::changes::{Changes, changes};
use super::editor::{Editor, SaveState, told};
use super::server_fns::create_letter;
use crate::AppError;
use crate::error::flat;
use crate::ui::AtOnce;

/// What is shown as long as nothing is decided, and afterwards the way to a copy that was made.
#[component]
pub fn Conflict(editor: Editor) -> impl IntoView {
    let copy = RwSignal::new(None::<Uuid>);
    // Built once for each conflict, not at every stroke.
    let theirs = Memo::new(move |_| match editor.state.get() {
        SaveState::Conflict(theirs) => Some(*theirs),
        _ => None,
    });
    let open = move || theirs.get().map(|theirs| view! { <Choice editor theirs copy/> });
    let made = move || {
        copy.get().map(|id| {
            view! {
                <p class="note-block" role="status">
                    {tr!(letters.copy_made)} " " <a href=format!("/letters/{id}")>{tr!(letters.to_copy)}</a>
                </p>
            }
        })
    };
    view! {
        {open}
        {made}
    }
    .at_once()
}

#[component]
fn Choice(editor: Editor, theirs: Letter, copy: RwSignal<Option<Uuid>>) -> impl IntoView {
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<AppError>);
    // A second press makes no second copy.
    let request_id = Uuid::now_v7();
    let mine = editor.content.get_untracked();
    let parts = changes(&theirs.content, &mine);
    let theirs = StoredValue::new(theirs);
    let keep_theirs =
        move || theirs.with_value(|theirs| editor.load(theirs.revision, theirs.content.clone()));
    let keep_both = move |_| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        failure.set(None);
        let letter = NewLetter { request_id, content: copied(editor.content.get_untracked()) };
        spawn_local(async move {
            let made = flat(create_letter(letter).await);
            if pending.try_set(false).is_some() {
                return; // The page was left. What was written is kept in this browser.
            }
            match made {
                Ok(id) => {
                    copy.set(Some(id));
                    keep_theirs();
                }
                Err(error) => failure.set(Some(error)),
            }
        });
    };
    view! {
        <section class="conflict note-block" role="alert" aria-labelledby="conflict">
            <h2 id="conflict">{tr!(letters.conflict_title)}</h2>
            <p>{tr!(letters.conflict_text)}</p>
            <h3>{tr!(letters.conflict_changes)}</h3>
            <Changes parts/>
            <p class="field-error" role="alert">{move || failure.get().as_ref().map(told)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    disabled=move || pending.get()
                    on:click=move |_| theirs.with_value(|theirs| editor.overwrite(theirs))
                >
                    {tr!(letters.keep_mine)}
                </button>
                <button type="button" class="button quiet" disabled=move || pending.get() on:click=keep_both>
                    {tr!(letters.keep_both)}
                </button>
                <button
                    type="button"
                    class="button quiet"
                    disabled=move || pending.get()
                    on:click=move |_| keep_theirs()
                >
                    {tr!(letters.keep_theirs)}
                </button>
            </div>
        </section>
    }
    .at_once()
}

/// The content under a title that tells it from the other one.
fn copied(mut content: LetterContent) -> LetterContent {
    let mark = format!(" {}", tr!(letters.copy_mark));
    let room = (NAME_MAX as usize).saturating_sub(mark.chars().count());
    let title: String = domain::letters::export::title(&content).chars().take(room).collect();
    content.title = format!("{title}{mark}");
    content
}
