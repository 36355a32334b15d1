//! The page that tells administrators what the model is called for and how it does.

use domain::usage::{Span, Trial};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::charts::Charts;
use super::health::Health;
use super::server_fns::{UsagePage, usage_overview};
use super::tables::{Days, Groups};
use super::texts::span;
use crate::layout::AdminNav;
use crate::ui::{AtOnce, loaded};

/// `/admin/usage`, for administrators. How far back the days go stands in the address.
pub fn usage_page() -> AnyView {
    let query = use_query_map();
    let days = Memo::new(move |_| query.with(|query| query.get_str("days").map(str::to_owned)));
    let page = Resource::new(move || days.get(), usage_overview);
    // Outlives that the page is fetched again.
    let tried = RwSignal::new(None);
    loaded(page, 8, move |shown| view! { <Usage page=shown tried refetch=move || page.refetch()/> }.at_once())
}

#[component]
fn Usage(
    page: UsagePage,
    tried: RwSignal<Option<Trial>>,
    refetch: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let UsagePage { usage, last_success, last_failure } = page;
    let spans = Span::ALL.iter().map(|other| {
        let chosen = (*other == usage.span).then_some("true");
        let href = format!("/admin/usage?days={other}");
        view! { <li><a href=href data-noscroll="" aria-current=chosen>{span(*other)}</a></li> }
    });
    let spans = spans.collect_view();
    let figures = match usage.total.calls {
        0 => view! { <p class="empty">{tr!(usage.empty)}</p> }.at_once(),
        _ => view! {
            <p class="hint">{tr!(usage.charts_hint)}</p>
            <Charts days=usage.days.clone()/>
            <Days days=usage.days/>
            <h3>{tr!(usage.by_purpose)}</h3>
            <Groups groups=usage.groups total=usage.total/>
        }
        .at_once(),
    };
    view! {
        <Title text=tr!(usage.title)/>
        <div class="page usage">
            <AdminNav/>
            <header>
                <h1>{tr!(usage.title)}</h1>
                <p class="lead">{tr!(usage.lead)}</p>
            </header>
            <Health model=usage.model last_success last_failure tried refetch/>
            <section aria-labelledby="usage-days">
                <h2 id="usage-days">{tr!(usage.by_day)}</h2>
                <nav aria-label=tr!(usage.span)><ul class="picks">{spans}</ul></nav>
                <p class="hint">{tr!(usage.utc)}</p>
                {figures}
            </section>
        </div>
    }
    .at_once()
}
