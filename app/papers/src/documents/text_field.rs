//! A long text that is typed, pasted or read from a file.

use domain::InputField;
use leptos::html::Textarea;
use leptos::prelude::*;

use crate::ui::{AtOnce, FieldError, FormState, described_by};

/// The field. Its text is put in by script: what stands between its tags would be read as HTML.
#[component]
pub fn LongTextField(
    form: FormState,
    label: &'static str,
    hint: &'static str,
    rows: u32,
    node: NodeRef<Textarea>,
    typed: Callback<()>,
) -> impl IntoView {
    let name = InputField::Text.as_str();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <p class="hint" id=format!("{name}-hint")>{hint}</p>
            <textarea
                id=name
                name=name
                class="document-text"
                rows=rows.to_string()
                spellcheck="false"
                aria-describedby=described_by(name)
                aria-invalid=move || form.is_wrong(InputField::Text).then_some("true")
                node_ref=node
                on:input=move |_| typed.run(())
            ></textarea>
            <FieldError field=InputField::Text form/>
        </div>
    }
    .at_once()
}

/// What is typed into it now.
pub fn text_of(node: NodeRef<Textarea>) -> String {
    node.get_untracked().map(|field| field.value()).unwrap_or_default()
}

/// Adds a text below what is there already.
pub fn add_text(node: NodeRef<Textarea>, text: &str) {
    let Some(field) = node.get_untracked() else { return };
    let before = field.value();
    match before.trim().is_empty() {
        true => field.set_value(text),
        false => field.set_value(&format!("{}\n\n{text}", before.trim_end())),
    }
}
