//! Which address shows which page.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use leptos_router::{Lazy, SsrMode, path};
use wasm_bindgen::JsCast;

use crate::accounts::{LoginRoute, ProfileRoute, RegisterRoute};
use crate::home::HomeRoute;
use crate::interview::{HistoryRoute, ReportRoute, RoomRoute, SetupRoute};
use crate::layout::{Footer, Header};
use crate::page_facts::PageFacts;
use crate::quotas::AllowanceRoute;
use crate::ui::NotFoundPage;

/// Everything inside the body.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    PageFacts::provide();
    view! {
        <Title formatter=|title: String| if title.is_empty() { tr!(ui.title).to_owned() } else { format!("{title} · 대답 Daedap") }/>
        <Router>
            <Header/>
            <FocusAfterNavigation/>
            <main id="main" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view={Lazy::<HomeRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/register") view={Lazy::<RegisterRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/login") view={Lazy::<LoginRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews") view={Lazy::<HistoryRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/new") view={Lazy::<SetupRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/:id") view={Lazy::<RoomRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/interviews/:id/report") view={Lazy::<ReportRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/allowance") view={Lazy::<AllowanceRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/profile") view={Lazy::<ProfileRoute>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
            <Footer/>
        </Router>
    }
    .into_any()
}

/// Moves the focus to the new page, as the browser does when it loads one, so that a screen reader reads it.
/// An open menu closes.
#[component]
fn FocusAfterNavigation() -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            let element = |selector| document().query_selector(selector).ok()?;
            // Both fail only for elements that cannot do it, and these can.
            if let Some(menu) = element(":popover-open") {
                let _ = menu.unchecked_into::<web_sys::HtmlElement>().hide_popover();
            }
            if let Some(main) = element("#main") {
                let _ = main.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
        now
    });
}
