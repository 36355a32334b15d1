//! A part of a page that waits for its data.

use leptos::prelude::*;

use super::{AtOnce, Failure, Skeleton};
use crate::AppError;

/// What a resource brings, with `lines` of nothing in its place until it is there. When it is fetched again the old stays until the new
/// has come. A failure takes the place of the whole.
pub fn loaded<T: Clone + Send + Sync + 'static>(
    page: Resource<Result<T, AppError>>,
    lines: usize,
    view: impl Fn(T) -> AnyView + Clone + Send + 'static,
) -> AnyView {
    loaded_or(page, lines, view, |error| view! { <Failure error/> }.at_once())
}

/// The same, with a view of its own for failures.
pub fn loaded_or<T: Clone + Send + Sync + 'static>(
    page: Resource<Result<T, AppError>>,
    lines: usize,
    view: impl Fn(T) -> AnyView + Clone + Send + 'static,
    failed: impl Fn(AppError) -> AnyView + Clone + Send + 'static,
) -> AnyView {
    view! {
        <Transition fallback=move || view! { <Skeleton lines/> }>
            {move || {
                let (view, failed) = (view.clone(), failed.clone());
                Suspend::new(async move {
                    match page.await {
                        Ok(data) => view(data),
                        Err(error) => failed(error),
                    }
                })
            }}
        </Transition>
    }
    .at_once()
}
