//! What administrators set while the program runs.

use domain::InputField;
use domain::settings::{Registration, SettingsView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::invitations::Invitations;
use super::retention_max::RetentionMax;
use super::server_fns::{set_registration, settings_overview};
use crate::layout::AdminNav;
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton, loaded};
use crate::words;

/// `/admin/settings`, for administrators.
pub fn settings_page() -> AnyView {
    let page = Resource::new(|| (), |()| settings_overview());
    loaded(page, 6, move |settings| view! { <Settings settings/> }.at_once())
}

#[component]
fn Settings(settings: SettingsView) -> impl IntoView {
    let registration = RwSignal::new(settings.registration);
    view! {
        <Title text=tr!(admin.settings_title)/>
        <div class="page admin">
            <AdminNav/>
            <header>
                <h1>{tr!(admin.settings_title)}</h1>
            </header>
            <RegistrationForm registration/>
            <Invitations registration/>
            <RetentionMax days=settings.retention_max_days bound=settings.retention_bound/>
        </div>
    }
    .at_once()
}

#[component]
fn RegistrationForm(registration: RwSignal<Registration>) -> impl IntoView {
    let form = FormState::new();
    let saved = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let word = form.value(InputField::Registration);
        let chosen = word.parse::<Registration>().ok();
        form.send(set_registration(word), move |()| {
            saved.set(true);
            if let Some(chosen) = chosen {
                registration.set(chosen);
            }
        });
    };
    let now = registration.get_untracked();
    let choices = Registration::ALL
        .iter()
        .map(|value| {
            view! {
                <label class="card-choice wide">
                    <input
                        type="radio"
                        name=InputField::Registration.as_str()
                        value=value.as_str()
                        checked=*value == now
                    />
                    <span>{words::registration(*value)} <small>{explained(*value)}</small></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <section class="block" aria-labelledby="registration">
            <h2 id="registration">{tr!(admin.registration)}</h2>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <fieldset class="field">
                    <legend>{tr!(admin.registration_who)}</legend>
                    <div class="cards two">{choices}</div>
                    <FieldError field=InputField::Registration form/>
                </fieldset>
                <div class="actions">
                    <SubmitButton form label=tr!(accounts.save) pending=tr!(accounts.saving)/>
                    <p role="status" class="done">{move || saved.get().then(|| tr!(accounts.saved))}</p>
                </div>
            </form>
        </section>
    }
    .at_once()
}

fn explained(registration: Registration) -> &'static str {
    match registration {
        Registration::Open => tr!(admin.registration_open_text),
        Registration::Invitation => tr!(admin.registration_invitation_text),
        Registration::Closed => tr!(admin.registration_closed_text),
    }
}
