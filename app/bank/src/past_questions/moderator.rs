//! What a moderator does about one past question, each thing a form of its own.

use domain::InputField;
use domain::past_questions::{Approval, ModeratedQuestion, PastDetails, PastQuestion, PastStatus, month};
use domain::questions::Topic;
use leptos::prelude::*;
use uuid::Uuid;

use super::answer_key::KeyForm;
use super::details::{DetailsFields, typed_into};
use super::server_fns::{approve_past, edit_past, reject_past};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, TextField};
use crate::words;

/// All forms. `done` gets what is told when one has worked.
#[component]
pub fn Forms(
    question: ModeratedQuestion,
    topics: Vec<Topic>,
    has_model: bool,
    done: Callback<String>,
) -> impl IntoView {
    let (id, status) = (question.past.id, question.status);
    let rejects = (status != PastStatus::Rejected).then(|| view! { <Reject id status done/> });
    view! {
        <div class="moderator">
            <Details past=question.past status topics done/>
            <KeyForm id key=question.key by_model=question.by_model has_model done/>
            {rejects}
        </div>
    }
    .at_once()
}

fn details_of(past: &PastQuestion) -> PastDetails {
    PastDetails {
        question: past.question.clone(),
        language: past.language.to_string(),
        field: past.field.to_string(),
        level: past.level.to_string(),
        topic: past.topic.as_ref().map(|topic| topic.id.clone()).unwrap_or_default(),
        company: past.company.clone(),
        job: past.job.clone(),
        asked_on: month(past.asked_on),
        source: past.source.clone(),
        source_url: past.source_url.clone().unwrap_or_default(),
    }
}

/// What came of approving, as a sentence.
fn told(approval: Approval) -> String {
    match approval {
        Approval::WithKey => tr!(past_questions.approved_with_key).to_owned(),
        Approval::WithoutKey => tr!(past_questions.approved_without_key).to_owned(),
        Approval::ModelFailed(failure) => {
            format!("{} {}", tr!(past_questions.approved_model_failed), words::model_failure(failure))
        }
    }
}

#[component]
fn Details(
    past: PastQuestion,
    status: PastStatus,
    topics: Vec<Topic>,
    done: Callback<String>,
) -> impl IntoView {
    let form = FormState::new();
    let (id, details) = (past.id, details_of(&past));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match status {
            // It is approved already: the form puts it right.
            PastStatus::Approved => save(form, id, status, done),
            PastStatus::Pending | PastStatus::Rejected | PastStatus::Kept => {
                let call = approve_past(id, status, typed_into(form));
                form.send(call, move |approval| done.run(told(approval)));
            }
        }
    };
    let (label, pending) = match status {
        PastStatus::Approved => (tr!(accounts.save), tr!(accounts.saving)),
        PastStatus::Pending | PastStatus::Rejected | PastStatus::Kept => {
            (tr!(past_questions.approve), tr!(past_questions.approving))
        }
    };
    let only_save = (status != PastStatus::Approved).then(|| {
        view! {
            <button
                type="button"
                class="button quiet"
                disabled=move || !form.can_send()
                on:click=move |_| save(form, id, status, done)
            >
                {tr!(past_questions.save_details)}
            </button>
        }
    });
    view! {
        <section class="block" aria-labelledby="details">
            <h3 id="details">{tr!(past_questions.details)}</h3>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <DetailsFields form details topics typed=Callback::new(|()| ())/>
                <div class="actions">
                    <SubmitButton form label=label pending=pending/>
                    {only_save}
                </div>
            </form>
        </section>
    }
    .at_once()
}

fn save(form: FormState, id: Uuid, status: PastStatus, done: Callback<String>) {
    let call = edit_past(id, status, typed_into(form));
    form.send(call, move |()| done.run(tr!(past_questions.details_saved).to_owned()));
}

#[component]
fn Reject(id: Uuid, status: PastStatus, done: Callback<String>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = reject_past(id, status, form.value(InputField::Rejection));
        form.send(call, move |()| done.run(tr!(past_questions.rejected_done).to_owned()));
    };
    view! {
        <section class="block" aria-labelledby="reject">
            <h3 id="reject">{tr!(past_questions.reject)}</h3>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <TextField
                    field=InputField::Rejection
                    form
                    label=tr!(past_questions.rejection)
                    hint=tr!(past_questions.rejection_hint)
                />
                <div class="actions">
                    <SubmitButton
                        form
                        class="danger"
                        label=tr!(past_questions.reject)
                        pending=tr!(past_questions.rejecting)
                    />
                </div>
            </form>
        </section>
    }
    .at_once()
}
