//! Changing a document: nothing that was typed is lost, and nothing that was saved elsewhere is overwritten unasked.

use domain::InputField;
use domain::documents::{DocumentEdit, DocumentView, EditOutcome};
use leptos::html::Textarea;
use leptos::prelude::*;
use uuid::Uuid;

use super::draft::{Draft, DraftKey, Elsewhere, Offer};
use super::new_document::{KindChoice, choose, put};
use super::server_fns::save_document;
use super::text_field::{LongTextField, text_of};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, TextField};

/// A document that is being changed.
#[derive(Clone, Copy)]
struct Editor {
    id: Uuid,
    form: FormState,
    text: NodeRef<Textarea>,
    key: DraftKey,
    /// What the server has, as far as this page knows.
    stored: RwSignal<Draft>,
    revision: RwSignal<u32>,
    /// Something is typed that is not saved.
    changed: RwSignal<bool>,
    saved: RwSignal<bool>,
    /// What was typed here before was put in again.
    recovered: RwSignal<bool>,
    /// What was written elsewhere meanwhile.
    other: RwSignal<Option<DocumentView>>,
}

impl Editor {
    fn typed_now(self) -> Draft {
        Draft {
            kind: self.form.value(InputField::Kind),
            title: self.form.value(InputField::Title),
            text: text_of(self.text),
        }
    }

    fn fill(self, draft: &Draft) {
        put(self.form, &draft.title);
        choose(self.form, &draft.kind);
        if let Some(field) = self.text.get_untracked() {
            field.set_value(&draft.text);
        }
    }

    fn typed(self) {
        let draft = self.typed_now();
        let changed = self.stored.with_untracked(|stored| *stored != draft);
        self.changed.set(changed);
        self.saved.set(false);
        if changed {
            self.key.keep(&draft);
        } else {
            self.key.forget();
        }
    }

    /// Puts in what the server has, and gives up the rest.
    fn discard(self) {
        self.stored.with_untracked(|stored| self.fill(stored));
        self.key.forget();
        self.recovered.set(false);
        self.changed.set(false);
    }

    fn save(self) {
        let sent = self.typed_now();
        let Draft { kind, title, text } = sent.clone();
        let edit = DocumentEdit { revision: self.revision.get_untracked(), kind, title, text };
        self.form.send(save_document(self.id, edit), move |outcome| match outcome {
            EditOutcome::Saved(view) => {
                self.revision.set(view.revision);
                self.other.set(None);
                self.recovered.set(false);
                // The server cleans what it keeps; what was typed meanwhile stays to be saved.
                if self.typed_now() == sent {
                    self.stored.set(sent);
                    self.key.forget();
                    self.changed.set(false);
                    self.saved.set(true);
                }
            }
            EditOutcome::ChangedElsewhere(view) => {
                // The person has been told; saving again replaces it.
                self.revision.set(view.revision);
                self.other.set(Some(view));
            }
        });
    }
}

/// The form.
#[component]
pub fn DocumentForm(document: DocumentView) -> impl IntoView {
    let stored =
        Draft { kind: document.kind.to_string(), title: document.title.clone(), text: document.text.clone() };
    let editor = Editor {
        id: document.id,
        form: FormState::new(),
        text: NodeRef::new(),
        key: DraftKey::of(&format!("document-{}", document.id)),
        stored: RwSignal::new(stored),
        revision: RwSignal::new(document.revision),
        changed: RwSignal::new(false),
        saved: RwSignal::new(false),
        recovered: RwSignal::new(false),
        other: RwSignal::new(None),
    };
    let elsewhere = Elsewhere::new(editor.key);
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || editor.text.get().is_none() {
            return done == Some(true);
        }
        match editor.key.kept() {
            Some(kept) if editor.stored.with_untracked(|stored| kept != *stored) => {
                editor.fill(&kept);
                editor.recovered.set(true);
                editor.changed.set(true);
            }
            _ => editor.stored.with_untracked(|stored| editor.fill(stored)),
        }
        editor.key.claim(move || editor.typed());
        editor.stored.with_untracked(|stored| elsewhere.look(Some(stored)));
        true
    });
    let take = Callback::new(move |draft: Draft| {
        editor.fill(&draft);
        editor.typed();
    });
    // What is typed here gives way to nothing.
    let untouched = Signal::derive(move || !editor.changed.get());
    let form = editor.form;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editor.save();
    };
    let state = move || {
        if editor.saved.get() {
            Some(tr!(documents.saved))
        } else {
            editor.changed.get().then(|| tr!(documents.unsaved))
        }
    };
    view! {
        <form
            class="stack"
            method="post"
            novalidate
            node_ref=form.element
            on:submit=submit
            on:change=move |_| editor.typed()
        >
            <FormNotice form/>
            <Offer elsewhere open=untouched take stored=editor.stored/>
            {move || editor.recovered.get().then(|| recovered(editor))}
            {move || editor.other.get().map(written_elsewhere)}
            <TextField
                field=InputField::Title
                form
                label=tr!(documents.name)
                hint=tr!(documents.name_hint)
                value=document.title
            />
            <KindChoice form chosen=document.kind/>
            <LongTextField
                form
                label=tr!(documents.text)
                hint=tr!(documents.text_edit_hint)
                rows=24
                node=editor.text
                typed=Callback::new(move |()| editor.typed())
            />
            <div class="actions">
                <SubmitButton form label=tr!(documents.save) pending=tr!(documents.saving)/>
                <p role="status" class="done">{state}</p>
            </div>
        </form>
    }
    .at_once()
}

/// Tells that what was typed before is there again.
fn recovered(editor: Editor) -> impl IntoView {
    view! {
        <div class="note-block" role="status">
            <p>{tr!(documents.recovered)}</p>
            <p class="actions">
                <button type="button" class="button quiet small" on:click=move |_| editor.discard()>
                    {tr!(documents.discard)}
                </button>
            </p>
        </div>
    }
    .at_once()
}

/// Shows what was saved elsewhere meanwhile.
fn written_elsewhere(other: DocumentView) -> impl IntoView {
    view! {
        <div class="note-block" role="alert">
            <p>{tr!(documents.changed_elsewhere)}</p>
            <details>
                <summary>{tr!(documents.show_other)}</summary>
                <p><strong>{other.title}</strong></p>
                <div class="document-other" tabindex="0" role="region" aria-label=tr!(documents.show_other)>
                    {other.text}
                </div>
            </details>
        </div>
    }
    .at_once()
}
