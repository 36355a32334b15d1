//! One question of the notebook.

use domain::interview::{Mode, NewPractice, QuestionStatus};
use domain::notebook::{NotebookEntry, ReportLink};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::mark::NotebookMark;
use super::server_fns::{AnswerRow, QuestionPage, read_entry};
use crate::interview::{StartButton, Starting, practise};
use crate::language::language;
use crate::time::Moment;
use crate::ui::{AtOnce, BandBadge, Prose, Removal, Skeleton};
use crate::{AppError, words};

fn address(report: ReportLink) -> String {
    format!("/interviews/{}/report#question-{}", report.interview, report.position + 1)
}

/// A question with how it went, its star and memo, and what else can be read.
#[component]
pub fn Entry(entry: NotebookEntry, removal: Removal) -> impl IntoView {
    let id = entry.id;
    let topic = match &entry.topic {
        Some(topic) => format!("{} · {}", words::field(entry.field), topic.name(language())),
        None => words::field(entry.field).to_owned(),
    };
    let result = match (entry.band, entry.times_asked) {
        (Some(band), _) => view! { <BandBadge band/> }.at_once(),
        (None, 0) => tr!(notebook.not_answered).at_once(),
        (None, _) => words::question_status(QuestionStatus::Skipped).at_once(),
    };
    let times = (entry.times_asked > 1).then(|| format!(" · {}", tr!(notebook.times, n = entry.times_asked)));
    let report = entry.report.map(|report| {
        view! { <a class="button quiet small" href=address(report)>{tr!(notebook.to_report)}</a> }
    });
    let again = entry.bank_id().map(|question| {
        let (question, language) = (question.to_owned(), entry.language);
        let start = move |request_id| -> Starting {
            Box::pin(practise(NewPractice {
                request_id,
                question_ids: vec![question.clone()],
                language: language.to_string(),
                mode: Mode::Coaching.to_string(),
            }))
        };
        view! { <StartButton class="quiet small" label=tr!(retake.question).to_owned() start/> }
    });
    let label = entry.question.clone();
    let name = format!("{}: {label}", tr!(notebook.forget));
    view! {
        <li class="entry">
            <p class="question-number">{topic}</p>
            <h2 lang=entry.language.as_str()>{entry.question}</h2>
            <p class="facts">{tr!(notebook.last_result)} " " {result} {times}</p>
            <NotebookMark mark=entry.mark/>
            <More id/>
            <div class="actions">
                {report}
                {again}
                <button
                    type="button"
                    class="plain delete"
                    aria-label=name
                    on:click=move |_| removal.ask(id, label.clone())
                >
                    {tr!(notebook.forget)}
                </button>
            </div>
        </li>
    }
    .at_once()
}

/// The intent, a model answer and earlier answers, asked for when they are wanted.
#[component]
fn More(id: Uuid) -> impl IntoView {
    let open = RwSignal::new(false);
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let read = RwSignal::new(None::<Result<QuestionPage, AppError>>);
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if !open.get_untracked() || read.with_untracked(|read| matches!(read, Some(Ok(_)))) {
            return;
        }
        read.set(None);
        spawn_local(async move {
            let result = read_entry(id).await;
            let _ = read.try_set(Some(result));
        });
    };
    let content = move || match read.get() {
        None => view! { <Skeleton/> }.at_once(),
        Some(Ok(question)) => view! { <Question question/> }.at_once(),
        Some(Err(error)) => {
            view! { <p class="form-notice" role="alert">{words::failure(&error)}</p> }.at_once()
        }
    };
    view! {
        <button
            type="button"
            class="plain"
            aria-expanded=move || open.get().to_string()
            aria-controls=format!("more-{id}")
            disabled=move || !ready.get()
            on:click=toggle
        >
            {tr!(notebook.more)}
        </button>
        <div id=format!("more-{id}") class="more-of-entry">{move || open.get().then_some(content)}</div>
    }
    .at_once()
}

#[component]
fn Question(question: QuestionPage) -> impl IntoView {
    let passage = |title: &'static str, html: String| {
        (!html.trim().is_empty()).then(|| {
            view! {
                <h3>{title}</h3>
                <Prose html/>
            }
        })
    };
    view! {
        <h3>{tr!(notebook.answers)}</h3>
        <EarlierAnswers answers=question.answers/>
        {passage(tr!(report.intent), question.intent_html)}
        {passage(tr!(notebook.model_answer), question.model_answer_html)}
    }
    .at_once()
}

/// What the person said to a question before, newest first.
#[component]
pub fn EarlierAnswers(answers: Vec<AnswerRow>) -> impl IntoView {
    if answers.is_empty() {
        return view! { <p class="hint">{tr!(notebook.no_answers)}</p> }.at_once();
    }
    let answers = answers.into_iter().map(answer).collect_view();
    view! { <ol class="earlier">{answers}</ol> }.at_once()
}

fn answer(row: AnswerRow) -> impl IntoView {
    let AnswerRow { answer, at } = row;
    let result = match (answer.status, answer.band) {
        (QuestionStatus::Answered, Some(band)) => view! { <BandBadge band/> }.at_once(),
        (QuestionStatus::Answered, None) => ().at_once(),
        (status, _) => words::question_status(status).at_once(),
    };
    let said = answer
        .answers
        .into_iter()
        .map(|text| view! { <div class="turn candidate"><p class="said">{text}</p></div> })
        .collect_view();
    let report =
        answer.report.map(|report| view! { <a href=address(report)>{tr!(notebook.to_that_report)}</a> });
    view! {
        <li>
            <p class="facts"><Moment at/> " " {result} " " {report}</p>
            {said}
        </li>
    }
}
