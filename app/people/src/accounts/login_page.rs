//! The page where people sign in.

use domain::InputField;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use super::server_fns::sign_in;
use super::{next_after_sign_in, next_page};
use crate::identities::ProviderButtons;
use crate::ui::{AtOnce, FormNotice, FormState, PasswordField, SubmitButton, TextField, go_to};

/// `/login`, with the page to go on to as `next`.
pub fn login_page() -> AnyView {
    view! { <LoginPage/> }.at_once()
}

#[component]
fn LoginPage() -> impl IntoView {
    let form = FormState::new();
    let query = use_query_map();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = sign_in(form.value(InputField::Username), form.value(InputField::Password));
        let next = query.with_untracked(|query| next_page(query.get_str("next")).to_owned());
        form.send(call, move |()| go_to(&next));
    };
    let next =
        query.with_untracked(|query| query.get_str("next").and_then(next_after_sign_in).map(str::to_owned));
    let asked_for_page = move || query.with(|query| query.get_str("next").is_some());
    view! {
        <Title text=tr!(accounts.login_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.login_title)}</h1>
            {move || asked_for_page().then(|| view! { <p class="lead">{tr!(accounts.login_needed)}</p> })}
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <TextField field=InputField::Username form label=tr!(accounts.username) autocomplete="username"/>
                <PasswordField
                    field=InputField::Password
                    form
                    label=tr!(accounts.password)
                    autocomplete="current-password"
                />
                <SubmitButton form label=tr!(accounts.login) pending=tr!(accounts.logging_in)/>
            </form>
            <p class="aside"><A href="/reset">{tr!(accounts.forgot)}</A></p>
            <ProviderButtons next/>
            <p class="aside">{tr!(accounts.no_account)} " " <A href="/register">{tr!(ui.sign_up)}</A></p>
        </section>
    }
    .at_once()
}
