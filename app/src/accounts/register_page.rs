//! The page where people sign up.

use domain::InputField;
use domain::accounts::NewAccount;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;

use super::server_fns::register;
use crate::language::language;
use crate::ui::{AtOnce, FormNotice, FormState, PasswordField, SubmitButton, TextField, go_to};

/// `/register`. It leads on to the first interview.
pub fn register_page() -> AnyView {
    view! { <RegisterPage/> }.at_once()
}

#[component]
fn RegisterPage() -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let account = NewAccount {
            username: form.value(InputField::Username),
            email: form.value(InputField::Email),
            password: form.value(InputField::Password),
            password_confirmation: form.value(InputField::PasswordConfirmation),
            language: language().to_string(),
        };
        form.send(register(account), |()| go_to("/interviews/new"));
    };
    view! {
        <Title text=tr!(accounts.register_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.register_title)}</h1>
            <p class="lead">{tr!(accounts.register_lead)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <TextField
                    field=InputField::Username
                    form
                    label=tr!(accounts.username)
                    hint=tr!(accounts.username_hint)
                    autocomplete="username"
                />
                <TextField
                    field=InputField::Email
                    form
                    label=tr!(accounts.email)
                    hint=tr!(accounts.email_hint)
                    kind="email"
                    autocomplete="email"
                />
                <PasswordField
                    field=InputField::Password
                    form
                    label=tr!(accounts.password)
                    hint=tr!(accounts.password_hint)
                    autocomplete="new-password"
                />
                <PasswordField
                    field=InputField::PasswordConfirmation
                    form
                    label=tr!(accounts.password_confirmation)
                    autocomplete="new-password"
                />
                <SubmitButton form label=tr!(accounts.register) pending=tr!(accounts.registering)/>
            </form>
            <p class="aside"><a href="/privacy">{tr!(accounts.privacy)}</a></p>
            <p class="aside">{tr!(accounts.have_account)} " " <A href="/login">{tr!(ui.sign_in)}</A></p>
        </section>
    }
    .at_once()
}
