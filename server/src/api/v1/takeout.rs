//! Everything of a person as a file: how much it is, taking it along, and bringing it back.

use axum::Json;
use axum::extract::{Request, State};
use domain::App;
use domain::takeout::{Holdings, ImportView, service};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Holder, Reader};
use crate::api::problem::Failure;
use crate::takeout::{Taken, Zip, take_in};

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(count_holdings))
        .routes(routes!(export_takeout))
        .routes(routes!(preview_import))
        .routes(routes!(import_takeout))
}

/// How much is stored of the person, by kind.
#[utoipa::path(get, path = "/account/holdings", tag = "data", security(("bearer" = ["read"])),
    responses((status = 200, description = "How many of each kind", body = Holdings)))]
async fn count_holdings(State(app): State<App>, Reader(viewer): Reader) -> Result<Json<Holdings>, Failure> {
    Ok(Json(service::holdings(&app, &viewer).await?))
}

/// Everything of the person as one ZIP of Markdown and JSON, written while it is read: a few times an hour. One that breaks off is
/// incomplete.
#[utoipa::path(get, path = "/account/export.zip", tag = "data", security(("bearer" = ["read"])),
    responses((status = 200, description = "The file", body = Zip, content_type = "application/zip")))]
async fn export_takeout(State(app): State<App>, Reader(viewer): Reader) -> Result<Zip, Failure> {
    Ok(Zip(service::export(&app, &viewer).await?))
}

/// What importing a file would do. Nothing is changed.
#[utoipa::path(post, path = "/account/import/preview", tag = "data", security(("bearer" = ["read"])),
    request_body(content = Zip, content_type = "application/zip", description = "A takeout of 32 MiB at most"),
    responses((status = 200, description = "What would be added, and what is there already", body = ImportView)))]
async fn preview_import(
    State(app): State<App>,
    Reader(viewer): Reader,
    request: Request,
) -> Result<Json<ImportView>, Failure> {
    let Taken { bytes, _coming } = take_in(&app, &viewer, request).await?;
    Ok(Json(service::preview(&app, &viewer, bytes).await?))
}

/// Stores everything of a file that the person does not have yet, all of it or nothing. What is there already is skipped, so the same
/// file may be sent again, and an `Idempotency-Key` is not looked at: the second reply says that nothing was added.
#[utoipa::path(post, path = "/account/import", tag = "data", security(("bearer" = ["account"])),
    request_body(content = Zip, content_type = "application/zip", description = "A takeout of 32 MiB at most"),
    responses((status = 200, description = "What was added, and what was there already", body = ImportView)))]
async fn import_takeout(
    State(app): State<App>,
    Holder(viewer): Holder,
    request: Request,
) -> Result<Json<ImportView>, Failure> {
    let Taken { bytes, _coming } = take_in(&app, &viewer, request).await?;
    Ok(Json(service::import(&app, &viewer, bytes).await?))
}
