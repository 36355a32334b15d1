//! What is asked of somebody who gets an account.

use domain::InputField;
use domain::accounts::NewAccount;
use leptos::prelude::*;

use crate::language::language;
use crate::ui::{AtOnce, FormState, PasswordField, TextField};

/// User name, e-mail address, and the password twice.
#[component]
pub fn AccountFields(form: FormState) -> impl IntoView {
    view! {
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
    }
    .at_once()
}

/// What is typed into them now.
pub fn typed(form: FormState) -> NewAccount {
    NewAccount {
        username: form.value(InputField::Username),
        email: form.value(InputField::Email),
        password: form.value(InputField::Password),
        password_confirmation: form.value(InputField::PasswordConfirmation),
        language: language().to_string(),
    }
}
