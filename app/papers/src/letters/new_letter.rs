//! Beginning a letter.

use domain::letters::{LetterContent, NewLetter};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use super::server_fns::create_letter;
use crate::error::flat;
use crate::language::language;
use crate::ui::AtOnce;
use crate::{AppError, words};

/// The button that makes a letter and opens it. One page makes one letter, however often it is pressed.
#[component]
pub fn NewLetterButton() -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<AppError>);
    let request_id = StoredValue::new(None::<Uuid>);
    let navigate = use_navigate();
    let begin = move |_| {
        if pending.get_untracked() {
            return;
        }
        let id = request_id.get_value().unwrap_or_else(Uuid::now_v7);
        request_id.set_value(Some(id));
        pending.set(true);
        failure.set(None);
        let letter = NewLetter { request_id: id, content: LetterContent::empty(language()) };
        let navigate = navigate.clone();
        spawn_local(async move {
            let made = flat(create_letter(letter).await);
            let _ = pending.try_set(false);
            match made {
                Ok(id) => navigate(&format!("/letters/{id}"), Default::default()),
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <button
            type="button"
            class="button"
            disabled=move || !ready.get() || pending.get()
            aria-busy=move || pending.get().then_some("true")
            on:click=begin
        >
            {move || if pending.get() { tr!(letters.creating) } else { tr!(letters.create) }}
        </button>
        <p class="field-error" role="alert">{move || failure.get().as_ref().map(words::failure)}</p>
    }
    .at_once()
}
