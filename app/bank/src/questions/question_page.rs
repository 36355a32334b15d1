//! One question of the bank.

use domain::questions::Language;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::server_fns::{QuestionToRead, read_question};
use super::shown::question_address;
use super::study::{Answers, Behind, FollowUps, Passage, Practise};
use crate::language::language;
use crate::notebook::NotebookMark;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/questions/:topic/:slug`, for members. The language of the question stands in the address.
pub fn question_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let of_page = language();
    let wanted = Memo::new(move |_| {
        let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
        let chosen = query.with(|query| query.get_str("lang").and_then(|word| word.parse().ok()));
        (format!("{}/{}", part("topic"), part("slug")), chosen.unwrap_or(of_page))
    });
    let page = Resource::new(
        move || wanted.get(),
        |(id, language): (String, Language)| read_question(id, Some(language.to_string())),
    );
    loaded(page, 10, move |question| view! { <Question question/> }.at_once())
}

#[component]
fn Question(question: QuestionToRead) -> impl IntoView {
    let QuestionToRead { page, answers } = question;
    let shown = page.question;
    let shown_in = shown.language;
    let facts = format!(
        "{} · {} · {}",
        words::level(shown.level),
        words::kind(shown.kind),
        tr!(questions.minutes, n = shown.minutes)
    );
    let (field, topic) = (words::field(shown.topic.field), shown.topic.name(language()).to_owned());
    let to_topic = format!("/questions?topic={}", shown.topic.id);
    let languages = (page.languages.len() > 1).then(|| {
        let links = page
            .languages
            .iter()
            .map(|other| {
                let href = question_address(&shown.id, *other);
                let current = (*other == shown_in).then_some("true");
                view! {
                    <li><a href=href hreflang=other.as_str() lang=other.as_str() aria-current=current>{words::language(*other)}</a></li>
                }
            })
            .collect_view();
        view! { <nav aria-label=tr!(questions.language)><ul class="tabs">{links}</ul></nav> }
    });
    let sources = page
        .sources
        .into_iter()
        .filter(|source| source.starts_with("https://"))
        .map(|source| {
            let name = source.trim_start_matches("https://").trim_end_matches('/').to_owned();
            view! { <li><a href=source rel="external noopener noreferrer" target="_blank">{name}</a></li> }
        })
        .collect_view();
    view! {
        <Title text=shown.question.clone()/>
        <article class="page question">
            <p class="question-number"><a href="/questions">{tr!(questions.title)}</a> " · " {field} " · " <a href=to_topic>{topic}</a></p>
            <h1 lang=shown_in.as_str()>{shown.question}</h1>
            <p class="facts">{facts}</p>
            {languages}
            <NotebookMark mark=page.mark/>
            <Practise ids=vec![shown.id] language=shown_in label=tr!(questions.practise)/>
            <Passage title=tr!(report.intent) html=page.intent_html language=shown_in/>
            <FollowUps follow_ups=page.follow_ups language=shown_in/>
            <Behind model_answer=page.model_answer_html misconception=page.misconception_html language=shown_in/>
            <Answers answers/>
            <section class="passage sources" aria-labelledby="sources">
                <h2 id="sources">{tr!(report.sources)}</h2>
                <ul>{sources}</ul>
            </section>
        </article>
    }
    .at_once()
}
