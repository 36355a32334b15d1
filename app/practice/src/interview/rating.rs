//! The levels of the rubric: what a model rated, with the words that prove it.

use domain::interview::{CriterionView, Numbers, RatingView};
use leptos::prelude::*;

use super::evidence::{Evidence, Verdict};
use crate::ui::AtOnce;
use crate::ui::quote;
use crate::words;

/// A rating. `answers` are the ones that its spans count; its criteria stand in `evidence` from place `first` on.
#[component]
pub fn RatingSection(
    rating: RatingView,
    answers: Vec<String>,
    evidence: Evidence,
    first: usize,
) -> impl IntoView {
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let total = rating.total.map(|total| {
        let total = format!("{total:.1}");
        view! { <p class="rating-total">{tr!(report.rating_total, total = total)}</p> }
    });
    let why_no_numbers = match (rating.numbers, rating.criteria.is_empty()) {
        (Numbers::Shown, _) | (_, true) => None,
        (Numbers::Unchecked, _) => Some(tr!(report.numbers_unchecked)),
        (Numbers::Unreliable, _) => Some(tr!(report.numbers_unreliable)),
    };
    let failure = rating.failure.map(|failure| {
        view! { <p class="note">{words::model_failure(failure)} " " {tr!(report.rating_failed)}</p> }
    });
    let criteria = (first..)
        .zip(&rating.criteria)
        .map(|(place, criterion)| criterion_view(criterion, &answers, (evidence, place)))
        .collect_view();
    view! {
        <div class="rating">
            <h3>{tr!(report.rating)}</h3>
            {total}
            <dl class="criteria">{criteria}</dl>
            {failure}
            {why_no_numbers.map(|why| view! { <p class="note">{why}</p> })}
            <p class="by">{tr!(report.rating_by, version = rating.rubric)} " · " <a href="/rubric">{tr!(report.how)}</a></p>
        </div>
    }
    .at_once()
}

fn criterion_view(
    criterion: &CriterionView,
    answers: &[&str],
    evidence: (Evidence, usize),
) -> impl IntoView + use<> {
    let level = criterion
        .level
        .map(|level| view! { " " <span class="tag">{tr!(report.rating_level, level = level)}</span> });
    let quotes = criterion
        .spans
        .iter()
        .filter_map(|span| quote(answers, span))
        .map(|words| view! { <q class="evidence">{words.to_owned()}</q> })
        .collect_view();
    let evidence = (!criterion.spans.is_empty()).then_some(evidence);
    let says = match &criterion.anchor {
        Some(anchor) => anchor.clone(),
        None => tr!(report.insufficient).to_owned(),
    };
    let reason =
        criterion.anchor.is_some().then(|| criterion.reason.clone()).filter(|reason| !reason.is_empty());
    view! {
        <div class="criterion">
            <dt><Verdict text=criterion.name.clone() class="criterion-name" evidence/> {level}</dt>
            <dd>
                <p>{says}</p>
                {quotes}
                {reason.map(|reason| view! { <p class="reason">{reason}</p> })}
            </dd>
        </div>
    }
}
