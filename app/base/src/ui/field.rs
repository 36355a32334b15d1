//! Inputs with their label, hint and error. They keep their own text: nothing typed before the page is alive is lost.

use domain::InputField;
use leptos::prelude::*;

use super::AtOnce;
use super::FormState;

/// The elements that describe an input: its hint and its error.
pub fn described_by(name: &str) -> String {
    format!("{name}-hint {name}-error")
}

/// One line of text.
#[component]
pub fn TextField(
    field: InputField,
    form: FormState,
    label: &'static str,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
    #[prop(optional)] value: String,
    /// The id of a list of suggestions.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let name = field.as_str();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <input
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                value=value
                list=list
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=described_by(name)
                aria-invalid=move || form.is_wrong(field).then_some("true")
            />
            <FieldError field form/>
        </div>
    }
    .at_once()
}

/// A password, with a switch that shows it.
#[component]
pub fn PasswordField(
    field: InputField,
    form: FormState,
    label: &'static str,
    autocomplete: &'static str,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let name = field.as_str();
    let shown = RwSignal::new(false);
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <div class="with-switch">
                <input
                    id=name
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    spellcheck="false"
                    autocapitalize="none"
                    aria-describedby=described_by(name)
                    aria-invalid=move || form.is_wrong(field).then_some("true")
                />
                <button
                    type="button"
                    class="switch"
                    aria-controls=name
                    aria-label=format!("{}: {label}", tr!(ui.show_password))
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || if shown.get() { tr!(ui.hide) } else { tr!(ui.show) }}
                </button>
            </div>
            <FieldError field form/>
        </div>
    }
    .at_once()
}

/// Where the error of a field is told. It is always there, so that the input can point to it.
#[component]
pub fn FieldError(field: InputField, form: FormState) -> impl IntoView {
    view! {
        <p class="field-error" id=format!("{}-error", field.as_str())>
            {move || form.error_of(field)}
        </p>
    }
    .at_once()
}
