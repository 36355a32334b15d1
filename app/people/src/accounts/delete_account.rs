//! The way out: deleting the account.

use domain::InputField;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::password_form::NameField;
use super::server_fns::delete_account;
use crate::identities::SignInAgain;
use crate::takeout::{HoldingsList, read_holdings};
use crate::ui::{AtOnce, Dialog, FormNotice, FormState, SubmitButton, go_to};

/// The part of the profile that deletes the account, behind a dialog that asks for the password, or for the `username` of an account
/// that has none.
#[component]
pub fn DeleteAccount(username: Option<String>) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <section class="block" id="delete" aria-labelledby="delete-heading">
            <h2 id="delete-heading">{tr!(accounts.delete_heading)}</h2>
            <p>{tr!(accounts.delete_what)}</p>
            <button type="button" class="button quiet danger" on:click=move |_| open.set(true)>
                {tr!(accounts.delete_open)}
            </button>
            <Dialog open title=tr!(accounts.delete_title).to_owned()>
                <WhatGoes open/>
                <DeleteForm open username/>
            </Dialog>
        </section>
    }
    .at_once()
}

/// How much would be deleted. It is asked for when somebody wants to know.
#[component]
fn WhatGoes(open: RwSignal<bool>) -> impl IntoView {
    let found = RwSignal::new(None);
    Effect::new(move |_| {
        if open.get() {
            spawn_local(async move {
                // The deletion does not depend on it: what is not known is not told.
                let _ = found.try_set(read_holdings().await.ok());
            });
        }
    });
    let list = move || {
        found.get().map(|holdings| {
            view! {
                <p>{tr!(accounts.delete_counts)}</p>
                <HoldingsList holdings/>
                <p><a href="/profile/data">{tr!(accounts.export_first)}</a></p>
            }
        })
    };
    view! { <div class="what-goes">{list}</div> }.at_once()
}

#[component]
fn DeleteForm(open: RwSignal<bool>, username: Option<String>) -> impl IntoView {
    let form = FormState::new();
    let proof_field = if username.is_some() { InputField::Username } else { InputField::Password };
    let text = if username.is_some() { tr!(accounts.delete_final_name) } else { tr!(accounts.delete_final) };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(delete_account(form.value(proof_field)), |receipt| go_to(&format!("/receipts/{receipt}")));
    };
    let proof = match username {
        Some(username) => {
            let label = tr!(accounts.type_username, username = username);
            view! { <NameField id="delete-username" form label/> }.at_once()
        }
        None => view! { <PasswordAgain form/> }.at_once(),
    };
    view! {
        <p>{text}</p>
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <SignInAgain form/>
            {proof}
            <div class="actions">
                <SubmitButton form class="danger" label=tr!(accounts.delete) pending=tr!(accounts.deleting)/>
                <button type="button" class="button quiet" on:click=move |_| open.set(false)>{tr!(ui.cancel)}</button>
            </div>
        </form>
    }
    .at_once()
}

/// The page has another field for a password, so this one has its own id.
#[component]
fn PasswordAgain(form: FormState) -> impl IntoView {
    view! {
        <div class="field">
            <label for="delete-password">{tr!(accounts.password)}</label>
            <input
                id="delete-password"
                name=InputField::Password.as_str()
                type="password"
                autocomplete="current-password"
                aria-invalid=move || form.is_wrong(InputField::Password).then_some("true")
            />
            <p class="field-error">
                {move || {
                    form.error_of(InputField::Password).or_else(|| form.error_of(InputField::CurrentPassword))
                }}
            </p>
        </div>
    }
    .at_once()
}
