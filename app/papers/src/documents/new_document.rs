//! The form for a new document: from a file, or typed and pasted.

use domain::InputField;
use domain::documents::{DOCUMENTS_MAX, DocumentKind, FileKind, NewDocument};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;
use wasm_bindgen::JsCast;

use super::draft::{Draft, DraftKey, Elsewhere, Offer};
use super::file_field::{FileField, ReadFile};
use super::server_fns::create_document;
use super::text_field::{LongTextField, add_text, text_of};
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton, TextField};
use crate::words;

/// The form. It leads to the document that it made.
#[component]
pub fn NewDocumentForm() -> impl IntoView {
    let form = FormState::new();
    let text = NodeRef::<Textarea>::new();
    let key = DraftKey::of("new-document");
    let elsewhere = Elsewhere::new(key);
    let file = RwSignal::new(None::<FileKind>);
    // The id of a request that may have arrived, and what it brought.
    let request = StoredValue::new(None::<(Uuid, NewDocument)>);
    let navigate = use_navigate();
    let typed = Callback::new(move |()| {
        key.keep(&Draft {
            kind: form.value(InputField::Kind),
            title: form.value(InputField::Title),
            text: text_of(text),
        });
    });
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || text.get().is_none() {
            return done == Some(true);
        }
        if let Some(draft) = key.kept() {
            put(form, &draft.title);
            choose(form, &draft.kind);
            if text_of(text).is_empty() {
                add_text(text, &draft.text);
            }
        }
        key.claim(move || typed.run(()));
        elsewhere.look(None);
        true
    });
    let take = Callback::new(move |draft: Draft| {
        // What stands here already stays.
        if form.value(InputField::Title).trim().is_empty() {
            put(form, &draft.title);
            choose(form, &draft.kind);
        }
        add_text(text, &draft.text);
        typed.run(());
    });
    let read = Callback::new(move |read: ReadFile| {
        // Text of several sources is of none.
        file.set(text_of(text).trim().is_empty().then_some(read.parsed.kind));
        add_text(text, &read.parsed.text);
        if form.value(InputField::Title).trim().is_empty() {
            put(form, &read.name);
        }
        typed.run(());
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let new = NewDocument {
            kind: form.value(InputField::Kind),
            title: form.value(InputField::Title),
            text: text_of(text),
            file: file.get_untracked(),
        };
        let same = request.get_value().filter(|(_, sent)| *sent == new);
        let id = same.map_or_else(Uuid::now_v7, |(id, _)| id);
        request.set_value(Some((id, new.clone())));
        let navigate = navigate.clone();
        form.send(create_document(id, new), move |id| {
            request.set_value(None);
            key.forget();
            navigate(&format!("/documents/{id}"), Default::default());
        });
    };
    view! {
        <form
            class="stack"
            method="post"
            novalidate
            node_ref=form.element
            on:submit=submit
            on:change=move |_| typed.run(())
        >
            <FormNotice form/>
            <Offer elsewhere open=true take/>
            <KindChoice form chosen=DocumentKind::Resume/>
            <FileField read/>
            <TextField field=InputField::Title form label=tr!(documents.name) hint=tr!(documents.name_hint)/>
            <LongTextField
                form
                label=tr!(documents.text)
                hint=tr!(documents.text_hint)
                rows=12
                node=text
                typed
            />
            <div class="actions">
                <SubmitButton form label=tr!(documents.keep) pending=tr!(documents.keeping)/>
                <p class="hint">{tr!(documents.most, n = DOCUMENTS_MAX)}</p>
            </div>
        </form>
    }
    .at_once()
}

/// Puts a text into the field for the title.
pub fn put(form: FormState, title: &str) {
    let Some(element) = form.element.get_untracked() else { return };
    if let Ok(Some(field)) = element.query_selector("[name=title]") {
        field.unchecked_into::<web_sys::HtmlInputElement>().set_value(title);
    }
}

/// Chooses a kind, by its word.
pub fn choose(form: FormState, kind: &str) {
    let (Some(element), Ok(kind)) = (form.element.get_untracked(), kind.parse::<DocumentKind>()) else {
        return;
    };
    if let Ok(Some(field)) = element.query_selector(&format!("[name=kind][value={kind}]")) {
        field.unchecked_into::<web_sys::HtmlInputElement>().set_checked(true);
    }
}

/// Which kind it is.
#[component]
pub fn KindChoice(form: FormState, chosen: DocumentKind) -> impl IntoView {
    let kinds = DocumentKind::ALL
        .iter()
        .map(|kind| {
            view! {
                <label class="choice compact">
                    <input
                        type="radio"
                        name=InputField::Kind.as_str()
                        value=kind.as_str()
                        checked=*kind == chosen
                    />
                    <span>{words::document_kind(*kind)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(documents.kind)}</legend>
            <div class="choices">{kinds}</div>
            <FieldError field=InputField::Kind form/>
        </fieldset>
    }
    .at_once()
}
