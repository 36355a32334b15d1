//! The page where people sign up, or read why they cannot.

use domain::accounts::RegistrationView;
use domain::settings::Registration;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::A;
use leptos_router::hooks::use_query_map;

use super::account_fields::{AccountFields, typed};
use super::server_fns::{register, registration};
use crate::identities::ProviderButtons;
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, go_to, loaded};

/// `/register`, with an invitation as `invitation`. It leads on to the first interview.
pub fn register_page() -> AnyView {
    let query = use_query_map();
    let invitation = Memo::new(move |_| {
        query.with(|query| query.get_str("invitation").filter(|token| !token.is_empty()).map(str::to_owned))
    });
    let page = Resource::new(move || invitation.get(), registration);
    loaded(page, 6, move |view: RegistrationView| {
        let invitation = invitation.get_untracked();
        match (view.is_open, view.registration) {
            (true, Registration::Invitation) => view! { <RegisterPage invitation is_invited=true/> }.at_once(),
            (true, _) => view! { <RegisterPage invitation is_invited=false/> }.at_once(),
            (false, Registration::Invitation) => {
                view! { <NoRegistration title=tr!(accounts.by_invitation_title) text=tr!(accounts.by_invitation_text)/> }
                    .at_once()
            }
            (false, _) => {
                view! { <NoRegistration title=tr!(accounts.closed_title) text=tr!(accounts.closed_text)/> }
                    .at_once()
            }
        }
    })
}

#[component]
fn RegisterPage(invitation: Option<String>, is_invited: bool) -> impl IntoView {
    let form = FormState::new();
    let brought = invitation.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(register(typed(form), invitation.clone()), |()| go_to("/interviews/new"));
    };
    let invited = is_invited.then(|| view! { <p class="hint">{tr!(accounts.invited)}</p> });
    view! {
        <Title text=tr!(accounts.register_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.register_title)}</h1>
            <p class="lead">{tr!(accounts.register_lead)}</p>
            {invited}
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <AccountFields form/>
                <SubmitButton form label=tr!(accounts.register) pending=tr!(accounts.registering)/>
            </form>
            <ProviderButtons invitation=brought/>
            <p class="aside"><a href="/privacy">{tr!(accounts.privacy)}</a></p>
            <p class="aside">{tr!(accounts.have_account)} " " <A href="/login">{tr!(ui.sign_in)}</A></p>
        </section>
    }
    .at_once()
}

/// What holds, in place of a form that would be refused.
#[component]
fn NoRegistration(title: &'static str, text: &'static str) -> impl IntoView {
    view! {
        <Title text=title/>
        <section class="page narrow">
            <h1>{title}</h1>
            <p>{text}</p>
            <p class="actions"><a class="button" href="/login">{tr!(ui.sign_in)}</a></p>
        </section>
    }
    .at_once()
}
