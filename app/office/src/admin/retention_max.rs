//! For how long interviews of all people are kept at most. What that deletes is told before it is saved.

use domain::InputField;
use leptos::prelude::*;

use super::server_fns::{retention_effect, set_retention_max};
use crate::ui::{AtOnce, Dialog, FieldError, FormNotice, FormState, SubmitButton, described_by};

/// What is about to be saved although it deletes something.
#[derive(Clone, Copy)]
struct Warning {
    open: RwSignal<bool>,
    days: RwSignal<String>,
    strikes: RwSignal<u32>,
}

/// The part of the settings where it is set. `bound` is what the program was started with.
#[component]
pub fn RetentionMax(days: Option<u32>, bound: Option<u32>) -> impl IntoView {
    let form = FormState::new();
    let saved = RwSignal::new(false);
    let warning =
        Warning { open: RwSignal::new(false), days: RwSignal::new(String::new()), strikes: RwSignal::new(0) };
    let save = move |days: String| form.send(set_retention_max(days), move |()| saved.set(true));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let days = form.value(InputField::RetentionMaxDays);
        let asked = days.clone();
        form.send(retention_effect(asked), move |strikes| match strikes {
            0 => save(days),
            strikes => {
                warning.days.set(days);
                warning.strikes.set(strikes);
                warning.open.set(true);
            }
        });
    };
    let confirmed = Callback::new(move |()| {
        warning.open.set(false);
        save(warning.days.get_untracked());
    });
    view! {
        <section class="block" aria-labelledby="retention-max">
            <h2 id="retention-max">{tr!(admin.retention_max)}</h2>
            <p>{tr!(admin.retention_max_text)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <DaysField form days bound/>
                <div class="actions">
                    <SubmitButton form label=tr!(accounts.save) pending=tr!(accounts.saving)/>
                    <p role="status" class="done">{move || saved.get().then(|| tr!(accounts.saved))}</p>
                </div>
            </form>
            <WarningDialog warning confirmed/>
        </section>
    }
    .at_once()
}

#[component]
fn DaysField(form: FormState, days: Option<u32>, bound: Option<u32>) -> impl IntoView {
    let field = InputField::RetentionMaxDays;
    let name = field.as_str();
    let hint = match bound {
        Some(n) => tr!(admin.retention_max_bound, n = n),
        None => tr!(admin.retention_max_hint).to_owned(),
    };
    view! {
        <div class="field">
            <label for=name>{tr!(admin.retention_max_days)}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <input
                id=name
                name=name
                type="text"
                inputmode="numeric"
                autocomplete="off"
                value=days.map(|days| days.to_string())
                aria-describedby=described_by(name)
                aria-invalid=move || form.is_wrong(field).then_some("true")
            />
            <FieldError field form/>
        </div>
    }
    .at_once()
}

#[component]
fn WarningDialog(warning: Warning, confirmed: Callback<()>) -> impl IntoView {
    let text = move || match warning.strikes.get() {
        1 => tr!(admin.retention_max_strikes_one).to_owned(),
        n => tr!(admin.retention_max_strikes, n = n),
    };
    view! {
        <Dialog open=warning.open title=tr!(admin.retention_max_ask).to_owned()>
            <p>{text}</p>
            <div class="actions">
                <button type="button" class="button danger" on:click=move |_| confirmed.run(())>
                    {tr!(admin.retention_max_confirm)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| warning.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
