//! What the pages about documents ask of the server.

use domain::documents::{
    DocumentEdit, DocumentSummary, DocumentView, EditOutcome, ImportedLetter, NewDocument,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// A document in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    pub document: DocumentSummary,
    pub updated: LocalTime,
    /// When it is deleted by itself; none when never.
    pub deleted: Option<LocalTime>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentPage {
    pub document: DocumentView,
    pub updated: LocalTime,
    /// When it is deleted by itself; none when never.
    pub deleted: Option<LocalTime>,
}

/// The documents, what was changed last first.
#[server(prefix = "/web", endpoint = "documents/list", input = Json, output = Json)]
pub async fn list_documents() -> Result<Vec<DocumentRow>, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let documents = context::page(domain::documents::service::list(&app, &viewer).await)?;
    let zone = &viewer.time_zone;
    Ok(documents.into_iter().map(|document| crate::documents::rows::row(document, zone)).collect())
}

/// A document.
#[server(prefix = "/web", endpoint = "documents/read", input = Json, output = Json)]
pub async fn read_document(id: Uuid) -> Result<DocumentPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let document = context::page(domain::documents::service::read(&app, &viewer, id).await)?;
    Ok(crate::documents::rows::page(document, &viewer.time_zone))
}

/// Keeps a document. The same request id gives the same document.
#[server(prefix = "/web", endpoint = "documents/create", input = Json, output = Json)]
pub async fn create_document(request_id: Uuid, document: NewDocument) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::documents::service::create(&app, &viewer, request_id, document).await)
}

/// Saves a document, unless it was changed since it was read.
#[server(prefix = "/web", endpoint = "documents/save", input = Json, output = Json)]
pub async fn save_document(id: Uuid, edit: DocumentEdit) -> FormResult<EditOutcome> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::documents::service::update(&app, &viewer, id, edit).await)
}

/// Deletes a document for good.
#[server(prefix = "/web", endpoint = "documents/delete", input = Json, output = Json)]
pub async fn delete_document(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::documents::service::delete(&app, &viewer, id).await)
}

/// Makes a cover letter of items. The same request id gives the same letter.
#[server(prefix = "/web", endpoint = "documents/make-letter", input = Json, output = Json)]
pub async fn make_letter(request_id: Uuid, letter: ImportedLetter) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::documents::service::make_letter(&app, &viewer, request_id, letter).await)
}
