//! The feedback on one question: what was found, where, and who says so.

use domain::interview::{Comment, Feedback, PointFeedback};
use domain::scoring;
use leptos::prelude::*;

use super::assessments::{Override, Owner};
use super::evidence::{Evidence, Verdict};
use crate::ui::quote;
use crate::ui::{AtOnce, BandBadge};
use crate::words;

/// What a report adds to the feedback on a question.
#[derive(Clone)]
pub struct InReport {
    /// The key points stand in it from place 0 on.
    pub evidence: Evidence,
    /// None on a page that is only read.
    pub overrides: Option<Overrides>,
}

/// The points that the owner of a report holds for made.
#[derive(Clone)]
pub struct Overrides {
    pub owner: Owner,
    pub overridden: Vec<String>,
}

/// Everything about one question's feedback. `answers` are the ones that its spans count.
#[component]
pub fn FeedbackView(
    feedback: Feedback,
    answers: Vec<String>,
    #[prop(optional)] report: Option<InReport>,
) -> impl IntoView {
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let by = tr!(interview.judged_by, who = words::interviewer(&feedback.by));
    let instead = feedback.instead_of_model.map(|failure| {
        view! { <p class="note">{words::model_failure(failure)} " " {tr!(interview.judged_instead)}</p> }
    });
    let points = if feedback.too_short {
        view! { <p class="note">{tr!(interview.too_short)}</p> }.at_once()
    } else {
        // A past question that nobody has written key points for.
        let unjudged = feedback.points.is_empty().then(|| {
            view! { <p class="note">{tr!(past_questions.unjudged_text)}</p> }
        });
        let off_topic = feedback.off_topic.then(|| view! { <p class="note">{tr!(interview.off_topic)}</p> });
        let points = feedback.points.iter().enumerate();
        let points =
            points.map(|(place, point)| point_view(point, place, &answers, report.as_ref())).collect_view();
        view! {
            {off_topic}
            {unjudged}
            <ul class="points">{points}</ul>
        }
        .at_once()
    };
    let comment = feedback.comment.map(comment_view);
    let before = feedback.band_before_probes.filter(|before| *before != feedback.band).map(|before| {
        let text =
            tr!(interview.before_probes, before = words::band(before), after = words::band(feedback.band));
        view! { <p class="before-probes">{text}</p> }
    });
    view! {
        <div class="feedback">
            <p class="feedback-head"><BandBadge band=feedback.band/> <span class="by">{by}</span></p>
            {before}
            {instead}
            {points}
            {comment}
        </div>
    }
    .at_once()
}

fn point_view(
    point: &PointFeedback,
    place: usize,
    answers: &[&str],
    report: Option<&InReport>,
) -> impl IntoView + use<> {
    let evidence = report.filter(|_| !point.spans.is_empty()).map(|report| (report.evidence, place));
    let overriding = report.and_then(|report| report.overrides.as_ref()).map(|overrides| {
        let (owner, overridden) = (overrides.owner, overrides.overridden.contains(&point.id));
        view! { <Override point=point.clone() overridden owner/> }
    });
    let quotes = point
        .spans
        .iter()
        .filter_map(|span| quote(answers, span))
        .map(|words| view! { <q class="evidence">{words.to_owned()}</q> })
        .collect_view();
    let unproven = point.doubtful || (point.verdict != scoring::Verdict::NotFound && point.spans.is_empty());
    let tags = [
        point.must.then(|| tr!(interview.must)),
        point.after_probe.then(|| tr!(interview.after_probe)),
        unproven.then(|| tr!(interview.doubtful)),
    ];
    let tags = tags.into_iter().flatten().map(|tag| view! { <span class="tag">{tag}</span> }).collect_view();
    view! {
        <li class="point" data-verdict=point.verdict.as_str()>
            <Verdict text=words::verdict(point.verdict).to_owned() class="verdict" evidence/>
            <span class="say">{point.say.clone()} " " {tags}</span>
            {quotes}
            {overriding}
        </li>
    }
}

fn comment_view(comment: Comment) -> impl IntoView {
    let sentence = comment.sentence.map(|fix| {
        view! {
            <div class="fix">
                <p class="label">{tr!(interview.fix_first)}</p>
                <blockquote>{fix.quote}</blockquote>
                <p class="label">{tr!(interview.fix_better)}</p>
                <blockquote>{fix.better}</blockquote>
            </div>
        }
    });
    view! {
        <dl class="comment">
            <dt>{tr!(interview.comment_good)}</dt>
            <dd>{comment.good}</dd>
            <dt>{tr!(interview.comment_improve)}</dt>
            <dd>{comment.improve}</dd>
        </dl>
        {sentence}
    }
}
