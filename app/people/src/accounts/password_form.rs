//! Changing the password.

use domain::InputField;
use leptos::prelude::*;

use super::server_fns::change_password;
use crate::identities::SignInAgain;
use crate::ui::{AtOnce, FormNotice, FormState, PasswordField, SubmitButton, go_to};

/// The part of the profile that changes the password, or sets the first one: then `username` is what is typed instead of the current
/// one.
#[component]
pub fn PasswordForm(username: Option<String>) -> impl IntoView {
    let form = FormState::new();
    let first = username.is_some();
    let proof_field = if first { InputField::Username } else { InputField::CurrentPassword };
    let changed = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        changed.set(false);
        let call = change_password(
            form.value(proof_field),
            form.value(InputField::Password),
            form.value(InputField::PasswordConfirmation),
        );
        form.send(call, move |()| {
            if first {
                // From now on the page asks for the password.
                return go_to("/profile");
            }
            changed.set(true);
            if let Some(element) = form.element.get_untracked() {
                element.reset();
            }
        });
    };
    let heading = if first { tr!(accounts.set_password_heading) } else { tr!(accounts.password_heading) };
    let button = if first { tr!(accounts.set_password) } else { tr!(accounts.change_password) };
    let what = first.then(|| view! { <p class="hint">{tr!(accounts.set_password_what)}</p> });
    let proof = match username {
        Some(username) => {
            let label = tr!(accounts.type_username, username = username);
            view! { <NameField id="password-username" form label/> }.at_once()
        }
        None => view! {
            <PasswordField
                field=InputField::CurrentPassword
                form
                label=tr!(accounts.current_password)
                autocomplete="current-password"
            />
        }
        .at_once(),
    };
    view! {
        <section class="block" aria-labelledby="password-heading">
            <h2 id="password-heading">{heading}</h2>
            {what}
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <SignInAgain form/>
                {proof}
                <PasswordField
                    field=InputField::Password
                    form
                    label=tr!(accounts.new_password)
                    hint=tr!(accounts.password_hint)
                    autocomplete="new-password"
                />
                <PasswordField
                    field=InputField::PasswordConfirmation
                    form
                    label=tr!(accounts.password_confirmation)
                    autocomplete="new-password"
                />
                <div class="actions">
                    <SubmitButton form label=button pending=tr!(accounts.saving)/>
                    <p role="status" class="done">{move || changed.get().then(|| tr!(accounts.password_changed))}</p>
                </div>
            </form>
        </section>
    }
    .at_once()
}

/// Where somebody without a password types their user name to confirm. The page has several, so each has its own id.
#[component]
pub fn NameField(id: &'static str, form: FormState, label: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=InputField::Username.as_str()
                type="text"
                autocomplete="off"
                spellcheck="false"
                autocapitalize="none"
                aria-describedby=format!("{id}-error")
                aria-invalid=move || form.is_wrong(InputField::Username).then_some("true")
            />
            <p class="field-error" id=format!("{id}-error")>{move || form.error_of(InputField::Username)}</p>
        </div>
    }
    .at_once()
}
