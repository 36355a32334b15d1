//! The page where an interview is set up.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

use super::server_fns::{SetupPage, setup};
use super::setup_form::SetupForm;
use crate::AppError;
use crate::ui::{Failure, Skeleton};

/// `/interviews/new`, for members.
#[derive(Debug)]
pub struct SetupRoute {
    page: Resource<Result<SetupPage, AppError>>,
}

#[lazy_route]
impl LazyRoute for SetupRoute {
    fn data() -> Self {
        Self { page: Resource::new(|| (), |()| setup()) }
    }

    fn view(this: Self) -> AnyView {
        let page = this.page;
        view! {
            <Suspense fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Ok(page) => view! { <Setup page/> }.into_any(),
                        Err(error) => view! { <Failure error/> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Setup(page: SetupPage) -> impl IntoView {
    let body = match page.options.fields.is_empty() {
        true => view! { <p class="empty">{tr!(setup.nothing)}</p> }.into_any(),
        false => view! { <SetupForm page/> }.into_any(),
    };
    view! {
        <Title text=tr!(setup.title)/>
        <div class="page">
            <h1>{tr!(setup.title)}</h1>
            {body}
        </div>
    }
    .into_any()
}
