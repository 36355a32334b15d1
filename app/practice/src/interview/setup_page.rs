//! The page where an interview is set up.

use leptos::prelude::*;
use leptos_meta::Title;

use super::server_fns::{SetupPage, setup};
use super::setup_form::SetupForm;
use crate::today::TodayCard;
use crate::ui::{AtOnce, loaded};

/// `/interviews/new`, for members.
pub fn setup_page() -> AnyView {
    let page = Resource::new(|| (), |()| setup());
    view! {
        <div class="above-page"><TodayCard/></div>
        {loaded(page, 8, move |page| view! { <Setup page/> }.at_once())}
    }
    .at_once()
}

#[component]
fn Setup(page: SetupPage) -> impl IntoView {
    let body = match page.options.fields.is_empty() {
        true => view! { <p class="empty">{tr!(setup.nothing)}</p> }.at_once(),
        false => view! { <SetupForm page/> }.at_once(),
    };
    view! {
        <Title text=tr!(setup.title)/>
        <div class="page">
            <h1>{tr!(setup.title)}</h1>
            {body}
        </div>
    }
    .at_once()
}
