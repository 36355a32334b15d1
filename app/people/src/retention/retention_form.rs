//! Choosing for how long interviews are kept, with what that leads to told beforehand.

use domain::InputField;
use domain::retention::RetentionChoice;
use leptos::prelude::*;

use super::server_fns::{RetentionPage, RetentionRow, choose_retention};
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton};
use crate::words;

/// The part of the page where it is chosen.
#[component]
pub fn RetentionForm(page: RetentionPage) -> impl IntoView {
    let form = FormState::new();
    let picked = RwSignal::new(page.chosen);
    let saved = RwSignal::new(false);
    let rows = RwSignal::new(page.rows.clone());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        form.send(choose_retention(form.value(InputField::Retention)), move |page| {
            rows.set(page.rows);
            saved.set(true);
        });
    };
    let radios = page.rows.iter().map(|row| radio(row.choice, page.chosen, picked, saved)).collect_view();
    let maximum = page.maximum.map(|days| {
        view! { <p class="note">{tr!(retention.maximum, time = words::days(days))}</p> }
    });
    let told = move || {
        let chosen = picked.get();
        rows.with(|rows| rows.iter().find(|row| row.choice == chosen).map(effect))
    };
    view! {
        <section class="block" aria-labelledby="retention">
            <h2 id="retention">{tr!(retention.title)}</h2>
            <p>{tr!(retention.text)}</p>
            {maximum}
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <fieldset class="field">
                    <legend>{tr!(retention.legend)}</legend>
                    <div class="choices">{radios}</div>
                    <FieldError field=InputField::Retention form/>
                </fieldset>
                <p class="note retention-effect" aria-live="polite">{told}</p>
                <div class="actions">
                    <SubmitButton form class="quiet" label=tr!(retention.save) pending=tr!(retention.saving)/>
                    <p role="status" class="done">{move || saved.get().then(|| tr!(retention.saved))}</p>
                </div>
            </form>
        </section>
    }
    .at_once()
}

fn radio(
    choice: RetentionChoice,
    chosen: RetentionChoice,
    picked: RwSignal<RetentionChoice>,
    saved: RwSignal<bool>,
) -> impl IntoView {
    let label = match choice.days() {
        None => tr!(retention.never).to_owned(),
        Some(365) => tr!(retention.year).to_owned(),
        Some(days) => tr!(retention.days, n = days),
    };
    let pick = move |_| {
        saved.set(false);
        picked.set(choice);
    };
    view! {
        <label class="choice compact">
            <input
                type="radio"
                name=InputField::Retention.as_str()
                value=choice.as_str()
                checked=choice == chosen
                on:change=pick
            />
            <span>{label}</span>
        </label>
    }
}

/// What a choice leads to, as a sentence or two.
fn effect(row: &RetentionRow) -> String {
    let now = match row.strikes {
        0 => tr!(retention.strikes_none).to_owned(),
        1 => tr!(retention.strikes_one).to_owned(),
        n => tr!(retention.strikes, n = n),
    };
    let now = match row.letters {
        0 => now,
        n => format!("{now} {}", tr!(retention.strikes_letters, n = n)),
    };
    let now = match row.documents {
        0 => now,
        n => format!("{now} {}", tr!(retention.strikes_documents, n = n)),
    };
    match row.next {
        Some(next) => format!("{now} {}", tr!(retention.next, at = next.full())),
        None => now,
    }
}
