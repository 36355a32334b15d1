//! One main question in the report: what was asked and said, what was found, and a model answer.

use domain::interview::{Pace, QuestionStatus, ReportQuestion, Speaker, TurnKind};
use domain::past_questions::past_of;
use domain::scoring::Span;
use leptos::prelude::*;

use super::assessments::{Assessments, Owner};
use super::evidence::Evidence;
use super::feedback::{FeedbackView, InReport, Overrides};
use super::rating::RatingSection;
use super::retake::RetakeQuestion;
use super::room_state::answers;
use crate::material::CueView;
use crate::notebook::NotebookMark;
use crate::time::stopwatch;
use crate::ui::{AtOnce, Prose};
use crate::ui::{Piece, pieces};
use crate::words;

/// One main question with everything that belongs to it.
#[component]
pub fn ReportQuestionView(
    question: ReportQuestion,
    /// None on a page that is only read.
    owner: Option<Owner>,
) -> impl IntoView {
    let number = question.position + 1;
    let facts = format!("{} · {}", words::level(question.level), words::kind(question.kind));
    let past = question.question_id.as_deref().and_then(past_of).map(|id| {
        let name = tr!(past_questions.title);
        match owner {
            Some(_) => view! { " · " <a href=format!("/past-questions/{id}")>{name}</a> }.at_once(),
            None => format!(" · {name}").at_once(),
        }
    });
    let pace = (question.pace.characters > 0).then(|| view! { <p class="facts">{pace(question.pace)}</p> });
    let status = match question.status {
        QuestionStatus::Answered => None,
        status => Some(view! { <span class="tag">{words::question_status(status)}</span> }),
    };
    let evidence = Evidence::new();
    let said = conversation(&question, evidence);
    let own = question.own.clone().zip(owner);
    let assessments =
        own.clone().map(|(own, owner)| view! { <Assessments question=question.clone() own owner/> });
    let overrides = own.clone().map(|(own, owner)| Overrides { owner, overridden: own.overridden });
    let mark = own.map(|(own, _)| view! { <NotebookMark mark=own.mark/> });
    let again = owner.map(|_| view! { <RetakeQuestion position=question.position/> });
    let texts: Vec<String> =
        answers(&question.turns, question.position).into_iter().map(str::to_owned).collect();
    let points = question.feedback.as_ref().map_or(0, |feedback| feedback.points.len());
    let rated = question
        .rating
        .map(|rating| view! { <RatingSection rating answers=texts.clone() evidence first=points/> });
    let report = InReport { evidence, overrides };
    let judged = match question.feedback {
        Some(feedback) => view! { <FeedbackView feedback answers=texts report/> }.at_once(),
        None if question.feedback_pending => {
            view! { <p class="note" role="status">{tr!(interview.feedback_pending)}</p> }.at_once()
        }
        None => ().at_once(),
    };
    let cue = question.cue.map(|cue| view! { <CueView cue/> });
    let heading = format!("question-{number}");
    let labelled_by = heading.clone();
    view! {
        <section class="report-question" aria-labelledby=labelled_by>
            <p class="question-number">{tr!(report.question, n = number)} " " {status}</p>
            <h2 id=heading>{question.question}</h2>
            <p class="facts">{facts} {past}</p>
            {cue}
            {mark}
            <Passage title=tr!(report.intent) html=question.intent_html/>
            {said}
            {pace}
            {judged}
            {rated}
            {assessments}
            <Passage title=tr!(report.misconception) html=question.misconception_html/>
            <ModelAnswer html=question.model_answer_html/>
            <Sources sources=question.sources/>
            {again}
        </section>
    }
    .at_once()
}

/// Characters a second that nobody speaks or types: the answer was pasted, and its speed says nothing.
const PASTED: u32 = 20;

