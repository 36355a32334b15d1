//! The list of past questions: the approved ones, or one's own.

use domain::past_questions::{PAST_PAGE, PastFilter, PastPage, PastQuestion, month, past_key};
use domain::questions::{Field, SEARCH_MAX};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::own_list::OwnList;
use super::server_fns::{OwnRow, list_past, own_past, withdraw_past};
use super::shown::{OWN, Shown, approved_address};
use crate::language::language;
use crate::questions::{Pages, Practise};
use crate::ui::{AtOnce, Empty, Removal, RemovalDialog, loaded};
use crate::words;

/// Most questions of an interview on a list.
const INTERVIEW: usize = domain::interview::QUESTIONS_MAX as usize;

/// What the page lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Listed {
    Approved(PastPage),
    Own(Vec<OwnRow>),
}

/// `/past-questions`, for members. What is searched for stands in the address.
pub fn list_page() -> AnyView {
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(Shown::from_query));
    let list = Resource::new(
        move || shown.get(),
        |shown| async move {
            match shown {
                Shown::Own => own_past().await.map(Listed::Own),
                Shown::Approved(filter, page) => list_past(filter, Some(page)).await.map(Listed::Approved),
            }
        },
    );
    let removal = Removal::new();
    let done = Callback::new(move |()| list.refetch());
    let view = move |listed| match (listed, shown.get_untracked()) {
        (Listed::Own(rows), _) => view! { <OwnList rows removal done/> }.at_once(),
        (Listed::Approved(list), Shown::Approved(filter, page)) => {
            view! { <Found list filter page/> }.at_once()
        }
        // The address has gone on to one's own, and so will the list.
        (Listed::Approved(list), Shown::Own) => {
            view! { <Found list filter=PastFilter::default() page=0/> }.at_once()
        }
    };
    view! {
        <Title text=tr!(past_questions.title)/>
        <div class="page past-questions">
            <div class="title-line">
                <h1>{tr!(past_questions.title)}</h1>
                <a class="button" href="/past-questions/new">{tr!(past_questions.add)}</a>
            </div>
            <p class="lead">{tr!(past_questions.lead)}</p>
            {move || {
                let own = shown.get() == Shown::Own;
                view! { <Tabs own/> }
            }}
            {loaded(list, 6, view)}
            <RemovalDialog
                removal
                title=tr!(past_questions.withdraw_title)
                text=tr!(past_questions.withdraw_text)
                confirm=tr!(past_questions.withdraw)
                remove=withdraw_past
                removed=Callback::new(move |_| list.refetch())
            />
        </div>
    }
    .at_once()
}

#[component]
fn Tabs(own: bool) -> impl IntoView {
    view! {
        <nav aria-label=tr!(past_questions.lists)>
            <ul class="tabs">
                <li><a href="/past-questions" aria-current=(!own).then_some("page")>{tr!(past_questions.approved_list)}</a></li>
                <li><a href=OWN aria-current=own.then_some("page")>{tr!(past_questions.own_list)}</a></li>
                <li><a href="/questions">{tr!(past_questions.to_bank)}</a></li>
            </ul>
        </nav>
    }
    .at_once()
}

#[component]
fn Found(list: PastPage, filter: PastFilter, page: u32) -> impl IntoView {
    let PastPage { questions, total, companies, jobs } = list;
    let is_set = filter != PastFilter::default();
    let empty = questions.is_empty().then(|| {
        let (text, next) = match is_set {
            true => (tr!(past_questions.nothing_fits), ("/past-questions", tr!(past_questions.show_all))),
            false => (tr!(past_questions.empty), ("/past-questions/new", tr!(past_questions.add_first))),
        };
        view! { <Empty text next=vec![next]/> }
    });
    // An interview has one language: that of the first.
    let spoken = questions.first().map(|question| question.language);
    let practise = spoken.filter(|_| is_set).map(|spoken| {
        let ids = questions
            .iter()
            .filter(|question| question.language == spoken)
            .take(INTERVIEW)
            .map(|question| past_key(question.id))
            .collect::<Vec<_>>();
        let label = tr!(past_questions.practise_list);
        view! { <Practise ids language=spoken label/> }
    });
    let items = questions.into_iter().map(|past| view! { <Item past/> }).collect_view();
    let at = filter.clone();
    view! {
        <Search filter companies jobs/>
        <p class="hint" role="status">{tr!(questions.count, n = total)}</p>
        {practise}
        {empty}
        <ol class="question-list">{items}</ol>
        <Pages
            page
            total
            size=PAST_PAGE
            address=move |page| approved_address(&at, page)
            label=tr!(questions.pages)
        />
    }
    .at_once()
}

/// Company, job, month and what else is told of one in a line.
pub fn facts(past: &PastQuestion) -> String {
    let topic = past.topic.as_ref().map(|topic| format!(" · {}", topic.name(language()))).unwrap_or_default();
    format!(
        "{} · {} · {} · {}{topic} · {}",
        past.company,
        past.job,
        month(past.asked_on),
        words::field(past.field),
        words::level(past.level)
    )
}

#[component]
fn Item(past: PastQuestion) -> impl IntoView {
    let href = format!("/past-questions/{}", past.id);
    let facts = facts(&past);
    let unjudged =
        (!past.judged).then(|| view! { " " <span class="tag">{tr!(past_questions.unjudged)}</span> });
    view! {
        <li>
            <h2 lang=past.language.as_str()><a href=href>{past.question}</a></h2>
            <p class="facts">{facts} {unjudged}</p>
        </li>
    }
    .at_once()
}

/// A plain form: what is searched for stands in the address.
#[component]
fn Search(filter: PastFilter, companies: Vec<String>, jobs: Vec<String>) -> impl IntoView {
    let reset = (filter != PastFilter::default())
        .then(|| view! { <a class="button quiet" href="/past-questions">{tr!(history.reset)}</a> });
    let options = |values: Vec<String>, chosen: &Option<String>| {
        values
            .into_iter()
            .map(|value| {
                let selected = chosen.as_deref() == Some(value.as_str());
                let shown = value.clone();
                view! { <option value=value selected=selected>{shown}</option> }
            })
            .collect_view()
    };
    let fields = Field::ALL
        .iter()
        .map(|field| {
            let selected = filter.field.as_deref() == Some(field.as_str());
            view! { <option value=field.as_str() selected=selected>{words::field(*field)}</option> }
        })
        .collect_view();
    let (companies, jobs) = (options(companies, &filter.company), options(jobs, &filter.job));
    view! {
        <form class="question-search" method="get" action="/past-questions" role="search" aria-label=tr!(questions.search)>
            <label class="wide">
                <span>{tr!(questions.search_text)}</span>
                <input
                    type="search"
                    name="q"
                    value=filter.text
                    maxlength=SEARCH_MAX.to_string()
                    autocapitalize="none"
                    spellcheck="false"
                />
            </label>
            <label>
                <span>{tr!(past_questions.company)}</span>
                <select name="company"><option value="">{tr!(history.all)}</option> {companies}</select>
            </label>
            <label>
                <span>{tr!(past_questions.job)}</span>
                <select name="job"><option value="">{tr!(history.all)}</option> {jobs}</select>
            </label>
            <label>
                <span>{tr!(history.field)}</span>
                <select name="field"><option value="">{tr!(history.all)}</option> {fields}</select>
            </label>
            <div class="actions">
                <button class="button">{tr!(questions.search)}</button>
                {reset}
            </div>
        </form>
    }
    .at_once()
}
