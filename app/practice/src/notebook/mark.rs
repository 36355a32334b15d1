//! The star and the memo of a question, wherever the question stands.

use domain::notebook::{MEMO_MAX, Mark, MemoOutcome, Target};
use domain::{InputField, Problem};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{save_memo, set_favourite};
use crate::error::flat;
use crate::ui::{AtOnce, recall, remember};
use crate::{AppError, words};

/// The memos that are being written. It outlives a page that is rendered anew beneath the hands, as a report is while its feedback
/// comes in.
#[derive(Clone, Copy)]
pub struct OpenMemos(RwSignal<Vec<String>>);

impl OpenMemos {
    /// Makes it known to everything on the page: none is being written.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new())));
    }

    /// By the [`key`] of its question.
    fn set(self, key: String, open: bool) {
        self.0.update(|keys| {
            keys.retain(|other| *other != key);
            keys.extend(open.then_some(key));
        });
    }
}

/// A name for the target that is unique on a page, and in the storage of a browser.
fn key(target: &Target) -> String {
    match target {
        Target::Entry(id) => format!("memo-{id}"),
        Target::Asked { interview, position } => format!("memo-{interview}-{position}"),
        Target::Question { key, language } => format!("memo-{}-{language}", key.replace(['/', ':'], "-")),
    }
}

/// What is told of a failure. What was written is still there.
fn told(error: &AppError) -> String {
    match error {
        AppError::Problem(Problem::SignInRequired) => tr!(ui.signed_out_meanwhile).to_owned(),
        AppError::Problem(Problem::NotFound) => tr!(notebook.gone).to_owned(),
        error => words::failure(error),
    }
}

/// The star and the memo.
#[component]
pub fn NotebookMark(mark: Mark) -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    view! {
        <div class="mark no-print">
            <Star target=mark.target.clone() favourite=mark.favourite ready/>
            <MemoView target=mark.target memo=mark.memo ready/>
        </div>
    }
    .at_once()
}

