//! Résumés and job postings, and reading files.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use domain::documents::{
    DocumentEdit, DocumentSummary, DocumentView, EditOutcome, FoundItem, NewDocument, Parsed, TEXT_MAX,
    service, split_items,
};
use domain::{App, InputField, Problem, Reason};
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Made;
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::page::Page;
use crate::api::problem::Failure;
use crate::documents;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_documents, create_document))
        .routes(routes!(parse_document))
        .routes(routes!(find_items))
        .routes(routes!(read_document, save_document, delete_document))
}

/// A text to be looked at.
#[derive(Deserialize, ToSchema)]
pub struct LetterText {
    #[schema(max_length = 100_000)]
    text: String,
}

/// The documents, what was changed last first: at most fifty, so there is one page.
#[utoipa::path(get, path = "/documents", tag = "documents", security(("bearer" = ["read"])),
    responses((status = 200, description = "The documents, without their texts", body = Page<DocumentSummary>)))]
async fn list_documents(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Page<DocumentSummary>>, Failure> {
    Ok(Json(service::list(&app, &viewer).await?.into()))
}

/// Keeps a document.
#[utoipa::path(post, path = "/documents", tag = "documents", security(("bearer" = ["write"])),
    request_body = NewDocument,
    responses((status = 201, description = "It is kept", body = Made)))]
async fn create_document(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(new): Json<NewDocument>,
) -> Result<Response, Failure> {
    let id = service::create(&app, &viewer, request_id, new).await?;
    let location = format!("/api/v1/documents/{id}");
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(Made { id })).into_response())
}

/// The text of a PDF, a DOCX or a text file. What it is is decided by its bytes. Nothing is kept.
#[utoipa::path(post, path = "/documents/parse", tag = "documents", security(("bearer" = ["write"])),
    request_body(content = String, content_type = "application/octet-stream", description = "The file, of 10 MiB at most"),
    responses((status = 200, description = "What was read", body = Parsed),
        (status = 413, description = "The file is larger than 10 MiB: `wrong-document` with the fault `too-large`."),
        (status = 415, description = "Neither a PDF nor a DOCX nor text, or not sent as `application/octet-stream`: `wrong-document` \
            with the fault `wrong-kind`."),
        (status = 422, description = "It is of a kind that is read, and cannot be: `wrong-document` with the fault that says why.")))]
async fn parse_document(
    State(app): State<App>,
    Writer(viewer): Writer,
    request: Request,
) -> Result<Json<Parsed>, Failure> {
    Ok(Json(documents::read(&app, &viewer, request).await?))
}

/// The items of a cover letter in a text: numbered questions, names in brackets, limits like "(1000자 이내)". Nothing is kept.
#[utoipa::path(post, path = "/documents/items", tag = "documents", security(("bearer" = ["read"])),
    request_body = LetterText,
    responses((status = 200, description = "The items, in their order", body = Vec<FoundItem>)))]
async fn find_items(
    Reader(_): Reader,
    Json(LetterText { text }): Json<LetterText>,
) -> Result<Json<Vec<FoundItem>>, Failure> {
    if text.chars().count() > TEXT_MAX as usize {
        return Err(
            Problem::Invalid { field: InputField::Text, reason: Reason::TooLong { max: TEXT_MAX } }.into()
        );
    }
    Ok(Json(split_items(&text)))
}

/// A document.
#[utoipa::path(get, path = "/documents/{id}", tag = "documents", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 200, description = "The document", body = DocumentView)))]
async fn read_document(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<DocumentView>, Failure> {
    Ok(Json(service::read(&app, &viewer, id).await?))
}

/// Saves a document, unless it was changed since it was read.
#[utoipa::path(put, path = "/documents/{id}", tag = "documents", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The document")), request_body = DocumentEdit,
    responses((status = 200, description = "Whether it was saved", body = EditOutcome)))]
async fn save_document(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(edit): Json<DocumentEdit>,
) -> Result<Json<EditOutcome>, Failure> {
    Ok(Json(service::update(&app, &viewer, id, edit).await?))
}

/// Deletes a document for good.
#[utoipa::path(delete, path = "/documents/{id}", tag = "documents", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The document")),
    responses((status = 204, description = "It is gone")))]
async fn delete_document(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::delete(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
