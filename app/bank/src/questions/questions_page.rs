//! The list of questions.

use domain::questions::{BankPage, BankQuestion, Field, Kind, Language, Level, QUESTIONS_PAGE, Topic};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use web_sys::FormData;

use super::server_fns::browse_questions;
use super::shown::{Pages, Shown, TopicOptions, question_address};
use crate::language::language;
use crate::ui::{AtOnce, Empty, loaded};
use crate::words;

/// `/questions`, for members. What is searched for stands in the address.
pub fn questions_page() -> AnyView {
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(Shown::from_query));
    let of_page = language();
    let page = Resource::new(
        move || shown.get(),
        move |Shown { filter, language: chosen, page }| {
            let language = chosen.unwrap_or(of_page);
            browse_questions(filter, Some(language.to_string()), Some(page))
        },
    );
    view! {
        <Title text=tr!(questions.title)/>
        <div class="page questions">
            <div class="title-line">
                <h1>{tr!(questions.title)}</h1>
                <a class="button quiet" href="/past-questions">{tr!(past_questions.title)}</a>
            </div>
            <p class="lead">{tr!(questions.lead)}</p>
            {loaded(page, 8, move |list| view! { <Found list shown=shown.get_untracked()/> }.at_once())}
        </div>
    }
    .at_once()
}

#[component]
fn Found(list: BankPage, shown: Shown) -> impl IntoView {
    let BankPage { questions, total, topics } = list;
    let empty = questions.is_empty().then(|| {
        let next =
            vec![("/questions", tr!(questions.show_all)), ("/past-questions/new", tr!(past_questions.add))];
        view! { <Empty text=tr!(questions.nothing_fits) next/> }
    });
    let items = questions.into_iter().map(|question| view! { <Item question/> }).collect_view();
    let page = shown.page;
    let at = shown.clone();
    view! {
        <Search shown topics/>
        <p class="hint" role="status">{tr!(questions.count, n = total)}</p>
        {empty}
        <ol class="question-list">{items}</ol>
        <Pages
            page
            total
            size=QUESTIONS_PAGE
            address=move |page| Shown { page, ..at.clone() }.address()
            label=tr!(questions.pages)
        />
    }
    .at_once()
}

#[component]
fn Item(question: BankQuestion) -> impl IntoView {
    let href = question_address(&question.id, question.language);
    let facts = format!(
        "{} · {} · {} · {} · {}",
        words::field(question.topic.field),
        question.topic.name(language()),
        words::level(question.level),
        words::kind(question.kind),
        tr!(questions.minutes, n = question.minutes)
    );
    view! {
        <li>
            <h2 lang=question.language.as_str()><a href=href>{question.question}</a></h2>
            <p class="facts">{facts}</p>
        </li>
    }
    .at_once()
}

/// A plain form, which works without scripts: what is searched for stands in the address. With scripts the page stays.
#[component]
fn Search(shown: Shown, topics: Vec<Topic>) -> impl IntoView {
    let element = NodeRef::<leptos::html::Form>::new();
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        let Some(data) = element.get_untracked().and_then(|form| FormData::new_with_form(&form).ok()) else {
            return;
        };
        event.prevent_default();
        let mut query = leptos_router::params::ParamsMap::new();
        for name in ["q", "field", "topic", "level", "kind", "lang"] {
            if let Some(value) = data.get(name).as_string() {
                query.insert(name, value);
            }
        }
        navigate(&Shown::from_query(&query).address(), Default::default());
    };
    let filter = shown.filter.clone();
    let is_set = shown != Shown::default();
    let reset = is_set.then(|| view! { <a class="button quiet" href="/questions">{tr!(history.reset)}</a> });
    let chosen = |word: &Option<String>, value: &str| word.as_deref() == Some(value);
    let fields = Field::ALL
        .iter()
        .map(|field| option(field.as_str(), words::field(*field), chosen(&filter.field, field.as_str())))
        .collect_view();
    let levels = Level::ALL
        .iter()
        .map(|level| option(level.as_str(), words::level(*level), chosen(&filter.level, level.as_str())))
        .collect_view();
    let kinds = Kind::ALL
        .iter()
        .map(|kind| option(kind.as_str(), words::kind(*kind), chosen(&filter.kind, kind.as_str())))
        .collect_view();
    let wanted = shown.language.unwrap_or(language());
    let languages = Language::ALL
        .iter()
        .map(|other| {
            let (word, name) = (other.as_str(), words::language(*other));
            view! { <option value=word lang=word selected=*other == wanted>{name}</option> }
        })
        .collect_view();
    view! {
        <form
            class="question-search"
            method="get"
            action="/questions"
            role="search"
            aria-label=tr!(questions.search)
            node_ref=element
            on:submit=submit
        >
            <label class="wide">
                <span>{tr!(questions.search_text)}</span>
                <input
                    type="search"
                    name="q"
                    value=filter.text.clone()
                    maxlength=domain::questions::SEARCH_MAX.to_string()
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder=tr!(questions.search_example)
                />
            </label>
            <label>
                <span>{tr!(history.field)}</span>
                <select name="field"><option value="">{tr!(history.all)}</option> {fields}</select>
            </label>
            <label>
                <span>{tr!(questions.topic)}</span>
                <select name="topic">
                    <option value="">{tr!(history.all)}</option>
                    <TopicOptions topics chosen=filter.topic.clone()/>
                </select>
            </label>
            <label>
                <span>{tr!(questions.level)}</span>
                <select name="level"><option value="">{tr!(history.all)}</option> {levels}</select>
            </label>
            <label>
                <span>{tr!(questions.kind)}</span>
                <select name="kind"><option value="">{tr!(history.all)}</option> {kinds}</select>
            </label>
            <label>
                <span>{tr!(questions.language)}</span>
                <select name="lang">{languages}</select>
            </label>
            <div class="actions">
                <button class="button">{tr!(questions.search)}</button>
                {reset}
            </div>
        </form>
    }
    .at_once()
}

fn option(value: &'static str, name: &'static str, selected: bool) -> impl IntoView {
    view! { <option value=value selected=selected>{name}</option> }
}
