//! The report on a finished interview.

use std::time::Duration;

use domain::Problem;
use domain::interview::{Advice, AdviceKind, CONFIDENT_QUESTIONS, Competency, QuestionStatus, ReportView};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;

use super::assessments::Owner;
use super::report_question::ReportQuestionView;
use super::retake::retake_section;
use super::server_fns::{ReportPage, report};
use crate::AppError;
use crate::addresses::id_in_path;
use crate::language::language;
use crate::material::MaterialSection;
use crate::share::ShareSection;
use crate::time::{Moment, duration};
use crate::ui::{AtOnce, BandBadge, Failure, loaded_or};
use crate::words;

/// How long to wait before asking again for feedback that is being written.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/interviews/:id/report`, for its owner.
pub fn report_page() -> AnyView {
    let page = Resource::new(id_in_path(), report);
    loaded_or(
        page,
        8,
        move |report| {
            view! { <Report page=report refetch=Callback::new(move |()| page.refetch())/> }.at_once()
        },
        |error| match error {
            AppError::Problem(Problem::OutOfDate) => view! { <NotFinished/> }.at_once(),
            error => view! { <Failure error/> }.at_once(),
        },
    )
}

/// The report of an interview that still runs.
#[component]
fn NotFinished() -> impl IntoView {
    let id = id_in_path();
    let room = move || format!("/interviews/{}", id());
    view! {
        <Title text=tr!(report.not_finished)/>
        <section class="page failure">
            <h1>{tr!(report.not_finished)}</h1>
            <p>{tr!(report.not_finished_text)}</p>
            <p class="actions"><a class="button" href=room>{tr!(report.to_room)}</a></p>
        </section>
    }
    .at_once()
}

#[component]
fn Report(page: ReportPage, refetch: Callback<()>) -> impl IntoView {
    let pending = pending(&page.report);
    let comparing = page.report.material.as_ref().is_some_and(|material| material.compared.is_none());
    Effect::new(move |_| {
        if (pending > 0 || comparing)
            && let Ok(timer) = set_timeout_with_handle(move || refetch.run(()), PATIENCE)
        {
            on_cleanup(move || timer.clear());
        }
    });
    let has_material = page.report.material.is_some();
    let id = page.report.interview.id;
    let retake = retake_section(&page.report, page.earlier);
    view! {
        <ReportBody page refetch=refetch>
            {retake}
            <TakeAway id/>
            {(pending == 0).then(|| view! { <ShareSection interview=id has_material/> })}
            <p class="actions no-print">
                <a class="button" href="/interviews/new">{tr!(report.again)}</a>
                <a class="button quiet" href="/interviews">{tr!(report.to_history)}</a>
            </p>
        </ReportBody>
    }
    .at_once()
}

/// How many questions have feedback that is being written.
fn pending(report: &ReportView) -> usize {
    report.questions.iter().filter(|question| question.feedback_pending).count()
}

/// What the owner of a report and whoever it is shared with see alike. The children stand below it.
#[component]
pub fn ReportBody(
    page: ReportPage,
    /// Shows the report anew; none for whoever only reads it.
    #[prop(optional)]
    refetch: Option<Callback<()>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let ReportPage { report, started, topics, .. } = page;
    let interview = &report.interview;
    let title = tr!(report.title, field = words::field(interview.field));
    let facts = format!(
        "{} · {} · {}",
        words::level(interview.level),
        words::language(interview.language),
        words::mode(interview.mode)
    );
    let topics = (!topics.is_empty()).then(|| view! { <p class="topics">{topics.join(", ")}</p> });
    let id = report.interview.id;
    let summary = summary(&report, pending(&report));
    let competencies = competencies(&report);
    let advice = advice(report.advice);
    let material = report.material.map(|material| view! { <MaterialSection material/> });
    let questions = report
        .questions
        .into_iter()
        .map(|question| {
            let owner = refetch.map(|refetch| Owner::new(id, question.position, refetch));
            view! { <ReportQuestionView question owner/> }
        })
        .collect_view();
    view! {
        <Title text=title.clone()/>
        <article class="page report">
            <header>
                <h1>{title}</h1>
                {topics}
                <p class="facts">{facts} " · " <Moment at=started/></p>
            </header>
            {summary}
            {competencies}
            {advice}
            {material}
            {questions}
            {children.map(|children| children())}
        </article>
    }
    .at_once()
}

