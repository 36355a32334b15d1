//! The configured model: which one it is, how it did last, and trying it.

use domain::usage::{ModelHealth, Trial};
use leptos::prelude::*;

use super::server_fns::try_model;
use super::texts::{failure_for_operators, seconds};
use crate::time::{LocalTime, Moment};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton};

/// What is known of the model, and the button that tries it. Without a model it says so, and that is all.
#[component]
pub fn Health(
    model: Option<ModelHealth>,
    last_success: Option<LocalTime>,
    last_failure: Option<LocalTime>,
    tried: RwSignal<Option<Trial>>,
    refetch: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let body = match model {
        None => view! {
            <p>{tr!(usage.no_model)}</p>
            <p class="hint">{tr!(usage.no_model_hint)}</p>
        }
        .at_once(),
        Some(model) => view! {
            <Facts model last_success last_failure/>
            <Try tried refetch/>
        }
        .at_once(),
    };
    view! {
        <section aria-labelledby="usage-model">
            <h2 id="usage-model">{tr!(usage.model)}</h2>
            {body}
        </section>
    }
    .at_once()
}

#[component]
fn Facts(
    model: ModelHealth,
    last_success: Option<LocalTime>,
    last_failure: Option<LocalTime>,
) -> impl IntoView {
    let price = if model.has_price { tr!(usage.price_set) } else { tr!(usage.no_price) };
    let success = match last_success {
        Some(at) => view! { <Moment at/> }.at_once(),
        None => tr!(usage.never_answered).at_once(),
    };
    let failure = match last_failure.zip(model.last_failure) {
        Some((at, last)) => view! { <Moment at/> " · " {failure_for_operators(last.failure)} }.at_once(),
        None => tr!(usage.never_failed).at_once(),
    };
    view! {
        <dl class="usage-facts">
            <div><dt>{tr!(usage.column_model)}</dt><dd>{model.model}</dd></div>
            <div><dt>{tr!(usage.host)}</dt><dd>{model.host}</dd></div>
            <div><dt>{tr!(usage.price)}</dt><dd>{price}</dd></div>
            <div><dt>{tr!(usage.last_success)}</dt><dd>{success}</dd></div>
            <div><dt>{tr!(usage.last_failure)}</dt><dd>{failure}</dd></div>
        </dl>
    }
    .at_once()
}

/// Makes one small call and tells what came of it.
#[component]
fn Try(tried: RwSignal<Option<Trial>>, refetch: impl Fn() + Copy + 'static) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(None);
        form.send(try_model(), move |trial| {
            tried.set(Some(trial));
            refetch();
        });
    };
    let told = move || {
        tried.get().map(|trial| match trial {
            Trial::NoModel => tr!(usage.no_model).to_owned(),
            Trial::Answered { ms } => tr!(usage.trial_answered, n = seconds(ms)),
            Trial::Failed(failure) => tr!(usage.trial_failed, why = failure_for_operators(failure)),
        })
    };
    let worked = move || matches!(tried.get(), Some(Trial::Answered { .. }));
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <div class="actions">
                <SubmitButton form label=tr!(usage.try_now) pending=tr!(usage.trying) class="quiet"/>
                <p class="trial" class:done=worked class:wrong=move || !worked() role="status">{told}</p>
            </div>
            <p class="hint">{tr!(usage.try_hint)}</p>
        </form>
    }
    .at_once()
}
