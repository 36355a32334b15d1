//! The archive of cover letters (보관함).

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::{use_navigate, use_query_map};
use uuid::Uuid;

use super::new_letter::NewLetterButton;
use super::search::{Search, SearchForm};
use super::server_fns::{LetterList, LetterRow, delete_letter, duplicate_letter, list_letters};
use crate::error::flat;
use crate::time::Moment;
use crate::ui::{AtOnce, Empty, Removal, RemovalDialog, loaded};
use crate::{AppError, words};

/// `/letters`, for members. Search and order stand in the address.
pub fn letters_page() -> AnyView {
    let query = use_query_map();
    let search = Memo::new(move |_| query.with(Search::from_query));
    let page = Resource::new(
        move || search.get(),
        |Search { text, sort, page }| list_letters(Some(text), Some(sort.to_string()), Some(page)),
    );
    let removal = Removal::new();
    let failure = RwSignal::new(None::<AppError>);
    view! {
        <Title text=tr!(letters.title)/>
        <div class="page letters">
            <div class="title-line">
                <h1>{tr!(letters.title)}</h1>
                <div class="actions">
                    <NewLetterButton/>
                    <a class="button quiet" href="/documents/letter">{tr!(letters.import)}</a>
                </div>
            </div>
            <p class="hint">{tr!(letters.lead)}</p>
            {move || view! { <SearchForm search=search.get()/> }}
            <p class="form-notice" role="alert">{move || failure.get().as_ref().map(words::failure)}</p>
            {loaded(page, 6, move |list| {
                view! { <List list search=search.get_untracked() removal failure/> }.at_once()
            })}
            <RemovalDialog
                removal
                title=tr!(letters.delete_title)
                text=tr!(letters.delete_text)
                confirm=tr!(letters.delete)
                remove=delete_letter
                removed=Callback::new(move |_| page.refetch())
            />
        </div>
    }
    .at_once()
}

#[component]
fn List(
    list: LetterList,
    search: Search,
    removal: Removal,
    failure: RwSignal<Option<AppError>>,
) -> impl IntoView {
    if list.rows.is_empty() {
        let (text, next) = match search.text.is_empty() {
            true => (tr!(letters.empty), ("/documents/letter", tr!(letters.import_written))),
            false => (tr!(letters.nothing_found), ("/letters", tr!(letters.show_all))),
        };
        return view! { <Empty text next=vec![next]/> }.at_once();
    }
    let page = |page: u32, text: &'static str| {
        view! { <a class="button quiet" href=search.address(page)>{text}</a> }
    };
    let newer = search.page.checked_sub(1).map(|before| page(before, tr!(letters.page_before)));
    let older = list.more.then(|| page(search.page + 1, tr!(letters.page_after)));
    let found = tr!(letters.found, n = list.found);
    let rows = list.rows.into_iter().map(|row| view! { <Row row removal failure/> }).collect_view();
    view! {
        <p class="hint" role="status">{found}</p>
        <ul class="letter-list">{rows}</ul>
        <p class="actions">{newer} {older}</p>
    }
    .at_once()
}

/// What a letter is called in the list.
fn name(row: &LetterRow) -> String {
    let letter = &row.letter;
    let name =
        [&letter.title, &letter.company, &letter.role].into_iter().find(|name| !name.trim().is_empty());
    name.cloned().unwrap_or_else(|| tr!(letters.untitled).to_owned())
}

#[component]
fn Row(row: LetterRow, removal: Removal, failure: RwSignal<Option<AppError>>) -> impl IntoView {
    let name = name(&row);
    let LetterRow { letter, updated } = row;
    let id = letter.id;
    let about: Vec<String> =
        [letter.company.clone(), letter.role].into_iter().filter(|part| !part.trim().is_empty()).collect();
    let progress = tr!(letters.progress, done = letter.answered, all = letter.items);
    let over = (letter.over > 0)
        .then(|| view! { <span class="wrong">" · " {tr!(letters.over_items, n = letter.over)}</span> });
    let (copy_label, delete_label) =
        (format!("{}: {name}", tr!(letters.duplicate)), format!("{}: {name}", tr!(letters.delete)));
    let asked = name.clone();
    view! {
        <li class="letter-row">
            <div class="letter-main">
                <h2><a href=format!("/letters/{id}")>{name}</a></h2>
                <p class="facts">{about.join(" · ")}</p>
                <p class="facts">{progress} {over}</p>
                <p class="facts">{tr!(letters.updated)} " " <Moment at=updated/></p>
            </div>
            <div class="letter-side">
                <CopyButton id label=copy_label failure/>
                <button
                    type="button"
                    class="plain delete"
                    aria-label=delete_label
                    on:click=move |_| removal.ask(id, asked.clone())
                >
                    {tr!(letters.delete)}
                </button>
            </div>
        </li>
    }
    .at_once()
}

/// Makes a copy and opens it.
#[component]
fn CopyButton(id: Uuid, label: String, failure: RwSignal<Option<AppError>>) -> impl IntoView {
    let pending = RwSignal::new(false);
    let request_id = StoredValue::new(None::<Uuid>);
    let navigate = use_navigate();
    let copy = move |_| {
        if pending.get_untracked() {
            return;
        }
        let request = request_id.get_value().unwrap_or_else(Uuid::now_v7);
        request_id.set_value(Some(request));
        pending.set(true);
        failure.set(None);
        let navigate = navigate.clone();
        spawn_local(async move {
            let made = flat(duplicate_letter(id, request).await);
            let _ = pending.try_set(false);
            match made {
                Ok(id) => navigate(&format!("/letters/{id}"), Default::default()),
                Err(error) => {
                    let _ = failure.try_set(Some(error));
                }
            }
        });
    };
    view! {
        <button type="button" class="plain" aria-label=label disabled=move || pending.get() on:click=copy>
            {tr!(letters.duplicate)}
        </button>
    }
    .at_once()
}
