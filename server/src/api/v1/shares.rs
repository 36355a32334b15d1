//! Links to a report, for people without an account.

use axum::Json;
use axum::extract::{Path, State};
use domain::App;
use domain::share::{NewShare, ShareDays, ShareLink, ShareView, service};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::page::Page;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_shares, create_share)).routes(routes!(revoke_share))
}

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShareSetup {
    /// How many days it works.
    #[schema(value_type = ShareDays)]
    days: String,
    /// Whether it says whose report it is.
    with_name: bool,
}

/// The links to the report on an interview that work now, newest first: at most five, so there is one page.
#[utoipa::path(get, path = "/interviews/{id}/shares", tag = "reports", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The interview")),
    responses((status = 200, description = "The links, without what opens them", body = Page<ShareView>)))]
async fn list_shares(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<Page<ShareView>>, Failure> {
    Ok(Json(service::list(&app, &viewer, id).await?.into()))
}

/// Makes a link to the report on a finished interview. Its token is told this once; it opens `/share/{token}`.
#[utoipa::path(post, path = "/interviews/{id}/shares", tag = "reports", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")), request_body = ShareSetup,
    responses((status = 201, description = "The link", body = ShareLink)))]
async fn create_share(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Path(id): Path<Uuid>,
    Json(ShareSetup { days, with_name }): Json<ShareSetup>,
) -> Result<(StatusCode, Json<ShareLink>), Failure> {
    let link = service::create(&app, &viewer, id, NewShare { request_id, days, with_name }).await?;
    Ok((StatusCode::CREATED, Json(link)))
}

/// Takes a link back: whoever has it finds nothing from now on.
#[utoipa::path(delete, path = "/shares/{id}", tag = "reports", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The link")),
    responses((status = 204, description = "It is gone")))]
async fn revoke_share(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::revoke(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
