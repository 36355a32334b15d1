//! Two sittings side by side.

use domain::Problem;
use domain::interview::{
    Competency, InterviewSummary, PointChange, PointProgress, QuestionChange, Sitting, TopicChange, Try,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::server_fns::{ComparePage, compare};
use crate::AppError;
use crate::addresses::id_in_path;
use crate::language::language;
use crate::time::{LocalTime, Moment, duration};
use crate::ui::{AtOnce, BandBadge, Failure, loaded_or};
use crate::words;

/// `/interviews/:id/compare/:other`, for the owner of both.
pub fn compare_page() -> AnyView {
    let params = use_params_map();
    let id = id_in_path();
    let other = move || params.with(|params| params.get_str("other").and_then(|id| id.parse().ok()));
    let page = Resource::new(
        move || (id(), other().unwrap_or_default()),
        |(id, other)| async move { compare(id, other).await },
    );
    loaded_or(
        page,
        8,
        move |page| view! { <Compare page/> }.at_once(),
        |error| match error {
            AppError::Problem(Problem::OutOfDate) => view! { <NotFinished/> }.at_once(),
            error => view! { <Failure error/> }.at_once(),
        },
    )
}

/// One of the two still runs.
#[component]
fn NotFinished() -> impl IntoView {
    view! {
        <Title text=tr!(retake.not_finished)/>
        <section class="page failure">
            <h1>{tr!(retake.not_finished)}</h1>
            <p>{tr!(retake.not_finished_text)}</p>
            <p class="actions"><a class="button" href="/interviews">{tr!(report.to_history)}</a></p>
        </section>
    }
    .at_once()
}

#[component]
fn Compare(page: ComparePage) -> impl IntoView {
    let ComparePage { comparison, before_started, after_started } = page;
    let field = words::field(comparison.after.interview.field);
    let topics = topics(comparison.topics);
    let no_question = comparison.questions.is_empty().then(|| {
        let said = if topics.is_some() { tr!(retake.by_topic_alone) } else { tr!(retake.nothing_shared) };
        view! { <p class="note-block">{said}</p> }
    });
    let questions =
        comparison.questions.into_iter().map(|change| view! { <Question change/> }).collect_view();
    let href = format!("/interviews/{}/report", comparison.after.interview.id);
    view! {
        <Title text=tr!(retake.compare)/>
        <article class="page report compare">
            <header>
                <h1>{tr!(retake.compare)}</h1>
                <p class="facts">{field}</p>
            </header>
            <div class="side-by-side">
                <SittingView title=tr!(retake.before) sitting=comparison.before started=before_started/>
                <SittingView title=tr!(retake.after) sitting=comparison.after started=after_started/>
            </div>
            {no_question}
            {topics}
            {questions}
            <p class="actions no-print"><a class="button quiet" href=href>{tr!(retake.to_report)}</a></p>
        </article>
    }
    .at_once()
}

/// One interview at a glance.
#[component]
fn SittingView(title: &'static str, sitting: Sitting, started: LocalTime) -> impl IntoView {
    let InterviewSummary { id, band, questions_done, question_count, interviewer, .. } = sitting.interview;
    let facts = tr!(history.done, n = questions_done, all = question_count);
    let by = tr!(interview.judged_by, who = words::interviewer(&interviewer));
    view! {
        <section class="sitting" aria-label=title>
            <h2>{title}</h2>
            <p><a href=format!("/interviews/{id}/report")><Moment at=started/></a></p>
            <p>{band.map(|band| view! { <BandBadge band/> })}</p>
            <p class="facts">{facts} " · " {duration(sitting.elapsed_seconds)}</p>
            <p class="facts">{by}</p>
        </section>
    }
    .at_once()
}

/// Each topic that both asked about.
fn topics(topics: Vec<TopicChange>) -> Option<impl IntoView> {
    let result = |competency: &Competency| {
        let behind = tr!(report.questions_behind, n = competency.questions);
        view! { <BandBadge band=competency.band/> " " <span class="hint">{behind}</span> }
    };
    let row = |change: &TopicChange| {
        let name = change.after.topic.as_ref().map(|topic| topic.name(language()).to_owned());
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="then-now">
                    <span><span class="label">{tr!(retake.before)}</span> " " {result(&change.before)}</span>
                    <span><span class="label">{tr!(retake.after)}</span> " " {result(&change.after)}</span>
                </dd>
            </div>
        }
    };
    let rows = topics.iter().map(row).collect_view();
    (!topics.is_empty()).then(|| {
        view! {
            <section class="competencies" aria-labelledby="competencies">
                <h2 id="competencies">{tr!(report.competencies)}</h2>
                <p class="hint">{tr!(retake.topics_hint)}</p>
                <dl class="bands">{rows}</dl>
            </section>
        }
    })
}

/// A question that was asked twice.
#[component]
fn Question(change: QuestionChange) -> impl IntoView {
    let number = change.after.position + 1;
    let heading = format!("question-{number}");
    let labelled_by = heading.clone();
    let points = change.points.iter().map(point).collect_view();
    let answered = !change.before.answers.is_empty() || !change.after.answers.is_empty();
    let answers = answered.then(|| {
        view! {
            <details class="both-answers">
                <summary>{tr!(retake.answers)}</summary>
                <div class="side-by-side">
                    {said(tr!(retake.before), &change.before)}
                    {said(tr!(retake.after), &change.after)}
                </div>
            </details>
        }
    });
    view! {
        <section class="report-question" aria-labelledby=labelled_by>
            <p class="question-number">{tr!(report.question, n = number)}</p>
            <h2 id=heading>{change.question}</h2>
            <p class="then-now">
                <span><span class="label">{tr!(retake.before)}</span> " " {outcome(&change.before)}</span>
                <span><span class="label">{tr!(retake.after)}</span> " " {outcome(&change.after)}</span>
            </p>
            <ul class="points">{points}</ul>
            {answers}
        </section>
    }
    .at_once()
}

/// The band of an answer, or why there is none.
fn outcome(attempt: &Try) -> AnyView {
    match attempt.band {
        Some(band) => view! { <BandBadge band/> }.at_once(),
        None if attempt.answers.is_empty() => {
            view! { <span class="tag">{words::question_status(attempt.status)}</span> }.at_once()
        }
        None => tr!(interview.feedback_pending).at_once(),
    }
}

fn point(point: &PointChange) -> impl IntoView + use<> {
    let progress = point.progress();
    let what = match progress {
        PointProgress::Gained => tr!(retake.gained),
        PointProgress::Lost => tr!(retake.lost),
        PointProgress::Missing => tr!(retake.missing),
        PointProgress::Kept => tr!(retake.kept),
    };
    let must = point.must.then(|| view! { " " <span class="tag">{tr!(interview.must)}</span> });
    let verdicts = match point.before == point.after {
        true => words::verdict(point.after).to_owned(),
        false => format!("{} → {}", words::verdict(point.before), words::verdict(point.after)),
    };
    view! {
        <li class="point" data-progress=progress.as_str()>
            <span class="verdict">{what}</span>
            <span class="say">{point.say.clone()} {must}</span>
            <span class="evidence">{verdicts}</span>
        </li>
    }
}

fn said(title: &'static str, attempt: &Try) -> impl IntoView + use<> {
    let answers =
        attempt.answers.iter().map(|text| view! { <p class="said">{text.clone()}</p> }).collect_view();
    let none = attempt.answers.is_empty().then(|| view! { <p class="note">{tr!(retake.no_answer)}</p> });
    view! {
        <div class="turn candidate">
            <p class="who">{title}</p>
            {answers}
            {none}
        </div>
    }
}
