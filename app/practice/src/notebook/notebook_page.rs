//! The notebook.

use domain::notebook::NotebookPage;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::entry::Entry;
use super::filter::{Shown, Tabs};
use super::server_fns::{forget_entry, list_entries};
use crate::ui::{AtOnce, Removal, RemovalDialog, loaded};

/// `/notebook`, for members. The list that is shown stands in the address.
pub fn notebook_page() -> AnyView {
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(Shown::from_query));
    let page = Resource::new(
        move || shown.get(),
        |Shown { filter, field, page }| {
            list_entries(Some(filter.to_string()), field.map(|field| field.to_string()), Some(page))
        },
    );
    let removal = Removal::new();
    view! {
        <Title text=tr!(notebook.title)/>
        <div class="page notebook">
            <div class="title-line">
                <h1>{tr!(notebook.title)}</h1>
                <a class="button quiet" href="/drill">{tr!(notebook.to_drill)}</a>
            </div>
            {move || view! { <Tabs shown=shown.get()/> }}
            {loaded(page, 6, move |list| view! { <List list shown=shown.get_untracked() removal/> }.at_once())}
            <RemovalDialog
                removal
                title=tr!(notebook.forget_title)
                text=tr!(notebook.forget_text)
                confirm=tr!(notebook.forget)
                remove=forget_entry
                removed=Callback::new(move |_| page.refetch())
            />
        </div>
    }
    .at_once()
}

#[component]
fn List(list: NotebookPage, shown: Shown, removal: Removal) -> impl IntoView {
    if list.entries.is_empty() {
        return view! {
            <div class="empty">
                <p>{tr!(notebook.empty)}</p>
                <p><a class="button" href="/interviews/new">{tr!(ui.nav_new)}</a></p>
            </div>
        }
        .at_once();
    }
    let page = |page: u32, text: &'static str| {
        let href = Shown { page, ..shown }.address();
        view! { <a class="button quiet" href=href>{text}</a> }
    };
    let newer = shown.page.checked_sub(1).map(|before| page(before, tr!(notebook.newer)));
    let older = list.more.then(|| page(shown.page + 1, tr!(notebook.older)));
    let entries = list.entries.into_iter().map(|entry| view! { <Entry entry removal/> }).collect_view();
    view! {
        <ol class="entries">{entries}</ol>
        <p class="actions">{newer} {older}</p>
    }
    .at_once()
}
