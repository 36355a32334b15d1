//! The items that were found in a text, to be looked at before a letter is made of them.

use domain::documents::{FoundItem, FoundLimit, FoundUnit};
use leptos::prelude::*;

use crate::ui::AtOnce;

/// An item, and whether it is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub item: FoundItem,
    pub wanted: bool,
}

/// The items, each with a box to leave it out.
#[component]
pub fn ItemList(choices: RwSignal<Vec<Choice>>) -> impl IntoView {
    let rows = move || {
        let items =
            choices.with(|choices| choices.iter().map(|choice| choice.item.clone()).collect::<Vec<_>>());
        items.into_iter().enumerate().map(|(index, item)| view! { <Item index item choices/> }).collect_view()
    };
    view! { <ol class="found-items">{rows}</ol> }.at_once()
}

#[component]
fn Item(index: usize, item: FoundItem, choices: RwSignal<Vec<Choice>>) -> impl IntoView {
    let FoundItem { question, answer, limit } = item;
    let question = if question.is_empty() { tr!(documents.no_question).to_owned() } else { question };
    let limit = limit.map(|limit| view! { <p class="hint">{limit_text(limit)}</p> });
    let answer = match answer.is_empty() {
        true => view! { <p class="empty">{tr!(documents.no_answer)}</p> }.at_once(),
        false => view! { <p class="found-answer">{answer}</p> }.at_once(),
    };
    let choose = move |event: leptos::ev::Event| {
        let wanted = event_target_checked(&event);
        // The list is not drawn anew for it, so that the box keeps the focus.
        choices.update_untracked(|choices| {
            if let Some(choice) = choices.get_mut(index) {
                choice.wanted = wanted;
            }
        });
    };
    view! {
        <li>
            <label class="choice compact">
                <input type="checkbox" checked=true on:change=choose/>
                <span>{question}</span>
            </label>
            {limit}
            {answer}
        </li>
    }
    .at_once()
}

/// A limit as a sentence.
fn limit_text(limit: FoundLimit) -> String {
    match limit.unit {
        FoundUnit::Characters => tr!(documents.limit_characters, n = limit.most),
        FoundUnit::NoSpaces => tr!(documents.limit_no_spaces, n = limit.most),
        FoundUnit::Bytes => tr!(documents.limit_bytes, n = limit.most),
    }
}
