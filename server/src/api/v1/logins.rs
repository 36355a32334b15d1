//! The ways into the account. Linking another one leads through its provider, and so needs a browser.

use axum::Json;
use axum::extract::{Path, State};
use domain::identities::{LoginsView, Provider, service};
use domain::{App, Problem};
use http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Holder, Reader};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_logins)).routes(routes!(unlink_login))
}

/// Whether the account has a password, and the logins elsewhere that open it.
#[utoipa::path(get, path = "/account/logins", tag = "account", security(("bearer" = ["read"])),
    responses((status = 200, description = "The ways in", body = LoginsView)))]
async fn list_logins(State(app): State<App>, Reader(viewer): Reader) -> Result<Json<LoginsView>, Failure> {
    Ok(Json(service::list(&app, &viewer).await?))
}

/// Takes a login away from the account, unless nothing else would let the person in.
#[utoipa::path(delete, path = "/account/logins/{provider}", tag = "account", security(("bearer" = ["account"])),
    params(("provider" = Provider, Path, description = "Whose login it is")),
    responses((status = 204, description = "It opens the account no more")))]
async fn unlink_login(
    State(app): State<App>,
    Holder(viewer): Holder,
    Path(provider): Path<String>,
) -> Result<StatusCode, Failure> {
    let provider: Provider = provider.parse().map_err(|_| Problem::NotFound)?;
    service::unlink(&app, &viewer, provider).await?;
    Ok(StatusCode::NO_CONTENT)
}
