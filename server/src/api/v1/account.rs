//! The account itself: profile, password, tokens, deletion. Tokens are made on the screen alone, so that one that leaked makes no others.

use axum::Json;
use axum::extract::{Path, State};
use domain::accounts::{ProfileEdit, ProfileView, service};
use domain::tokens::TokenView;
use domain::{App, tokens};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::ApiState;
use crate::api::access::Holder;
use crate::api::page::Page;
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read_profile, save_profile))
        .routes(routes!(change_password))
        .routes(routes!(delete_account))
        .routes(routes!(list_tokens))
        .routes(routes!(revoke_token))
}

/// A change of the password. It has no `Debug`, so that it cannot reach a log.
#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    #[schema(format = Password)]
    current: String,
    #[schema(format = Password, min_length = 8, max_length = 128)]
    password: String,
}

/// The proof that the account is to be deleted. It has no `Debug`, so that it cannot reach a log.
#[derive(Deserialize, ToSchema)]
pub struct Deletion {
    #[schema(format = Password)]
    password: String,
}

/// An account that is gone.
#[derive(Debug, Serialize, ToSchema)]
pub struct Deleted {
    /// The id of the receipt, told this once. `/receipts/{id}/receipt.json` shows it without a token.
    receipt: Uuid,
}

/// The profile.
#[utoipa::path(get, path = "/account", tag = "account", security(("bearer" = ["account"])),
    responses((status = 200, description = "The profile", body = ProfileView)))]
async fn read_profile(State(app): State<App>, Holder(viewer): Holder) -> Result<Json<ProfileView>, Failure> {
    Ok(Json(service::profile(&app, &viewer).await?))
}

/// Changes the profile, all of it or nothing.
#[utoipa::path(put, path = "/account", tag = "account", security(("bearer" = ["account"])),
    request_body = ProfileEdit,
    responses((status = 200, description = "The profile as it is now", body = ProfileView)))]
async fn save_profile(
    State(app): State<App>,
    Holder(viewer): Holder,
    Json(edit): Json<ProfileEdit>,
) -> Result<Json<ProfileView>, Failure> {
    let viewer = service::save_profile(&app, &viewer, edit).await?;
    Ok(Json(service::profile(&app, &viewer).await?))
}

/// Changes the password. Every session and every token ends, the one of this request too.
#[utoipa::path(post, path = "/account/password", tag = "account", security(("bearer" = ["account"])),
    request_body = PasswordChange,
    responses((status = 204, description = "It is changed")))]
async fn change_password(
    State(app): State<App>,
    Holder(viewer): Holder,
    Json(PasswordChange { current, password }): Json<PasswordChange>,
) -> Result<StatusCode, Failure> {
    // Nobody types here, so nothing has to be typed twice.
    service::change_password(&app, &viewer, &current, &password, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes the account and everything of it, this token too. What is left is a receipt that names nobody. The last administrator is
/// refused (`last-admin`): somebody has to look after the others.
#[utoipa::path(post, path = "/account/deletion", tag = "account", security(("bearer" = ["account"])),
    request_body = Deletion,
    responses((status = 200, description = "It is gone", body = Deleted)))]
async fn delete_account(
    State(app): State<App>,
    Holder(viewer): Holder,
    Json(Deletion { password }): Json<Deletion>,
) -> Result<Json<Deleted>, Failure> {
    let receipt = service::delete(&app, &viewer, &password).await?;
    Ok(Json(Deleted { receipt }))
}

/// The tokens that work now, newest first: a few at most, so there is one page.
#[utoipa::path(get, path = "/account/tokens", tag = "account", security(("bearer" = ["account"])),
    responses((status = 200, description = "The tokens, without their secrets", body = Page<TokenView>)))]
async fn list_tokens(
    State(app): State<App>,
    Holder(viewer): Holder,
) -> Result<Json<Page<TokenView>>, Failure> {
    Ok(Json(tokens::service::list(&app, &viewer).await?.into()))
}

/// Ends a token at once.
#[utoipa::path(delete, path = "/account/tokens/{id}", tag = "account", security(("bearer" = ["account"])),
    params(("id" = Uuid, Path, description = "The token")),
    responses((status = 204, description = "It has ended")))]
async fn revoke_token(
    State(app): State<App>,
    Holder(viewer): Holder,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    tokens::service::revoke(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
