//! The documents that are kept.

use leptos::prelude::*;
use uuid::Uuid;

use super::server_fns::{DocumentRow, delete_document};
use crate::time::Moment;
use crate::ui::{AtOnce, Empty, Removal, RemovalDialog};
use crate::words;

/// The list, what was changed last first, with a dialog that asks before one is deleted.
#[component]
pub fn DocumentList(rows: Vec<DocumentRow>) -> impl IntoView {
    let rows = RwSignal::new(rows);
    let removal = Removal::new();
    let removed = Callback::new(move |id: Uuid| rows.update(|rows| rows.retain(|row| row.document.id != id)));
    let list = move || {
        let rows = rows.get();
        if rows.is_empty() {
            let next = vec![("#document-form-heading", tr!(documents.to_form))];
            return view! { <Empty text=tr!(documents.none) next/> }.at_once();
        }
        let rows = rows.into_iter().map(|row| view! { <Row row removal/> }).collect_view();
        view! { <ul class="document-list">{rows}</ul> }.at_once()
    };
    view! {
        {list}
        <RemovalDialog
            removal
            title=tr!(documents.delete_title)
            text=tr!(documents.delete_text)
            confirm=tr!(documents.delete)
            remove=delete_document
            removed
        />
    }
    .at_once()
}

#[component]
fn Row(row: DocumentRow, removal: Removal) -> impl IntoView {
    let DocumentRow { document, updated, deleted } = row;
    let (id, title) = (document.id, document.title);
    let button = format!("{}: {title}", tr!(documents.delete));
    let label = title.clone();
    let file = document.file.map(|file| view! { <li>{words::file_kind(file)}</li> });
    let deleted =
        deleted.map(|at| view! { <li class="wrong">{tr!(documents.deleted_at, at = at.date())}</li> });
    view! {
        <li>
            <div class="document-head">
                <h3><a href=format!("/documents/{id}")>{title}</a></h3>
                <button
                    type="button"
                    class="plain"
                    aria-label=button
                    on:click=move |_| removal.ask(id, label.clone())
                >
                    {tr!(documents.delete)}
                </button>
            </div>
            <ul class="document-facts">
                <li>{words::document_kind(document.kind)}</li>
                {file}
                <li>{tr!(documents.characters, n = document.characters)}</li>
                <li>{tr!(documents.updated)} " " <Moment at=updated/></li>
                {deleted}
            </ul>
        </li>
    }
    .at_once()
}
