//! The page with everything that is kept, and the form for more.

use leptos::prelude::*;
use leptos_meta::Title;

use super::document_list::DocumentList;
use super::new_document::NewDocumentForm;
use super::server_fns::{DocumentRow, list_documents};
use crate::ui::{AtOnce, loaded};

/// `/documents`, for members.
pub fn documents_page() -> AnyView {
    let page = Resource::new(|| (), |()| list_documents());
    loaded(page, 6, move |rows| view! { <Page rows/> }.at_once())
}

#[component]
fn Page(rows: Vec<DocumentRow>) -> impl IntoView {
    view! {
        <Title text=tr!(documents.title)/>
        <div class="page narrow documents">
            <h1>{tr!(documents.title)}</h1>
            <p class="lead">{tr!(documents.lead)}</p>
            <p class="actions">
                <a class="button quiet" href="/documents/letter">{tr!(documents.to_letter)}</a>
            </p>
            <section class="block" aria-labelledby="document-list-heading">
                <h2 id="document-list-heading">{tr!(documents.list_heading)}</h2>
                <DocumentList rows/>
            </section>
            <section class="block" aria-labelledby="document-form-heading">
                <h2 id="document-form-heading">{tr!(documents.new_heading)}</h2>
                <NewDocumentForm/>
            </section>
        </div>
    }
    .at_once()
}
