//! Holding an interview once more, from its report.

use domain::interview::{ReportView, Retake, RetakeQuestions};
use leptos::prelude::*;
use uuid::Uuid;

use super::server_fns::retake_interview;
use super::start_button::StartButton;
use crate::addresses::id_in_path;
use crate::language::language;
use crate::ui::AtOnce;

/// The ways to hold the interview once more, and the way to the comparison with the interview that this one repeats.
pub fn retake_section(report: &ReportView, earlier: Option<Uuid>) -> impl IntoView + use<> {
    let id = report.interview.id;
    // One topic alone is what the whole interview was about.
    let weakest = report.weakest_topic().filter(|_| report.competencies.len() > 1).map(|topic| {
        let label = tr!(retake.topic, topic = topic.name(language()));
        view! { <RetakeButton id questions=RetakeQuestions::Topic(topic.id.clone()) label/> }
    });
    let compare = earlier.map(|earlier| {
        let href = format!("/interviews/{earlier}/compare/{id}");
        view! { <p><a class="button" href=href>{tr!(retake.compare)}</a></p> }
    });
    view! {
        <section class="retake no-print" aria-labelledby="retake">
            <h2 id="retake">{tr!(retake.title)}</h2>
            {compare}
            <p class="hint">{tr!(retake.cost)}</p>
            <div class="actions">
                <RetakeButton id questions=RetakeQuestions::Same label=tr!(retake.same).to_owned()/>
                <RetakeButton id questions=RetakeQuestions::New label=tr!(retake.new).to_owned()/>
                {weakest}
            </div>
        </section>
    }
}

/// Holds the one question at a position once more. The address names the interview.
#[component]
pub fn RetakeQuestion(position: u32) -> impl IntoView {
    let id = untrack(id_in_path());
    view! {
        <div class="no-print">
            <RetakeButton id questions=RetakeQuestions::Question(position) label=tr!(retake.question).to_owned()/>
        </div>
    }
    .at_once()
}

/// The button that starts it.
#[component]
pub fn RetakeButton(id: Uuid, questions: RetakeQuestions, label: String) -> impl IntoView {
    let start = move |request_id| -> super::start_button::Starting {
        Box::pin(retake_interview(id, Retake { request_id, questions: questions.clone() }))
    };
    view! { <StartButton label start/> }
}
