//! A piece of an interview as it looks, marked as an example.

use domain::interview::Band;
use domain::scoring::Verdict;
use leptos::prelude::*;

use app_base::ui::{AtOnce, BandBadge};
use app_base::words;

/// A question, an answer, a follow-up and the feedback.
#[component]
pub fn Example() -> impl IntoView {
    let points = [
        (Verdict::Covered, tr!(home.example_point1), tr!(home.example_quote1)),
        (Verdict::Covered, tr!(home.example_point2), tr!(home.example_quote2)),
        (Verdict::NotFound, tr!(home.example_point3), ""),
    ];
    let points = points
        .into_iter()
        .map(|(verdict, say, quote)| {
            let quote = (!quote.is_empty()).then(|| view! { <q class="evidence">{quote}</q> });
            view! {
                <li class="point" data-verdict=verdict.as_str()>
                    <span class="verdict">{words::verdict(verdict)}</span>
                    <span class="say">{say}</span>
                    {quote}
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="example">
            <h2 id="example">{tr!(home.example)}</h2>
            <p>{tr!(home.example_lead)}</p>
            <figure class="example">
                <figcaption>{tr!(home.example_caption)}</figcaption>
                <div class="turn interviewer">
                    <p class="who">{tr!(words.speaker_interviewer)}</p>
                    <p class="said">{tr!(home.example_question)}</p>
                </div>
                <div class="turn candidate">
                    <p class="who">{tr!(words.speaker_candidate)}</p>
                    <p class="said">
                        <mark>{tr!(home.example_quote1)}</mark>
                        " "
                        {tr!(home.example_answer1)}
                        " "
                        <mark>{tr!(home.example_quote2)}</mark>
                        " "
                        {tr!(home.example_answer2)}
                    </p>
                </div>
                <div class="turn interviewer">
                    <p class="who">{tr!(words.speaker_interviewer)} " " <span class="tag">{tr!(interview.probe)}</span></p>
                    <p class="said">{tr!(home.example_probe)}</p>
                </div>
                <div class="feedback">
                    <p class="feedback-head"><BandBadge band=Band::Mostly/> {tr!(words.interviewer_builtin)}</p>
                    <ul class="points">{points}</ul>
                </div>
            </figure>
        </section>
    }
    .at_once()
}
