//! What there is to a question: the parts that the page of one of the bank and that of a past question have in common.

use domain::interview::{Mode, NewPractice};
use domain::questions::Language;
use leptos::prelude::*;

use crate::interview::{StartButton, Starting, practise};
use crate::notebook::{AnswerRow, EarlierAnswers};
use crate::ui::{AtOnce, Prose};

/// Text of the bank. The server made it safe.
#[component]
pub fn Passage(title: &'static str, html: String, language: Language) -> impl IntoView {
    (!html.trim().is_empty()).then(|| {
        view! {
            <section class="passage" lang=language.as_str()>
                <h2>{title}</h2>
                <Prose html/>
            </section>
        }
    })
}

/// The model answer and the misconception, behind a press: whoever reads may try first.
#[component]
pub fn Behind(model_answer: String, misconception: String, language: Language) -> impl IntoView {
    if model_answer.trim().is_empty() && misconception.trim().is_empty() {
        return ().at_once();
    }
    let part = |title: &'static str, html: String| {
        (!html.trim().is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                <div lang=language.as_str()>
                    <Prose html/>
                </div>
            }
        })
    };
    view! {
        <details class="model-answer">
            <summary>{tr!(questions.model_answer)}</summary>
            {part(tr!(notebook.model_answer), model_answer)}
            {part(tr!(report.misconception), misconception)}
        </details>
    }
    .at_once()
}

/// What may be asked next.
#[component]
pub fn FollowUps(follow_ups: Vec<String>, language: Language) -> impl IntoView {
    let items = follow_ups.into_iter().map(|ask| view! { <li>{ask}</li> }).collect::<Vec<_>>();
    (!items.is_empty()).then(|| {
        view! {
            <section class="passage" aria-labelledby="follow-ups">
                <h2 id="follow-ups">{tr!(questions.follow_ups)}</h2>
                <ul lang=language.as_str()>{items}</ul>
            </section>
        }
    })
}

/// What the person said to it before.
#[component]
pub fn Answers(answers: Vec<AnswerRow>) -> impl IntoView {
    view! {
        <section class="passage" aria-labelledby="answers">
            <h2 id="answers">{tr!(questions.answers)}</h2>
            <EarlierAnswers answers/>
        </section>
    }
    .at_once()
}

/// The button that starts an interview on questions, by their ids or keys.
#[component]
pub fn Practise(ids: Vec<String>, language: Language, label: &'static str) -> impl IntoView {
    let start = move |request_id| -> Starting {
        Box::pin(practise(NewPractice {
            request_id,
            question_ids: ids.clone(),
            language: language.to_string(),
            mode: Mode::Coaching.to_string(),
        }))
    };
    view! { <StartButton class="" label=label.to_owned() start/> }.at_once()
}
