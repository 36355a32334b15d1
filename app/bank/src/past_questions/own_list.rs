//! What the person handed in, and what became of it.

use domain::past_questions::{PastStatus, WAITING_MAX};
use leptos::prelude::*;
use uuid::Uuid;

use super::list_page::facts;
use super::server_fns::{OwnRow, hand_in_past};
use crate::time::Moment;
use crate::ui::{AtOnce, Empty, FormNotice, FormState, Removal, SubmitButton};
use crate::words;

/// The list, with the way to take one back. `done` is run when one was handed in.
#[component]
pub fn OwnList(rows: Vec<OwnRow>, removal: Removal, done: Callback<()>) -> impl IntoView {
    let empty = rows.is_empty().then(|| {
        let next = vec![("/past-questions/new", tr!(past_questions.add_first))];
        view! { <Empty text=tr!(past_questions.own_empty) next/> }
    });
    let items = rows.into_iter().map(|row| view! { <Row row removal done/> }).collect_view();
    view! {
        <p class="hint">{tr!(past_questions.own_hint, n = WAITING_MAX)}</p>
        {empty}
        <ol class="question-list">{items}</ol>
    }
    .at_once()
}

/// Handing in what was imported.
#[component]
fn HandIn(id: Uuid, label: String, done: Callback<()>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(hand_in_past(id), move |()| done.run(()));
    };
    let name = format!("{}: {label}", tr!(past_questions.hand_in_now));
    view! {
        <p class="hint">{tr!(past_questions.kept_hint)}</p>
        <form class="actions" method="post" novalidate node_ref=form.element on:submit=submit aria-label=name>
            <FormNotice form/>
            <SubmitButton
                form
                class="quiet small"
                label=tr!(past_questions.hand_in_now)
                pending=tr!(past_questions.handing_in)
            />
        </form>
    }
    .at_once()
}

#[component]
fn Row(row: OwnRow, removal: Removal, done: Callback<()>) -> impl IntoView {
    let OwnRow { own, added } = row;
    let (id, label, facts) = (own.past.id, own.past.question.clone(), facts(&own.past));
    let language = own.past.language.as_str();
    let question = match own.status {
        PastStatus::Approved => {
            view! { <a href=format!("/past-questions/{id}")>{own.past.question}</a> }.at_once()
        }
        PastStatus::Pending | PastStatus::Rejected | PastStatus::Kept => own.past.question.at_once(),
    };
    let reason = own.reason.map(|reason| {
        view! { <p class="note-block">{tr!(past_questions.reason)} " " {reason}</p> }
    });
    let kept = (own.status == PastStatus::Kept).then(|| view! { <HandIn id label=label.clone() done/> });
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
            {kept}
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
