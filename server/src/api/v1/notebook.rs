//! The questions that somebody was asked, with a star and a memo.

use axum::Json;
use axum::extract::{Path, Query, State};
use domain::App;
use domain::notebook::{MemoOutcome, NotebookEntry, NotebookFilter, NotebookQuestion, Target, service};
use domain::questions::Field;
use http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_entries))
        .routes(routes!(read_entry, forget_entry))
        .routes(routes!(set_favourite))
        .routes(routes!(save_memo))
}

/// Which entries to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntryFilter {
    /// What was missed, when it is left out or not known.
    #[param(value_type = Option<NotebookFilter>, inline)]
    filter: Option<String>,
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
}

/// A star to give or to take away.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Favourite {
    target: Target,
    favourite: bool,
}

/// A memo to keep.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewMemo {
    target: Target,
    /// The memo as it was read: one that was changed since is left alone.
    before: String,
    #[schema(max_length = 5_000)]
    memo: String,
}

/// The notebook, what was touched last first.
#[utoipa::path(get, path = "/notebook", tag = "notebook", security(("bearer" = ["read"])),
    params(EntryFilter, PageQuery),
    responses((status = 200, description = "A page of it", body = Page<NotebookEntry>)))]
async fn list_entries(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(EntryFilter { filter, field }): Query<EntryFilter>,
    paging: Paging,
) -> Result<Listed<NotebookEntry>, Failure> {
    let filter = filter.and_then(|filter| filter.parse().ok()).unwrap_or(NotebookFilter::Missed);
    let (after, size) = (paging.after()?, paging.size);
    let (entries, next) = service::list_after(&app, &viewer, filter, field.as_deref(), after, size).await?;
    Ok(paging.reply(entries, next))
}

/// The intent, a model answer and earlier answers of an entry.
#[utoipa::path(get, path = "/notebook/{id}", tag = "notebook", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The entry")),
    responses((status = 200, description = "What else there is to it", body = NotebookQuestion)))]
async fn read_entry(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<NotebookQuestion>, Failure> {
    Ok(Json(service::read(&app, &viewer, id).await?))
}

/// Removes an entry with its star and memo.
#[utoipa::path(delete, path = "/notebook/{id}", tag = "notebook", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The entry")),
    responses((status = 204, description = "It is gone")))]
async fn forget_entry(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::forget(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a question a star, or takes it away.
#[utoipa::path(put, path = "/notebook/favourite", tag = "notebook", security(("bearer" = ["write"])),
    request_body = Favourite,
    responses((status = 204, description = "It is kept")))]
async fn set_favourite(
    State(app): State<App>,
    Writer(viewer): Writer,
    Json(Favourite { target, favourite }): Json<Favourite>,
) -> Result<StatusCode, Failure> {
    service::set_favourite(&app, &viewer, target, favourite).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Saves a memo, unless it was changed since it was read as `before`.
#[utoipa::path(put, path = "/notebook/memo", tag = "notebook", security(("bearer" = ["write"])),
    request_body = NewMemo,
    responses((status = 200, description = "Whether it was saved", body = MemoOutcome)))]
async fn save_memo(
    State(app): State<App>,
    Writer(viewer): Writer,
    Json(NewMemo { target, before, memo }): Json<NewMemo>,
) -> Result<Json<MemoOutcome>, Failure> {
    Ok(Json(service::save_memo(&app, &viewer, target, &before, &memo).await?))
}
