//! The versions of a letter: looking at one beside what is there, and taking it back.

use domain::letters::{LetterVersion, SaveOutcome, VersionKind};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::changes::{Changes, changes};
use super::editor::{Editor, SaveState, told};
use super::server_fns::{VersionRow, list_versions, read_version, restore_version};
use crate::AppError;
use crate::error::flat;
use crate::ui::AtOnce;

/// What the part knows.
#[derive(Clone, Copy)]
struct Shelf {
    editor: Editor,
    rows: RwSignal<Option<Vec<VersionRow>>>,
    opened: RwSignal<Option<LetterVersion>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    restored: RwSignal<bool>,
}

impl Shelf {
    /// Asks for the versions. What is written is saved first, so that it is among them.
    fn list(self) {
        self.failure.set(None);
        self.restored.set(false);
        self.editor.when_saved(Callback::new(move |()| self.fetch()));
    }

    fn fetch(self) {
        spawn_local(async move {
            let rows = list_versions(self.editor.id).await;
            match rows {
                Ok(rows) => {
                    let _ = self.rows.try_set(Some(rows));
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }

    fn open(self, id: Uuid) {
        self.failure.set(None);
        self.restored.set(false);
        spawn_local(async move {
            match read_version(id).await {
                Ok(version) => {
                    let _ = self.opened.try_set(Some(version));
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }

    /// Takes the opened version back. What is there now is saved first, and stays a version.
    fn restore(self, version: LetterVersion) {
        if self.pending.get_untracked() {
            return;
        }
        self.failure.set(None);
        self.editor.when_saved(Callback::new(move |()| {
            let version = version.clone();
            self.pending.set(true);
            spawn_local(async move {
                let revision = self.editor.revision.get_untracked();
                let done = flat(restore_version(version.summary.id, revision).await);
                if self.pending.try_set(false).is_some() {
                    return; // The page was left.
                }
                match done {
                    Ok(SaveOutcome::Saved { revision, .. }) => {
                        self.editor.load(revision, version.content);
                        self.opened.set(None);
                        self.restored.set(true);
                        self.fetch();
                    }
                    Ok(SaveOutcome::ChangedElsewhere(theirs)) => {
                        self.editor.state.set(SaveState::Conflict(theirs));
                    }
                    Err(error) => self.failure.set(Some(error)),
                }
            });
        }));
    }
}

fn name(kind: VersionKind) -> &'static str {
    match kind {
        VersionKind::Created => tr!(letters.version_created),
        VersionKind::Edited => tr!(letters.version_edited),
        VersionKind::Drafted => tr!(letters.version_drafted),
        VersionKind::Restored => tr!(letters.version_restored),
    }
}

/// The part of the page with the versions.
#[component]
pub fn History(editor: Editor) -> impl IntoView {
    let shelf = Shelf {
        editor,
        rows: RwSignal::new(None),
        opened: RwSignal::new(None),
        pending: RwSignal::new(false),
        failure: RwSignal::new(None),
        restored: RwSignal::new(false),
    };
    let rows = move || {
        shelf.rows.get().map(|rows| {
            let rows = rows.into_iter().map(|row| view! { <Row row shelf/> }).collect_view();
            view! { <ol class="version-list">{rows}</ol> }
        })
    };
    let opened = move || shelf.opened.get().map(|version| view! { <Opened version shelf/> });
    view! {
        <section class="letter-history" aria-labelledby="letter-history">
            <h2 id="letter-history">{tr!(letters.history)}</h2>
            <p class="hint">{tr!(letters.history_text)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button quiet"
                    disabled=move || !editor.ready.get()
                    on:click=move |_| shelf.list()
                >
                    {tr!(letters.show_history)}
                </button>
                <p class="done" role="status">{move || shelf.restored.get().then(|| tr!(letters.restored))}</p>
            </div>
            <p class="field-error" role="alert">{move || shelf.failure.get().as_ref().map(told)}</p>
            {rows}
            {opened}
        </section>
    }
    .at_once()
}

#[component]
fn Row(row: VersionRow, shelf: Shelf) -> impl IntoView {
    let VersionRow { version, saved } = row;
    let id = version.id;
    let chosen = move || {
        shelf.opened.with(|opened| opened.as_ref().is_some_and(|opened| opened.summary.id == id)).to_string()
    };
    view! {
        <li>
            <button type="button" class="plain" aria-pressed=chosen on:click=move |_| shelf.open(id)>
                {saved.full()} " · " {name(version.kind)} " · "
                {tr!(letters.n_characters, n = version.characters)}
            </button>
        </li>
    }
    .at_once()
}

/// A version beside what is written now: what taking it back would do.
#[component]
fn Opened(version: LetterVersion, shelf: Shelf) -> impl IntoView {
    let content = StoredValue::new(version.content.clone());
    let parts = move || {
        let parts = shelf.editor.content.with(|now| content.with_value(|then| changes(now, then)));
        view! { <Changes parts/> }
    };
    let version = StoredValue::new(version);
    view! {
        <div class="opened-version">
            <h3>{tr!(letters.version_changes)}</h3>
            {parts}
            <div class="actions">
                <button
                    type="button"
                    class="button"
                    disabled=move || shelf.pending.get()
                    on:click=move |_| shelf.restore(version.get_value())
                >
                    {tr!(letters.restore)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| shelf.opened.set(None)>
                    {tr!(letters.close)}
                </button>
            </div>
        </div>
    }
    .at_once()
}
