//! The card of today's question, folded so that it pushes nothing away.

use domain::Problem;
use domain::interview::{InterviewSummary, Status};
use domain::today::{TodayQuestion, TodayView};
use leptos::prelude::*;

use super::server_fns::{answer_today, swap_today, today};
use crate::AppError;
use crate::interview::{StartButton, Starting};
use crate::language::language;
use crate::ui::{AtOnce, BandBadge, FormState, SubmitButton};
use crate::words;

/// Today's question, for a signed-in person. Where it cannot be read the page goes on without it. It asks for its data itself, so it
/// stands in the page function and never inside of what waits for other data.
#[component]
pub fn TodayCard() -> impl IntoView {
    let page = Resource::new(|| (), |()| today());
    // It stays open when another question takes the place of the first.
    let open = RwSignal::new(false);
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                page.await.ok().and_then(|today| card(today, open, move || page.refetch()))
            })}
        </Transition>
    }
    .at_once()
}

fn card(today: TodayView, open: RwSignal<bool>, refetch: impl Fn() + Clone + 'static) -> Option<AnyView> {
    let (swaps, left) = (today.swaps, today.swaps_left());
    let question = today.question?;
    let body = match today.answered {
        Some(interview) => view! { <Answered interview/> }.at_once(),
        None => view! { <Open swaps left open refetch/> }.at_once(),
    };
    Some(view! { <Card question open body/> }.at_once())
}

#[component]
fn Card(question: TodayQuestion, open: RwSignal<bool>, body: AnyView) -> impl IntoView {
    let topic = question.topic.map(|topic| format!("{} · ", topic.name(language())));
    let facts = tr!(today.facts, level = words::level(question.level), n = question.minutes);
    view! {
        <details class="today" open=open.get_untracked()>
            <summary>
                <span class="label">{tr!(today.title)}</span> " "
                <span class="today-question" lang=question.language.as_str()>{question.question}</span>
            </summary>
            <p class="facts">{topic} {facts}</p>
            {body}
        </details>
    }
    .at_once()
}

/// A question that waits for an answer.
#[component]
fn Open(swaps: u32, left: u32, open: RwSignal<bool>, refetch: impl Fn() + Clone + 'static) -> impl IntoView {
    let start = move |request_id| -> Starting { Box::pin(answer_today(swaps, request_id)) };
    let swap = (left > 0).then(|| view! { <Swap swaps left open refetch/> });
    view! {
        <div class="actions">
            <StartButton class="" label=tr!(today.answer).to_owned() start/>
            {swap}
        </div>
        <p class="hint">{tr!(today.cost)}</p>
    }
    .at_once()
}

/// The button that takes another question.
#[component]
fn Swap(swaps: u32, left: u32, open: RwSignal<bool>, refetch: impl Fn() + Clone + 'static) -> impl IntoView {
    let form = FormState::new();
    let shown = refetch.clone();
    // Another tab has swapped it: what it shows now is what was wanted.
    Effect::new(move |_| {
        if matches!(form.failure(), Some(AppError::Problem(Problem::OutOfDate))) {
            shown();
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        open.set(true);
        let refetch = refetch.clone();
        form.send(swap_today(swaps), move |()| refetch());
    };
    let failure = move || form.failure().as_ref().map(words::failure);
    view! {
        <form class="start-button" method="post" novalidate node_ref=form.element on:submit=submit>
            <SubmitButton
                form
                class="quiet"
                label=tr!(today.swap, n = left)
                pending=tr!(today.swapping)
            />
            <p class="form-notice" role="alert" tabindex="-1">{failure}</p>
        </form>
    }
    .at_once()
}

/// The way to the interview that it was answered in.
#[component]
fn Answered(interview: InterviewSummary) -> impl IntoView {
    let id = interview.id;
    let (href, label) = match interview.status {
        Status::Finished => (format!("/interviews/{id}/report"), tr!(today.to_report)),
        _ => (format!("/interviews/{id}"), tr!(today.to_room)),
    };
    let band = interview.band.map(|band| view! { <BandBadge band/> });
    view! { <p class="actions"><a class="button quiet" href=href>{label}</a> {band}</p> }.at_once()
}
