//! Starting a run, watching it, and ending it.

use std::time::Duration;

use domain::score_check::RunState;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{score_check_state, start_score_check, stop_score_check};
use crate::ui::{AtOnce, FormAlert, FormNotice, FormState, SubmitButton};
use crate::words;

/// How often a run is asked how far it is.
const EVERY: Duration = Duration::from_secs(2);

/// The button that starts a run, what it costs, and how far the run is. When it is over `refetch` brings its figures.
#[component]
pub fn RunNow(state: RunState, calls: Option<u32>, refetch: impl Fn() + Copy + 'static) -> impl IntoView {
    let form = FormState::new();
    let state = RwSignal::new(state);
    let running = Memo::new(move |_| state.with(is_running));
    Effect::new(move |_| {
        if state.with(is_running)
            && let Ok(timer) = set_timeout_with_handle(move || ask(state, refetch), EVERY)
        {
            on_cleanup(move || timer.clear());
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(start_score_check(), move |()| state.set(RunState::Running { done: 0, all: 0 }));
    };
    let cost = match calls {
        Some(calls) => tr!(score_check.cost_model, n = calls),
        None => tr!(score_check.cost_builtin).to_owned(),
    };
    let failed = move || match state.get() {
        RunState::Failed(problem) => Some(tr!(score_check.run_failed, why = words::problem(&problem))),
        RunState::Idle | RunState::Running { .. } => None,
    };
    view! {
        <form class="stack run-now" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <p class="form-notice" role="alert">{failed}</p>
            <p>{cost}</p>
            <div class="actions">
                <SubmitButton
                    form
                    label=tr!(score_check.run)
                    pending=tr!(score_check.starting)
                    blocked=Signal::from(running)
                />
                {move || running.get().then(|| view! { <Progress state/> })}
            </div>
        </form>
        {move || running.get().then(|| view! { <Stop/> })}
    }
    .at_once()
}

/// The button that ends the run. That it is over is heard like everything else about it.
#[component]
fn Stop() -> impl IntoView {
    let form = FormState::new();
    let asked = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(stop_score_check(), move |()| asked.set(true));
    };
    let told = move || asked.get().then(|| tr!(score_check.stopping));
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormAlert form/>
            <div class="actions">
                <SubmitButton
                    form
                    class="quiet"
                    label=tr!(score_check.stop)
                    pending=tr!(score_check.stopping)
                    blocked=Signal::from(asked)
                />
                <p role="status" class="hint">{told}</p>
            </div>
            <p class="hint">{tr!(score_check.stop_text)}</p>
        </form>
    }
    .at_once()
}

fn is_running(state: &RunState) -> bool {
    matches!(state, RunState::Running { .. })
}

/// Asks how far the run is. What is not known is asked again.
fn ask(state: RwSignal<RunState>, refetch: impl Fn() + Copy + 'static) {
    spawn_local(async move {
        let Ok(now) = score_check_state().await else {
            let _ = state.try_update(|_| ());
            return;
        };
        let is_over = now == RunState::Idle;
        if state.try_set(now).is_none() && is_over {
            refetch();
        }
    });
}

/// So many of so many. The run goes on when the page is left.
#[component]
fn Progress(state: RwSignal<RunState>) -> impl IntoView {
    let steps = move || match state.get() {
        RunState::Running { done, all } => (done, all),
        RunState::Idle | RunState::Failed(_) => (0, 0),
    };
    let told = move || match steps() {
        (_, 0) => tr!(score_check.beginning).to_owned(),
        (done, all) => tr!(score_check.progress, done = done, all = all),
    };
    view! {
        <div class="run-progress">
            <progress
                aria-label=tr!(score_check.progress_label)
                max=move || steps().1.max(1).to_string()
                value=move || steps().0.to_string()
            ></progress>
            <p class="hint">{told} " " {tr!(score_check.may_leave)}</p>
        </div>
    }
    .at_once()
}
