//! A button that starts an interview and opens its room.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use uuid::Uuid;

use crate::error::FormResult;
use crate::ui::{AtOnce, FormAlert, FormState, SubmitButton};

/// A call that starts an interview.
pub type Starting = Pin<Box<dyn Future<Output = FormResult<Uuid>>>>;

/// The button. `start` gets the id of the request: it stays the same until it has worked, so that one wish starts one interview.
#[component]
pub fn StartButton(
    label: String,
    start: impl Fn(Uuid) -> Starting + 'static,
    #[prop(default = "quiet")] class: &'static str,
) -> impl IntoView {
    let form = FormState::new();
    let request = StoredValue::new(None::<Uuid>);
    let navigate = use_navigate();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let id = request.get_value().unwrap_or_else(Uuid::now_v7);
        request.set_value(Some(id));
        let navigate = navigate.clone();
        form.send(start(id), move |id| {
            request.set_value(None);
            navigate(&format!("/interviews/{id}"), Default::default());
        });
    };
    view! {
        <form class="start-button" method="post" novalidate node_ref=form.element on:submit=submit>
            <SubmitButton form class label pending=tr!(setup.starting)/>
            <FormAlert form/>
        </form>
    }
    .at_once()
}
