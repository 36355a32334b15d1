//! The page for people who have forgotten their password.

use domain::InputField;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::server_fns::{ask_reset, can_send};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, TextField, loaded};

/// `/reset`, for anybody.
pub fn forgot_page() -> AnyView {
    let page = Resource::new(|| (), |()| can_send());
    view! {
        <Title text=tr!(accounts.forgot_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.forgot_title)}</h1>
            {loaded(page, 3, |can_send| match can_send {
                true => view! { <AskForm/> }.at_once(),
                false => view! { <p>{tr!(accounts.forgot_ask_admin)}</p> }.at_once(),
            })}
            <p class="aside"><A href="/login">{tr!(accounts.forgot_back)}</A></p>
        </section>
    }
    .at_once()
}

#[component]
fn AskForm() -> impl IntoView {
    let form = FormState::new();
    let asked = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        asked.set(false);
        form.send(ask_reset(form.value(InputField::Email)), move |()| asked.set(true));
    };
    view! {
        <p class="lead">{tr!(accounts.forgot_lead)}</p>
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <TextField
                field=InputField::Email
                form
                label=tr!(accounts.email)
                kind="email"
                autocomplete="email"
            />
            <SubmitButton form label=tr!(accounts.forgot_send) pending=tr!(accounts.forgot_sending)/>
            <p role="status" class="done">{move || asked.get().then(|| tr!(accounts.forgot_sent))}</p>
        </form>
    }
    .at_once()
}
