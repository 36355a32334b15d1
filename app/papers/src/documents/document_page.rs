//! One document.

use domain::documents::DocumentKind;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::editor::DocumentForm;
use super::server_fns::{DocumentPage, delete_document, read_document};
use crate::addresses::setup_with_document;
use crate::time::Moment;
use crate::ui::{AtOnce, Removal, RemovalDialog, go_to, loaded};
use crate::words;

/// `/documents/:document`, for its owner.
pub fn document_page() -> AnyView {
    let params = use_params_map();
    // What is no id names the document that nobody has, so that the server answers to both alike.
    let id = move || {
        let id = params.with(|params| params.get_str("document").and_then(|id| id.parse::<Uuid>().ok()));
        id.unwrap_or_default()
    };
    let page = Resource::new(id, read_document);
    view! {
        {loaded(page, 8, move |page| view! { <Page page/> }.at_once())}
    }
    .at_once()
}

#[component]
fn Page(page: DocumentPage) -> impl IntoView {
    let DocumentPage { document, updated, deleted } = page;
    let (id, title, label) = (document.id, document.title.clone(), document.title.clone());
    let to_interview = match document.kind {
        DocumentKind::Resume => tr!(documents.resume_to_interview),
        DocumentKind::Posting => tr!(documents.posting_to_interview),
    };
    let removal = Removal::new();
    let removed = Callback::new(move |_| go_to("/documents"));
    let file = document
        .file
        .map(|file| view! { <p class="hint">{tr!(documents.from_file, kind = words::file_kind(file))}</p> });
    let deleted =
        deleted.map(|at| view! { <p class="wrong">{tr!(documents.deleted_at, at = at.date())}</p> });
    view! {
        <Title text=title.clone()/>
        <div class="page narrow documents">
            <h1>{title}</h1>
            <p class="hint">{tr!(documents.updated)} " " <Moment at=updated/></p>
            {file}
            {deleted}
            <p class="actions"><a class="button" href=setup_with_document(id)>{to_interview}</a></p>
            <DocumentForm document/>
            <section class="block" aria-labelledby="document-delete-heading">
                <h2 id="document-delete-heading">{tr!(documents.delete_heading)}</h2>
                <p>{tr!(documents.delete_text)}</p>
                <p class="actions">
                    <button type="button" class="button quiet" on:click=move |_| removal.ask(id, label.clone())>
                        {tr!(documents.delete)}
                    </button>
                    <a class="button quiet" href="/documents">{tr!(documents.to_list)}</a>
                </p>
            </section>
            <RemovalDialog
                removal
                title=tr!(documents.delete_title)
                text=tr!(documents.delete_text)
                confirm=tr!(documents.delete)
                remove=delete_document
                removed
            />
        </div>
    }
    .at_once()
}
