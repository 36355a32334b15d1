//! A cover letter that was written elsewhere: its text becomes items, which become a letter once the person has looked at them.

use domain::InputField;
use domain::documents::{ImportedLetter, TEXT_MAX, split_items};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::draft::{Draft, DraftKey, Elsewhere, Offer};
use super::file_field::{FileField, ReadFile};
use super::item_list::{Choice, ItemList};
use super::new_document::put;
use super::server_fns::make_letter;
use super::text_field::{LongTextField, add_text, text_of};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, TextField};

/// `/documents/letter`, for members.
pub fn letter_page() -> AnyView {
    view! {
        <Title text=tr!(documents.letter_title)/>
        <div class="page narrow documents">
            <h1>{tr!(documents.letter_title)}</h1>
            <p class="lead">{tr!(documents.letter_lead)}</p>
            <LetterForm/>
        </div>
    }
    .at_once()
}

#[component]
fn LetterForm() -> impl IntoView {
    let form = FormState::new();
    let text = NodeRef::<Textarea>::new();
    let key = DraftKey::of("imported-letter");
    let elsewhere = Elsewhere::new(key);
    let choices = RwSignal::new(Vec::<Choice>::new());
    let looked = RwSignal::new(false);
    let typed = Callback::new(move |()| {
        let title = form.value(InputField::Title);
        key.keep(&Draft { kind: String::new(), title, text: text_of(text) });
    });
    let look = move || {
        let found: String = text_of(text).chars().take(TEXT_MAX as usize).collect();
        choices.set(split_items(&found).into_iter().map(|item| Choice { item, wanted: true }).collect());
        looked.set(true);
    };
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) || text.get().is_none() {
            return done == Some(true);
        }
        if let Some(draft) = key.kept().filter(|_| text_of(text).is_empty()) {
            put(form, &draft.title);
            add_text(text, &draft.text);
        }
        key.claim(move || typed.run(()));
        elsewhere.look(None);
        true
    });
    let take = Callback::new(move |draft: Draft| {
        // What stands here already stays.
        if form.value(InputField::Title).trim().is_empty() {
            put(form, &draft.title);
        }
        add_text(text, &draft.text);
        typed.run(());
        // The items are no longer those of the text.
        looked.set(false);
    });
    let read = Callback::new(move |read: ReadFile| {
        add_text(text, &read.parsed.text);
        if form.value(InputField::Title).trim().is_empty() {
            put(form, &read.name);
        }
        typed.run(());
        look();
    });
    let again = Callback::new(move |()| {
        typed.run(());
        // The items are no longer those of the text.
        looked.set(false);
    });
    // The id of a request that may have arrived, and what it brought.
    let request = StoredValue::new(None::<(Uuid, ImportedLetter)>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !looked.get_untracked() {
            return look();
        }
        let wanted = |choices: &Vec<Choice>| {
            choices.iter().filter(|choice| choice.wanted).map(|choice| choice.item.clone()).collect()
        };
        let letter =
            ImportedLetter { title: form.value(InputField::Title), items: choices.with_untracked(wanted) };
        let same = request.get_value().filter(|(_, sent)| *sent == letter);
        let id = same.map_or_else(Uuid::now_v7, |(id, _)| id);
        request.set_value(Some((id, letter.clone())));
        let navigate = navigate.clone();
        form.send(make_letter(id, letter), move |id| {
            request.set_value(None);
            key.forget();
            navigate(&format!("/letters/{id}"), Default::default());
        });
    };
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <Offer elsewhere open=true take/>
            <FileField read/>
            <TextField field=InputField::Title form label=tr!(documents.name) hint=tr!(documents.letter_name_hint)/>
            <LongTextField
                form
                label=tr!(documents.text)
                hint=tr!(documents.letter_text_hint)
                rows=12
                node=text
                typed=again
            />
            <p class="actions">
                <button
                    type="button"
                    class="button quiet"
                    disabled=move || !form.is_ready()
                    on:click=move |_| look()
                >
                    {tr!(documents.look)}
                </button>
            </p>
            <div aria-live="polite" class="found">{move || looked.get().then(|| found(form, choices))}</div>
        </form>
    }
    .at_once()
}

/// The items that were found, and the button that makes a letter of them.
fn found(form: FormState, choices: RwSignal<Vec<Choice>>) -> AnyView {
    let count = choices.with(Vec::len);
    if count == 0 {
        return view! { <p class="empty">{tr!(documents.found_none)}</p> }.at_once();
    }
    view! {
        <h2>{tr!(documents.found, n = count)}</h2>
        <p class="hint">{tr!(documents.found_hint)}</p>
        <ItemList choices/>
        <div class="actions">
            <SubmitButton form label=tr!(documents.make_letter) pending=tr!(documents.making_letter)/>
        </div>
    }
    .at_once()
}