/// How long the answers are, how long they took, and how fast that is.
fn pace(pace: Pace) -> String {
    let length = tr!(report.characters, n = pace.characters);
    let Some(seconds) = pace.seconds.filter(|seconds| pace.characters / seconds <= PASTED) else {
        return length;
    };
    let speed = match 2 * pace.syllables > pace.characters {
        true => {
            let speed = f64::from(pace.syllables) / f64::from(seconds);
            tr!(report.syllables_per_second, n = format!("{speed:.1}"))
        }
        false => tr!(report.words_per_minute, n = 60 * pace.words / seconds),
    };
    format!("{length} · {} · {speed}", stopwatch(seconds))
}

/// The words behind each verdict: the key points first, then the criteria.
fn spans(question: &ReportQuestion) -> Vec<(usize, Span)> {
    let points = question.feedback.iter().flat_map(|feedback| &feedback.points).map(|point| &point.spans);
    let criteria =
        question.rating.iter().flat_map(|rating| &rating.criteria).map(|criterion| &criterion.spans);
    (0..)
        .zip(points.chain(criteria))
        .flat_map(|(place, spans)| spans.iter().map(move |span| (place, *span)))
        .collect()
}

/// The answers and probes in order. The words behind the key points are marked, and those of one verdict when it is asked for.
fn conversation(question: &ReportQuestion, evidence: Evidence) -> impl IntoView + use<> {
    let spans = spans(question);
    let points = question.feedback.as_ref().map_or(0, |feedback| feedback.points.len());
    let marked = move |piece: Piece| {
        if piece.verdicts.is_empty() {
            return piece.text.at_once();
        }
        let of_point = piece.verdicts.iter().any(|verdict| *verdict < points);
        let verdicts = StoredValue::new(piece.verdicts);
        let active = move || {
            evidence.shown().is_some_and(|shown| verdicts.with_value(|verdicts| verdicts.contains(&shown)))
        };
        let faint = move || !active() && (!of_point || evidence.shown().is_some());
        view! { <mark class:active=active class:faint=faint>{piece.text}</mark> }.at_once()
    };
    let mut answer = 0;
    let turns = question
        .turns
        .iter()
        // The question itself is the heading.
        .filter(|turn| turn.kind != TurnKind::Question)
        .map(|turn| {
            let said = match turn.kind {
                TurnKind::Answer => {
                    answer += 1;
                    let pieces = pieces(&turn.text, answer - 1, &spans);
                    pieces.into_iter().map(marked).collect_view().at_once()
                }
                _ => turn.text.clone().at_once(),
            };
            let tag = (turn.speaker == Speaker::Interviewer && turn.kind == TurnKind::Probe)
                .then(|| view! { <span class="tag">{tr!(interview.probe)}</span> });
            view! {
                <li class="turn" class=(turn.speaker.as_str(), true)>
                    <p class="who">{words::speaker(turn.speaker)} " " {tag}</p>
                    <p class="said">{said}</p>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!turns.is_empty()).then(|| view! { <ol class="said-list">{turns}</ol> })
}

/// Text of the bank. The server made it safe.
#[component]
fn Passage(title: &'static str, html: String) -> impl IntoView {
    (!html.trim().is_empty()).then(|| {
        view! {
            <div class="passage">
                <h3>{title}</h3>
                <Prose html/>
            </div>
        }
    })
}

#[component]
fn ModelAnswer(html: String) -> impl IntoView {
    (!html.trim().is_empty()).then(|| {
        view! {
            <details class="model-answer">
                <summary>{tr!(report.model_answer)}</summary>
                <Prose html/>
            </details>
        }
    })
}

#[component]
fn Sources(sources: Vec<String>) -> impl IntoView {
    let links = sources
        .into_iter()
        .filter(|source| source.starts_with("https://"))
        .map(|source| {
            let shown = source.trim_start_matches("https://").trim_end_matches('/').to_owned();
            view! { <li><a href=source rel="external noopener noreferrer" target="_blank">{shown}</a></li> }
        })
        .collect::<Vec<_>>();
    (!links.is_empty()).then(|| {
        view! {
            <div class="sources">
                <h3>{tr!(report.sources)}</h3>
                <ul>{links}</ul>
            </div>
        }
    })
}
