//! Fields whose text lives outside of them. A field is written to only when it differs, so that an input method is never disturbed.

use leptos::html::{Input, Textarea};
use leptos::prelude::*;

use crate::ui::AtOnce;

/// Several lines of text.
#[component]
pub fn Area(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    text: Signal<String>,
    write: Callback<String>,
    ready: RwSignal<bool>,
    rows: u32,
    max: u32,
    #[prop(optional)] hint: Option<&'static str>,
    /// Ids of what describes the field besides its hint.
    #[prop(optional, into)]
    described_by: String,
    #[prop(optional, into)] invalid: Signal<bool>,
    #[prop(optional)] node: Option<NodeRef<Textarea>>,
) -> impl IntoView {
    let field = node.unwrap_or_default();
    Effect::new(move |_| {
        let wanted = text.get();
        if let Some(field) = field.get()
            && field.value() != wanted
        {
            field.set_value(&wanted);
        }
    });
    let written = move |_| {
        if let Some(field) = field.get_untracked() {
            write.run(field.value());
        }
    };
    let hint_id = format!("{id}-hint");
    let described = format!("{hint_id} {described_by}");
    let label_for = id.clone();
    view! {
        <div class="field">
            <label for=label_for>{label}</label>
            <p class="hint" id=hint_id>{hint}</p>
            <textarea
                id=id
                rows=rows.to_string()
                maxlength=max.to_string()
                aria-describedby=described
                aria-invalid=move || invalid.get().then_some("true")
                readonly=move || !ready.get()
                node_ref=field
                on:input=written
            ></textarea>
        </div>
    }
    .at_once()
}

/// One line of text.
#[component]
pub fn Line(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    text: Signal<String>,
    write: Callback<String>,
    ready: RwSignal<bool>,
    max: u32,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let first = text.get_untracked();
    Effect::new(move |_| {
        let wanted = text.get();
        if let Some(field) = field.get()
            && field.value() != wanted
        {
            field.set_value(&wanted);
        }
    });
    let written = move |_| {
        if let Some(field) = field.get_untracked() {
            write.run(field.value());
        }
    };
    let label_for = id.clone();
    view! {
        <div class="field">
            <label for=label_for>{label}</label>
            <input
                id=id
                type="text"
                autocomplete="off"
                maxlength=max.to_string()
                value=first
                readonly=move || !ready.get()
                node_ref=field
                on:input=written
            />
        </div>
    }
    .at_once()
}
