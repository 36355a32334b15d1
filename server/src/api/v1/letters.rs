//! Cover letters: the archive, one letter, its history, and what the rules find in it.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::App;
use domain::letters::checks::Finding;
use domain::letters::{
    ChangedLetter, LetterContent, LetterSummary, LetterVersion, LetterView, NewLetter, SaveOutcome,
    VersionSummary, export, service,
};
use http::StatusCode;
use http::header::{CONTENT_TYPE, LOCATION};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Made;
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_letters, create_letter))
        .routes(routes!(read_letter, save_letter, delete_letter))
        .routes(routes!(copy_letter))
        .routes(routes!(read_letter_markdown))
        .routes(routes!(check_letter))
        .routes(routes!(list_versions))
        .routes(routes!(read_version))
        .routes(routes!(restore_version))
}

/// Which letters to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LetterFilter {
    /// Words that stand in the title, the company or the role; all of them.
    search: Option<String>,
}

/// A letter to begin with.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LetterStart {
    content: LetterContent,
}

/// The letter as it was read: one that was changed since is left alone.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Restoration {
    revision: u32,
}

fn made(id: Uuid) -> Response {
    (StatusCode::CREATED, [(LOCATION, format!("/api/v1/letters/{id}"))], Json(Made { id })).into_response()
}

/// The person's cover letters, what was changed last first.
#[utoipa::path(get, path = "/letters", tag = "letters", security(("bearer" = ["read"])),
    params(LetterFilter, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<LetterSummary>)))]
async fn list_letters(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(LetterFilter { search }): Query<LetterFilter>,
    paging: Paging,
) -> Result<Listed<LetterSummary>, Failure> {
    let (search, after, size) = (search.unwrap_or_default(), paging.after()?, paging.size);
    let (letters, next) = service::list_after(&app, &viewer, &search, after, size).await?;
    Ok(paging.reply(letters, next))
}

/// Makes a letter.
#[utoipa::path(post, path = "/letters", tag = "letters", security(("bearer" = ["write"])),
    request_body = LetterStart,
    responses((status = 201, description = "It is there", body = Made, headers(("location" = String)))))]
async fn create_letter(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(LetterStart { content }): Json<LetterStart>,
) -> Result<Response, Failure> {
    Ok(made(service::create(&app, &viewer, NewLetter { request_id, content }).await?))
}

/// A letter with what is proposed to it.
#[utoipa::path(get, path = "/letters/{id}", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 200, description = "As it is now", body = LetterView)))]
async fn read_letter(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<LetterView>, Failure> {
    Ok(Json(service::read(&app, &viewer, id).await?))
}

/// Saves a letter, unless it was changed since the revision that was read.
#[utoipa::path(put, path = "/letters/{id}", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The letter")), request_body = ChangedLetter,
    responses((status = 200, description = "Whether it was saved", body = SaveOutcome)))]
async fn save_letter(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(save): Json<ChangedLetter>,
) -> Result<Json<SaveOutcome>, Failure> {
    Ok(Json(service::save(&app, &viewer, id, save).await?))
}

/// Deletes a letter with its history.
#[utoipa::path(delete, path = "/letters/{id}", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 204, description = "It is gone")))]
async fn delete_letter(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::delete(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a copy of a letter.
#[utoipa::path(post, path = "/letters/{id}/copies", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 201, description = "It is there", body = Made, headers(("location" = String)))))]
async fn copy_letter(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    Ok(made(service::duplicate(&app, &viewer, id, request_id).await?))
}

/// A letter for people, as Markdown in its own language.
#[utoipa::path(get, path = "/letters/{id}/letter.md", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 200, description = "The letter", body = String, content_type = "text/markdown")))]
async fn read_letter_markdown(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Response, Failure> {
    let letter = service::find(&app, &viewer, id).await?;
    let text = export::markdown(&letter.content);
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response())
}

/// What the rules find in a letter, without a model. Passages are bytes of the answer.
#[utoipa::path(get, path = "/letters/{id}/findings", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 200, description = "In the order of the letter", body = Vec<Finding>)))]
async fn check_letter(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Finding>>, Failure> {
    let letter = service::find(&app, &viewer, id).await?;
    Ok(Json(service::check(&app, &viewer, id, letter.content).await?))
}

/// The history of a letter, the latest version first. There is one page of it.
#[utoipa::path(get, path = "/letters/{id}/versions", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The letter")),
    responses((status = 200, description = "All of them", body = Page<VersionSummary>)))]
async fn list_versions(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<Page<VersionSummary>>, Failure> {
    Ok(Json(service::versions(&app, &viewer, id).await?.into()))
}

/// A version of a letter with its text.
#[utoipa::path(get, path = "/letter-versions/{id}", tag = "letters", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The version")),
    responses((status = 200, description = "The version", body = LetterVersion)))]
async fn read_version(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<LetterVersion>, Failure> {
    Ok(Json(service::read_version(&app, &viewer, id).await?))
}

/// Takes a version back, unless its letter was changed since the revision that was read. What was there stays a version.
#[utoipa::path(post, path = "/letter-versions/{id}/restoration", tag = "letters", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The version")), request_body = Restoration,
    responses((status = 200, description = "Whether it was taken back", body = SaveOutcome)))]
async fn restore_version(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Restoration { revision }): Json<Restoration>,
) -> Result<Json<SaveOutcome>, Failure> {
    Ok(Json(service::restore_version(&app, &viewer, id, revision).await?))
}