#[component]
fn Star(target: Target, favourite: bool, ready: RwSignal<bool>) -> impl IntoView {
    let favourite = RwSignal::new(favourite);
    let target = StoredValue::new(target);
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<AppError>);
    let toggle = move |_| {
        if pending.get_untracked() {
            return;
        }
        let wanted = !favourite.get_untracked();
        pending.set(true);
        failure.set(None);
        let asked_for = target.get_value();
        spawn_local(async move {
            let result = flat(set_favourite(asked_for, wanted).await);
            let _ = pending.try_set(false);
            match result {
                Ok(()) => {
                    let _ = favourite.try_set(wanted);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="plain star"
            aria-pressed=move || favourite.get().to_string()
            aria-busy=move || pending.get().then_some("true")
            disabled=move || !ready.get()
            on:click=toggle
        >
            <span aria-hidden="true">{move || if favourite.get() { "★" } else { "☆" }}</span>
            " "
            {tr!(notebook.favourite)}
        </button>
        <p class="field-error" role="status">{move || failure.with(|failure| failure.as_ref().map(told))}</p>
    }
    .at_once()
}

/// Names the question that a field belongs to.
const FIELD_OF: &str = "data-of";

/// A memo that is read or being written.
#[derive(Clone, Copy)]
struct Editor {
    target: StoredValue<Target>,
    key: StoredValue<String>,
    field: NodeRef<Textarea>,
    /// What the server has, as far as this page knows.
    stored: RwSignal<String>,
    open_memos: OpenMemos,
    /// The button that opens it was pressed: the focus follows.
    pressed: RwSignal<bool>,
    pending: RwSignal<bool>,
    saved: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    /// What was written elsewhere meanwhile.
    other: RwSignal<Option<String>>,
}

impl Editor {
    fn storage_key(self) -> String {
        format!("daedap-{}", self.key.get_value())
    }

    fn is_open(self) -> bool {
        self.key.with_value(|key| self.open_memos.0.with(|keys| keys.contains(key)))
    }

    fn begin(self) {
        self.saved.set(false);
        self.pressed.set(true);
        self.open_memos.set(self.key.get_value(), true);
    }

    fn typed(self) {
        let text = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        remember(&self.storage_key(), Some(&text));
    }

    /// Gives up what was written.
    fn cancel(self) {
        remember(&self.storage_key(), None);
        self.failure.set(None);
        self.other.set(None);
        self.open_memos.set(self.key.get_value(), false);
    }

    fn save(self) {
        if self.pending.get_untracked() {
            return;
        }
        let text = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let (target, before) = (self.target.get_value(), self.stored.get_untracked());
        self.pending.set(true);
        self.failure.set(None);
        spawn_local(async move {
            let result = flat(save_memo(target, before, text.clone()).await);
            if self.pending.try_set(false).is_some() {
                return; // The page was left. What was written is kept in this browser.
            }
            match result {
                Ok(MemoOutcome::Saved) => {
                    let written = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
                    self.stored.set(if text.trim().is_empty() { String::new() } else { text.clone() });
                    self.other.set(None);
                    // What was typed while it was on its way stays to be saved.
                    if written == text {
                        remember(&self.storage_key(), None);
                        self.open_memos.set(self.key.get_value(), false);
                        self.saved.set(true);
                    }
                }
                Ok(MemoOutcome::ChangedElsewhere(other)) => {
                    // The person has been told; saving again replaces it.
                    self.stored.set(other.clone());
                    self.other.set(Some(other));
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

#[component]
fn MemoView(target: Target, memo: String, ready: RwSignal<bool>) -> impl IntoView {
    let editor = Editor {
        key: StoredValue::new(key(&target)),
        target: StoredValue::new(target),
        field: NodeRef::new(),
        stored: RwSignal::new(memo),
        open_memos: expect_context(),
        pressed: RwSignal::new(false),
        pending: RwSignal::new(false),
        saved: RwSignal::new(false),
        failure: RwSignal::new(None),
        other: RwSignal::new(None),
    };
    Effect::new(move |_| {
        // A memo that was being written when the page was left.
        if recall(&editor.storage_key()).is_some_and(|text| text != editor.stored.get_untracked()) {
            editor.open_memos.set(editor.key.get_value(), true);
        }
    });
    // Others on the page may open meanwhile.
    let open = Memo::new(move |_| editor.is_open());
    let text = move || {
        editor.stored.with(|text| (!text.is_empty()).then(|| text.clone())).map(|text| {
            view! { <p class="memo-text">{text}</p> }
        })
    };
    let write = move || match editor.stored.with(String::is_empty) {
        true => tr!(notebook.write_memo),
        false => tr!(notebook.edit_memo),
    };
    view! {
        {move || match open.get() {
            true => view! { <MemoForm editor/> }.at_once(),
            false => view! {
                <button type="button" class="plain" disabled=move || !ready.get() on:click=move |_| editor.begin()>
                    {write}
                </button>
                {text}
            }
            .at_once(),
        }}
        <p class="done" role="status">{move || editor.saved.get().then(|| tr!(notebook.saved))}</p>
    }
    .at_once()
}

#[component]
fn MemoForm(editor: Editor) -> impl IntoView {
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(field) = editor.field.get() else { return false };
        // A report that is rendered anew keeps the field and what is written in it; a list may put it below another question.
        let key = editor.storage_key();
        if field.get_attribute(FIELD_OF).as_deref() != Some(key.as_str()) {
            let _ = field.set_attribute(FIELD_OF, &key);
            field.set_value(&recall(&key).unwrap_or_else(|| editor.stored.get_untracked()));
        }
        if editor.pressed.get_untracked() {
            editor.pressed.set(false);
            // It fails only for elements that cannot have the focus.
            let _ = field.focus();
        }
        true
    });
    let id = editor.key.get_value();
    let (label_for, error_id, described_by) = (id.clone(), format!("{id}-error"), format!("{id}-error"));
    let wrong = move || {
        editor.failure.with(|failure| failure.as_ref().and_then(AppError::field) == Some(InputField::Memo))
    };
    let failure = move || {
        editor
            .failure
            .with(|failure| failure.as_ref().map(|error| format!("{} {}", told(error), tr!(notebook.kept))))
    };
    let other = move || {
        editor.other.get().map(|other| {
            view! {
                <div class="note-block" role="alert">
                    <p>{tr!(notebook.changed_elsewhere)}</p>
                    <blockquote class="memo-text">{other}</blockquote>
                </div>
            }
        })
    };
    view! {
        <form
            class="field memo-form"
            on:submit=move |event| {
                event.prevent_default();
                editor.save();
            }
        >
            <label for=label_for>{tr!(notebook.memo)}</label>
            <textarea
                id=id
                rows="4"
                maxlength=MEMO_MAX.to_string()
                aria-describedby=described_by
                aria-invalid=move || wrong().then_some("true")
                node_ref=editor.field
                on:input=move |_| editor.typed()
            ></textarea>
            <p class="field-error" id=error_id role="alert">{failure}</p>
            {other}
            <p class="actions">
                <button type="submit" class="button small" disabled=move || editor.pending.get()>
                    {move || if editor.pending.get() { tr!(notebook.saving) } else { tr!(notebook.save) }}
                </button>
                <button type="button" class="button quiet small" on:click=move |_| editor.cancel()>{tr!(ui.cancel)}</button>
            </p>
        </form>
    }
    .at_once()
}
