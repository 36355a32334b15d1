//! Questions that are nearly the same, shown while one is written and to moderators.

use domain::questions::{SimilarPlace, SimilarQuestion};
use leptos::prelude::*;

use crate::ui::AtOnce;

/// The list; nothing when nothing is alike.
#[component]
pub fn SimilarList(similar: Vec<SimilarQuestion>) -> impl IntoView {
    if similar.is_empty() {
        return ().at_once();
    }
    let items = similar
        .into_iter()
        .map(|similar| {
            let (href, place) = match similar.place {
                SimilarPlace::Bank(id) => (format!("/questions/{id}"), tr!(past_questions.in_bank)),
                SimilarPlace::Past(id) => (format!("/past-questions/{id}"), tr!(past_questions.in_past)),
            };
            let alike = tr!(past_questions.alike, n = similar.percent);
            view! {
                <li>
                    <a href=href target="_blank" rel="external">{similar.question}</a>
                    " "
                    <span class="hint">{place} " · " {alike}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="note-block similar">
            <p>{tr!(past_questions.similar)}</p>
            <ul>{items}</ul>
        </div>
    }
    .at_once()
}