/// Each topic with the number of questions behind it. One topic alone is the overall result.
fn competencies(report: &ReportView) -> Option<impl IntoView + use<>> {
    let row = |competency: &Competency| {
        let name = match &competency.topic {
            Some(topic) => topic.name(language()).to_owned(),
            None => words::field(report.interview.field).to_owned(),
        };
        let few = (competency.questions < CONFIDENT_QUESTIONS).then(|| tr!(report.few_questions));
        view! {
            <div>
                <dt>{name}</dt>
                <dd>
                    <BandBadge band=competency.band/> " "
                    <span class="hint">{tr!(report.questions_behind, n = competency.questions)} {few.map(|few| format!(" · {few}"))}</span>
                </dd>
            </div>
        }
    };
    let rows = report.competencies.iter().map(row).collect_view();
    (report.competencies.len() > 1).then(|| {
        view! {
            <section class="competencies" aria-labelledby="competencies">
                <h2 id="competencies">{tr!(report.competencies)}</h2>
                <dl class="bands">{rows}</dl>
            </section>
        }
    })
}

/// The few things that would help most.
fn advice(advice: Vec<Advice>) -> Option<impl IntoView> {
    let items = advice
        .iter()
        .map(|advice| {
            let number = advice.position + 1;
            let what = match advice.kind {
                AdviceKind::Answer => tr!(report.advice_answer),
                AdviceKind::Longer => tr!(report.advice_longer),
                AdviceKind::Reread => tr!(report.advice_reread),
                AdviceKind::Explain => tr!(report.advice_explain),
                AdviceKind::Complete => tr!(report.advice_complete),
            };
            let point = advice.point.clone().map(|point| view! { <q class="evidence">{point}</q> });
            view! {
                <li>
                    <a href=format!("#question-{number}")>{tr!(report.question, n = number)}</a> " "
                    {what} " " {point}
                </li>
            }
        })
        .collect_view();
    (!advice.is_empty()).then(|| {
        view! {
            <section class="advice" aria-labelledby="advice">
                <h2 id="advice">{tr!(report.advice)}</h2>
                <ol>{items}</ol>
            </section>
        }
    })
}

/// The report as a file, or on paper.
#[component]
fn TakeAway(id: Uuid) -> impl IntoView {
    let file = |ending: &str| format!("/interviews/{id}/report.{ending}");
    let print = |_| {
        // A browser that cannot print says so itself.
        let _ = window().print();
    };
    view! {
        <section class="take-away no-print" aria-labelledby="take-away">
            <h2 id="take-away">{tr!(report.take_away)}</h2>
            <p class="actions">
                <a class="button quiet" rel="external" download href=file("md")>"Markdown"</a>
                <a class="button quiet" rel="external" download href=file("json")>"JSON"</a>
                <button type="button" class="button quiet" on:click=print>{tr!(report.print)}</button>
            </p>
        </section>
    }
    .at_once()
}

/// The whole interview at a glance.
fn summary(report: &ReportView, pending: usize) -> impl IntoView + use<> {
    let count = |status| report.questions.iter().filter(|question| question.status == status).count();
    let (answered, skipped) = (count(QuestionStatus::Answered), count(QuestionStatus::Skipped));
    let unasked = (report.interview.question_count as usize).saturating_sub(answered + skipped);
    let tally = report.tally;
    let band = report.interview.band.map(|band| view! { <BandBadge band/> });
    let waiting =
        (pending > 0).then(|| view! { <p class="note" role="status">{tr!(report.pending, n = pending)}</p> });
    let unasked = (unasked > 0).then(|| {
        view! {
            <div><dt>{tr!(report.unasked)}</dt><dd>{unasked}</dd></div>
        }
    });
    let interviewer = &report.interview.interviewer;
    view! {
        <section class="summary" aria-labelledby="summary">
            <h2 id="summary">{tr!(report.summary)}</h2>
            <p class="overall">{band}</p>
            {waiting}
            <dl class="figures">
                <div><dt>{words::verdict(domain::scoring::Verdict::Covered)}</dt><dd>{tally.covered}</dd></div>
                <div><dt>{words::verdict(domain::scoring::Verdict::Partly)}</dt><dd>{tally.partly}</dd></div>
                <div><dt>{words::verdict(domain::scoring::Verdict::NotFound)}</dt><dd>{tally.not_found}</dd></div>
                <div><dt>{tr!(report.answered)}</dt><dd>{answered}</dd></div>
                <div><dt>{tr!(report.skipped)}</dt><dd>{skipped}</dd></div>
                {unasked}
                <div><dt>{tr!(report.time)}</dt><dd>{duration(report.elapsed_seconds)}</dd></div>
            </dl>
            <p class="hint">
                {tr!(interview.judged_by, who = words::interviewer(interviewer))} ". "
                {words::interviewer_limits(interviewer.kind)} " " <a href="/rubric">{tr!(report.how)}</a>
            </p>
        </section>
    }
}
