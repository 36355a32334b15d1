//! Changing what a person says about themselves.

use domain::InputField;
use domain::accounts::{ProfileEdit, ProfileView};
use domain::questions::{Field, Language};
use leptos::prelude::*;

use super::server_fns::save_profile;
use crate::language::language;
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton, TextField, described_by, go_to};
use crate::words;

/// The part of the profile with name, language, time zone and fields of interest.
#[component]
pub fn ProfileForm(profile: ProfileView, zones: Vec<String>) -> impl IntoView {
    let form = FormState::new();
    let saved = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        saved.set(false);
        let edit = ProfileEdit {
            display_name: form.value(InputField::DisplayName),
            language: form.value(InputField::Language),
            time_zone: form.value(InputField::TimeZone),
            fields: form.values(InputField::Fields),
        };
        let new_language = edit.language != language().as_str();
        form.send(save_profile(edit), move |()| match new_language {
            true => go_to("/profile"),
            false => saved.set(true),
        });
    };
    view! {
        <section class="block" aria-labelledby="profile-heading">
            <h2 id="profile-heading">{tr!(accounts.profile_heading)}</h2>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <TextField
                    field=InputField::DisplayName
                    form
                    label=tr!(accounts.display_name)
                    hint=tr!(accounts.display_name_hint)
                    autocomplete="nickname"
                    value=profile.display_name
                />
                <LanguageChoice form chosen=profile.language/>
                <ZoneChoice form chosen=profile.time_zone zones/>
                <FieldsChoice form chosen=profile.fields/>
                <div class="actions">
                    <SubmitButton form label=tr!(accounts.save) pending=tr!(accounts.saving)/>
                    <p role="status" class="done">{move || saved.get().then(|| tr!(accounts.saved))}</p>
                </div>
            </form>
        </section>
    }
    .at_once()
}

#[component]
fn LanguageChoice(form: FormState, chosen: Language) -> impl IntoView {
    let name = InputField::Language.as_str();
    let radios = Language::ALL
        .iter()
        .map(|language| {
            view! {
                <label class="choice">
                    <input type="radio" name=name value=language.as_str() checked=*language == chosen/>
                    <span lang=language.as_str()>{words::language(*language)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(accounts.language)}</legend>
            <div class="choices">{radios}</div>
            <FieldError field=InputField::Language form/>
        </fieldset>
    }
    .at_once()
}

#[component]
fn ZoneChoice(form: FormState, chosen: String, zones: Vec<String>) -> impl IntoView {
    let name = InputField::TimeZone.as_str();
    let here = RwSignal::new(None::<String>);
    let current = chosen.clone();
    Effect::new(move |_| here.set(browser_zone().filter(|zone| *zone != current)));
    let use_here = move |zone: String| {
        let select = form.element.get_untracked().and_then(|form| form.query_selector("#time_zone").ok()?);
        if let Some(select) = select {
            use wasm_bindgen::JsCast;
            select.unchecked_into::<web_sys::HtmlSelectElement>().set_value(&zone);
        }
        here.set(None);
    };
    let suggestion = move || {
        here.get().map(|zone| {
            let label = tr!(accounts.use_zone, zone = zone);
            view! { <button type="button" class="button quiet" on:click=move |_| use_here(zone.clone())>{label}</button> }
        })
    };
    let missing = (!zones.contains(&chosen)).then(|| chosen.clone());
    let options = missing
        .into_iter()
        .chain(zones)
        .map(|zone| {
            let selected = zone == chosen;
            let label = zone.replace('_', " ");
            view! { <option value=zone selected=selected>{label}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{tr!(accounts.time_zone)}</label>
            <p class="hint" id=format!("{name}-hint")>{tr!(accounts.time_zone_hint)}</p>
            <select id=name name=name aria-describedby=described_by(name)>{options}</select>
            {suggestion}
            <FieldError field=InputField::TimeZone form/>
        </div>
    }
    .at_once()
}

#[component]
fn FieldsChoice(form: FormState, chosen: Vec<Field>) -> impl IntoView {
    let name = InputField::Fields.as_str();
    let boxes = Field::ALL
        .iter()
        .map(|field| {
            view! {
                <label class="chip">
                    <input type="checkbox" name=name value=field.as_str() checked=chosen.contains(field)/>
                    <span>{words::field(*field)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{tr!(accounts.fields)}</legend>
            <p class="hint">{tr!(accounts.fields_hint)}</p>
            <div class="chips">{boxes}</div>
            <FieldError field=InputField::Fields form/>
        </fieldset>
    }
    .at_once()
}

/// The time zone that this browser is set to.
fn browser_zone() -> Option<String> {
    let options =
        js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}
