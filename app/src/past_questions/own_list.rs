//! What the person handed in, and what became of it.

use domain::past_questions::{PastStatus, WAITING_MAX};
use leptos::prelude::*;

use super::list_page::facts;
use super::server_fns::OwnRow;
use crate::time::Moment;
use crate::ui::{AtOnce, Empty, Removal};
use crate::words;

/// The list, with the way to take one back.
#[component]
pub fn OwnList(rows: Vec<OwnRow>, removal: Removal) -> impl IntoView {
    let empty = rows.is_empty().then(|| {
        let next = vec![("/past-questions/new", tr!(past_questions.add_first))];
        view! { <Empty text=tr!(past_questions.own_empty) next/> }
    });
    let items = rows.into_iter().map(|row| view! { <Row row removal/> }).collect_view();
    view! {
        <p class="hint">{tr!(past_questions.own_hint, n = WAITING_MAX)}</p>
        {empty}
        <ol class="question-list">{items}</ol>
    }
    .at_once()
}

#[component]
fn Row(row: OwnRow, removal: Removal) -> impl IntoView {
    let OwnRow { own, added } = row;
    let (id, label, facts) = (own.past.id, own.past.question.clone(), facts(&own.past));
    let language = own.past.language.as_str();
    let question = match own.status {
        PastStatus::Approved => {
            view! { <a href=format!("/past-questions/{id}")>{own.past.question}</a> }.at_once()
        }
        PastStatus::Pending | PastStatus::Rejected => own.past.question.at_once(),
    };
    let reason = own.reason.map(|reason| {
        view! { <p class="note-block">{tr!(past_questions.reason)} " " {reason}</p> }
    });
    let name = format!("{}: {label}", tr!(past_questions.withdraw));
    view! {
        <li>
            <p class="question-number">
                <span class="tag" data-status=own.status.as_str()>{words::past_status(own.status)}</span>
                " "
                <Moment at=added day_only=true/>
            </p>
            <h2 lang=language>{question}</h2>
            <p class="facts">{facts}</p>
            {reason}
            <p class="actions">
                <button
                    type="button"
                    class="plain delete"
                    aria-label=name
                    on:click=move |_| removal.ask(id, label.clone())
                >
                    {tr!(past_questions.withdraw)}
                </button>
            </p>
        </li>
    }
    .at_once()
}
