//! What every form does: send once, say what is wrong where it is wrong, and lose nothing.

use std::future::Future;

use domain::{InputField, Problem};
use leptos::prelude::*;
use leptos::{html, task};
use wasm_bindgen::JsCast;
use web_sys::FormData;

use crate::error::{FormResult, flat};
use crate::{AppError, words};

use super::AtOnce;

/// A form between its first press and its success.
#[derive(Clone, Copy)]
pub struct FormState {
    pub element: NodeRef<html::Form>,
    failure: RwSignal<Option<AppError>>,
    pending: RwSignal<bool>,
    /// False until the page is alive: a press before would send the form nowhere.
    ready: RwSignal<bool>,
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}

impl FormState {
    /// A form that was not sent yet.
    pub fn new() -> Self {
        let ready = RwSignal::new(false);
        Effect::new(move |_| ready.set(true));
        Self { element: NodeRef::new(), failure: RwSignal::new(None), pending: RwSignal::new(false), ready }
    }

    /// Whether a press would send the form.
    pub fn can_send(self) -> bool {
        self.ready.get() && !self.pending.get()
    }

    /// Whether the page is alive.
    pub fn is_ready(self) -> bool {
        self.ready.get()
    }

    /// Whether a call is under way.
    pub fn is_pending(self) -> bool {
        self.pending.get()
    }

    /// The problem that the last attempt met.
    pub fn failure(self) -> Option<AppError> {
        self.failure.get()
    }

    fn wrong_field(self) -> Option<InputField> {
        self.failure.with(|failure| failure.as_ref().and_then(AppError::field))
    }

    /// Whether the last attempt failed at this field.
    pub fn is_wrong(self, field: InputField) -> bool {
        self.wrong_field() == Some(field)
    }

    /// What is wrong with a field, as a sentence.
    pub fn error_of(self, field: InputField) -> Option<String> {
        self.is_wrong(field).then(|| self.failure.with(|failure| failure.as_ref().map(words::failure)))?
    }

    /// What is typed into a field now.
    pub fn value(self, field: InputField) -> String {
        self.values(field).pop().unwrap_or_default()
    }

    /// All that is ticked under a name.
    pub fn values(self, field: InputField) -> Vec<String> {
        let Some(data) = self.element.get_untracked().and_then(|form| FormData::new_with_form(&form).ok())
        else {
            return Vec::new();
        };
        data.get_all(field.as_str()).iter().filter_map(|value| value.as_string()).collect()
    }

    /// Sends what `call` sends, unless a call is still under way. A failure is shown at its field and focused.
    pub fn send<T: 'static>(
        self,
        call: impl Future<Output = FormResult<T>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.failure.set(None);
        task::spawn_local(async move {
            let result = flat(call.await);
            if self.pending.try_set(false).is_some() {
                return; // The form is gone.
            }
            match result {
                Ok(value) => done(value),
                Err(error) => self.fail(error),
            }
        });
    }

    fn fail(self, error: AppError) {
        let wrong = error.field().map_or(".form-notice".to_owned(), |field| format!("[name={field}]"));
        self.failure.set(Some(error));
        // What is told has to stand on the page before it can have the focus.
        request_animation_frame(move || {
            let Some(form) = self.element.try_get_untracked().flatten() else { return };
            if let Ok(Some(element)) = form.query_selector(&wrong) {
                // The browser scrolls to what has the focus.
                let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        });
    }
}

/// Where a form tells what is wrong with it as a whole, also when there are no scripts to send it.
#[component]
pub fn FormNotice(form: FormState) -> impl IntoView {
    view! {
        <FormAlert form/>
        <noscript class="form-notice">{tr!(ui.needs_scripts)}</noscript>
    }
    .at_once()
}

/// The same for one of many small forms on a page.
#[component]
pub fn FormAlert(form: FormState) -> impl IntoView {
    let text = move || {
        let failure = form.failure.get()?;
        match &failure {
            AppError::Problem(problem) if problem.field().is_some() => None,
            AppError::Problem(Problem::SignInRequired) => Some(tr!(ui.signed_out_meanwhile).to_owned()),
            failure => Some(words::failure(failure)),
        }
    };
    view! {
        <p class="form-notice" role="alert" tabindex="-1">{text}</p>
    }
    .at_once()
}

/// The button that sends a form. It waits while the form is under way.
#[component]
pub fn SubmitButton(
    form: FormState,
    #[prop(into)] label: Oco<'static, str>,
    pending: &'static str,
    #[prop(optional)] class: &'static str,
    #[prop(optional, into)] blocked: Signal<bool>,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class=format!("button {class}")
            disabled=move || !form.can_send() || blocked.get()
            aria-busy=move || form.is_pending().then_some("true")
        >
            {move || if form.is_pending() { pending.into() } else { label.clone() }}
        </button>
    }
    .at_once()
}
