//! The report as somebody with a link sees it: the same, to be read and nothing else.

use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

use super::server_fns::{SharedPage, read_shared};
use crate::interview::ReportBody;
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};

/// `/share/:token`, for whoever has the link.
pub fn shared_page() -> AnyView {
    let params = use_params_map();
    let token = move || params.with(|params| params.get("token").unwrap_or_default());
    let page = Resource::new(token, read_shared);
    view! {
        <Meta name="robots" content="noindex"/>
        {loaded(page, 8, move |shared| view! { <Shared shared/> }.at_once())}
    }
    .at_once()
}

#[component]
fn Shared(shared: SharedPage) -> impl IntoView {
    let SharedPage { page, name, expires, zone } = shared;
    let who = match name {
        Some(name) => tr!(share.shared_by, name = name),
        None => tr!(share.shared_without_name).to_owned(),
    };
    view! {
        <p class="shared-note">
            {who} " " {tr!(share.until)} " " <Moment at=expires/> " (" {zone} ")"
        </p>
        <ReportBody page/>
    }
    .at_once()
}
