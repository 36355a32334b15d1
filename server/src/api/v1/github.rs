//! Public profiles at GitHub.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::github::{Fact, GithubView, Profile, service};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read_github))
        .routes(routes!(look_up_github))
        .routes(routes!(list_github_facts))
        .routes(routes!(forget_github))
}

/// An account to look up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct GithubLookUp {
    /// Its name at GitHub.
    #[schema(min_length = 1, max_length = 39)]
    github_name: String,
}

/// The name that was looked up last, or that is linked, and what is kept of it. GitHub is not asked.
#[utoipa::path(get, path = "/github", tag = "github", security(("bearer" = ["read"])),
    responses((status = 200, description = "What is known", body = GithubView)))]
async fn read_github(State(app): State<App>, Reader(viewer): Reader) -> Result<Json<GithubView>, Failure> {
    Ok(Json(service::view(&app, &viewer).await?))
}

/// Looks a name up and remembers it. GitHub is asked for what is older than a day; what it does not give stands in `problems`.
#[utoipa::path(post, path = "/github/lookups", tag = "github", security(("bearer" = ["write"])),
    request_body = GithubLookUp,
    responses((status = 200, description = "The profile", body = Profile)))]
async fn look_up_github(
    State(app): State<App>,
    Writer(viewer): Writer,
    Json(GithubLookUp { github_name }): Json<GithubLookUp>,
) -> Result<Json<Profile>, Failure> {
    Ok(Json(service::profile(&app, &viewer, &github_name).await?))
}

/// What can be cited of the profile that was looked up last. GitHub is not asked.
#[utoipa::path(get, path = "/github/facts", tag = "github", security(("bearer" = ["read"])),
    responses((status = 200, description = "The facts, none before a look-up", body = Vec<Fact>)))]
async fn list_github_facts(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Vec<Fact>>, Failure> {
    Ok(Json(service::known_facts(&app, &viewer).await?))
}

/// Forgets which name was looked up last.
#[utoipa::path(delete, path = "/github/name", tag = "github", security(("bearer" = ["write"])),
    responses((status = 204, description = "It is forgotten")))]
async fn forget_github(State(app): State<App>, Writer(viewer): Writer) -> Result<StatusCode, Failure> {
    service::forget(&app, &viewer).await?;
    Ok(StatusCode::NO_CONTENT)
}
