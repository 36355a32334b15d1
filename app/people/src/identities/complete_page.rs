//! The page where somebody whom a provider knows chooses a user name and gets an account.

use domain::identities::NewIdentityAccount;
use domain::{InputField, Problem};
use leptos::prelude::*;
use leptos_meta::Title;

use super::server_fns::{UnfinishedPage, finish, read_unfinished};
use crate::AppError;
use crate::language::language;
use crate::ui::{AtOnce, Failure, FormNotice, FormState, SubmitButton, TextField, go_to, loaded_or};

/// `/register/complete`, for a browser that is back from a provider.
pub fn complete_page() -> AnyView {
    let page = Resource::new(|| (), |()| read_unfinished());
    loaded_or(
        page,
        4,
        |page| view! { <Complete page/> }.at_once(),
        |error| match error {
            AppError::Problem(Problem::NotFound) => view! { <NothingWaits/> }.at_once(),
            error => view! { <Failure error/> }.at_once(),
        },
    )
}

#[component]
fn Complete(page: UnfinishedPage) -> impl IntoView {
    let UnfinishedPage { unfinished, name } = page;
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let account = NewIdentityAccount {
            username: form.value(InputField::Username),
            email: form.value(InputField::Email),
            language: language().to_string(),
        };
        form.send(finish(account), |next| go_to(&next));
    };
    view! {
        <Title text=tr!(identities.complete_title)/>
        <section class="page narrow">
            <h1>{tr!(identities.complete_title)}</h1>
            <p class="lead">{tr!(identities.complete_lead, name = name, label = unfinished.label)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <TextField
                    field=InputField::Username
                    form
                    label=tr!(accounts.username)
                    hint=tr!(accounts.username_hint)
                    autocomplete="username"
                    value=unfinished.username
                />
                <TextField
                    field=InputField::Email
                    form
                    label=tr!(accounts.email)
                    hint=tr!(accounts.email_hint)
                    kind="email"
                    autocomplete="email"
                    value=unfinished.email
                />
                <SubmitButton form label=tr!(identities.complete) pending=tr!(identities.completing)/>
            </form>
        </section>
    }
    .at_once()
}

/// It took too long, was finished already, or this is another browser.
#[component]
fn NothingWaits() -> impl IntoView {
    view! {
        <Title text=tr!(identities.stale_title)/>
        <section class="page failure">
            <h1>{tr!(identities.stale_title)}</h1>
            <p>{tr!(identities.nothing_waits)}</p>
            <p class="actions"><a class="button" rel="external" href="/login">{tr!(ui.sign_in)}</a></p>
        </section>
    }
    .at_once()
}
