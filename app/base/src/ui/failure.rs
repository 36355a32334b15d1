//! What stands where a page could not be shown, with what to do next.

use domain::Problem;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

use crate::{AppError, viewer, words};

use super::AtOnce;

/// A whole page that could not be loaded.
#[component]
pub fn Failure(error: AppError) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let heading = match &error {
        AppError::Problem(Problem::NotFound) => tr!(ui.not_found_title),
        AppError::Problem(Problem::SignInRequired) => tr!(ui.sign_in_title),
        AppError::Problem(Problem::Forbidden) => tr!(ui.forbidden_title),
        AppError::ConnectionLost => tr!(ui.connection_lost_title),
        AppError::Problem(_) | AppError::Unreadable => tr!(ui.failure_title),
    };
    let next = match &error {
        AppError::Problem(Problem::SignInRequired) => {
            view! { <a class="button" rel="external" href=viewer::login_path(&path)>{tr!(ui.sign_in)}</a> }
                .at_once()
        }
        AppError::Problem(Problem::NotFound | Problem::Forbidden) => viewer::use_viewer()
            .with_untracked(Option::is_some)
            .then(|| {
                view! { <a class="button" href="/interviews">{tr!(ui.to_history)}</a> }
            })
            .at_once(),
        _ => view! { <a class="button" rel="external" href=path>{tr!(ui.try_again)}</a> }.at_once(),
    };
    view! {
        <Title text=heading/>
        <section class="page failure">
            <h1>{heading}</h1>
            <p>{words::failure(&error)}</p>
            <p class="actions">{next} <a class="button quiet" rel="external" href="/">{tr!(ui.to_home)}</a></p>
        </section>
    }
    .at_once()
}

/// The page for an address that leads nowhere. The server gives it its status.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <Failure error=AppError::Problem(Problem::NotFound)/> }
}
