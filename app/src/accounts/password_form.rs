//! Changing the password.

use domain::InputField;
use leptos::prelude::*;

use super::server_fns::change_password;
use crate::ui::{AtOnce, FormNotice, FormState, PasswordField, SubmitButton};

/// The part of the profile that changes the password.
#[component]
pub fn PasswordForm() -> impl IntoView {
    let form = FormState::new();
    let changed = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        changed.set(false);
        let call = change_password(
            form.value(InputField::CurrentPassword),
            form.value(InputField::Password),
            form.value(InputField::PasswordConfirmation),
        );
        form.send(call, move |()| {
            changed.set(true);
            if let Some(element) = form.element.get_untracked() {
                element.reset();
            }
        });
    };
    view! {
        <section class="block" aria-labelledby="password-heading">
            <h2 id="password-heading">{tr!(accounts.password_heading)}</h2>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <PasswordField
                    field=InputField::CurrentPassword
                    form
                    label=tr!(accounts.current_password)
                    autocomplete="current-password"
                />
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
                    <SubmitButton form label=tr!(accounts.change_password) pending=tr!(accounts.saving)/>
                    <p role="status" class="done">{move || changed.get().then(|| tr!(accounts.password_changed))}</p>
                </div>
            </form>
        </section>
    }
    .at_once()
}
