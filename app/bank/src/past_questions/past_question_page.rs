//! One approved past question.

use domain::past_questions::past_key;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::list_page::facts;
use super::server_fns::{PastToRead, read_past};
use crate::addresses::company_address;
use crate::notebook::NotebookMark;
use crate::questions::{Answers, Behind, FollowUps, Passage, Practise};
use crate::ui::{AtOnce, loaded};

/// `/past-questions/:past`, for members.
pub fn past_question_page() -> AnyView {
    let params = use_params_map();
    // What is no id is nobody's.
    let id = move || -> Uuid {
        params.with(|params| params.get("past").and_then(|id| id.parse().ok()).unwrap_or_default())
    };
    let page = Resource::new(id, read_past);
    loaded(page, 10, move |past| view! { <Past past/> }.at_once())
}

#[component]
fn Past(past: PastToRead) -> impl IntoView {
    let PastToRead { page, answers } = past;
    let facts = facts(&page.past);
    let of_company = company_address(&page.past);
    let past = page.past;
    let language = past.language;
    let source = match past.source_url {
        Some(url) => view! {
            <a href=url rel="external nofollow noopener noreferrer ugc" target="_blank">{past.source}</a>
        }
        .at_once(),
        None => past.source.at_once(),
    };
    let note = match (past.judged, page.by_model) {
        (false, _) => Some(tr!(past_questions.unjudged_text)),
        (true, true) => Some(tr!(past_questions.by_model)),
        (true, false) => None,
    };
    let note = note.map(|note| view! { <p class="note">{note}</p> });
    view! {
        <Title text=past.question.clone()/>
        <article class="page question">
            <p class="question-number"><a href="/past-questions">{tr!(past_questions.title)}</a></p>
            <h1 lang=language.as_str()>{past.question}</h1>
            <p class="facts">{facts}</p>
            <p class="hint">{tr!(past_questions.source)} ": " {source}</p>
            <NotebookMark mark=page.mark/>
            <Practise ids=vec![past_key(past.id)] language label=tr!(questions.practise)/>
            <p class="actions"><a class="button quiet" href=of_company>{tr!(past_questions.of_company)}</a></p>
            {note}
            <Passage title=tr!(report.intent) html=page.intent_html language/>
            <FollowUps follow_ups=page.follow_ups language/>
            <Behind model_answer=page.model_answer_html misconception=page.misconception_html language/>
            <Answers answers/>
        </article>
    }
    .at_once()
}
