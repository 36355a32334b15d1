//! The page of a link that sets a new password once.

use domain::{InputField, Problem};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::server_fns::{reset_link, reset_password};
use crate::AppError;
use crate::ui::{AtOnce, Failure, FormNotice, FormState, PasswordField, SubmitButton, loaded_or};

/// `/reset/:token`, for whoever has the link. Looking at it uses nothing up.
pub fn reset_page() -> AnyView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let page = Resource::new(move || token.get(), reset_link);
    view! {
        <Meta name="robots" content="noindex"/>
        {loaded_or(
            page,
            4,
            move |()| view! { <Reset token=token.get_untracked()/> }.at_once(),
            |error| match error {
                AppError::Problem(Problem::NotFound) => view! { <NoLink/> }.at_once(),
                error => view! { <Failure error/> }.at_once(),
            },
        )}
    }
    .at_once()
}

#[component]
fn Reset(token: String) -> impl IntoView {
    let done = RwSignal::new(false);
    move || match done.get() {
        true => view! { <Done/> }.at_once(),
        false => view! { <ResetForm token=token.clone() done/> }.at_once(),
    }
}

#[component]
fn ResetForm(token: String, done: RwSignal<bool>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = reset_password(
            token.clone(),
            form.value(InputField::Password),
            form.value(InputField::PasswordConfirmation),
        );
        form.send(call, move |()| done.set(true));
    };
    view! {
        <Title text=tr!(accounts.reset_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.reset_title)}</h1>
            <p class="lead">{tr!(accounts.reset_lead)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
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
                <SubmitButton form label=tr!(accounts.reset_save) pending=tr!(accounts.saving)/>
            </form>
        </section>
    }
    .at_once()
}

#[component]
fn Done() -> impl IntoView {
    view! {
        <Title text=tr!(accounts.reset_done_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.reset_done_title)}</h1>
            <p role="status">{tr!(accounts.reset_done)}</p>
            <p class="actions"><a class="button" rel="external" href="/login">{tr!(ui.sign_in)}</a></p>
        </section>
    }
    .at_once()
}

/// The link was used, is over, or never was one: nobody can tell which.
#[component]
fn NoLink() -> impl IntoView {
    view! {
        <Title text=tr!(accounts.reset_over_title)/>
        <section class="page failure">
            <h1>{tr!(accounts.reset_over_title)}</h1>
            <p>{tr!(accounts.reset_over)}</p>
            <p class="actions">
                <a class="button" rel="external" href="/reset">{tr!(accounts.reset_again)}</a>
                <a class="button quiet" rel="external" href="/login">{tr!(ui.sign_in)}</a>
            </p>
        </section>
    }
    .at_once()
}
