//! The page of the link that the first start shows: it makes the first administrator.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::account_fields::{AccountFields, typed};
use super::server_fns::{set_up, setup};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, go_to, loaded};

/// `/setup/:token`, while there is no administrator. It leads on to the pages of administrators.
pub fn setup_page() -> AnyView {
    let params = use_params_map();
    let token = Memo::new(move |_| params.with(|params| params.get("token").unwrap_or_default()));
    let page = Resource::new(move || token.get(), setup);
    view! {
        <Meta name="robots" content="noindex"/>
        {loaded(page, 6, move |()| view! { <SetUp token=token.get_untracked()/> }.at_once())}
    }
    .at_once()
}

#[component]
fn SetUp(token: String) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(set_up(token.clone(), typed(form)), |()| go_to("/admin/users"));
    };
    view! {
        <Title text=tr!(accounts.setup_title)/>
        <section class="page narrow">
            <h1>{tr!(accounts.setup_title)}</h1>
            <p class="lead">{tr!(accounts.setup_lead)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <AccountFields form/>
                <SubmitButton form label=tr!(accounts.setup_make) pending=tr!(accounts.setup_making)/>
            </form>
        </section>
    }
    .at_once()
}
