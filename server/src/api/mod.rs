//! Everything under `/api`: the door for programs. A request stands for whom its token stands for. Cookies are not looked at, so the
//! layers of the pages, session and CSRF, have nothing to do here.

mod access;
mod audio;
mod auth;
mod contract;
pub mod cors;
mod docs;
mod once;
mod openapi;
mod page;
pub mod problem;
mod rate;
mod v1;

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use domain::{App, Problem};
use tower_http::catch_panic::CatchPanicLayer;
use url::Url;
use utoipa_axum::router::OpenApiRouter;

use crate::patience;
use crate::problem::ApiError;

pub use auth::{ApiViewer, authenticate};
pub use openapi::{document, v1_paths};

/// What the handlers share.
#[derive(Clone, FromRef)]
pub struct ApiState {
    pub app: App,
    pub public_url: PublicUrl,
}

/// The address under which Daedap is reached from outside, when the operator has told it.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub Option<Url>);

/// What is described, without the layers around it.
fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().nest("/v1", v1::routes())
}

/// All of the API, to be nested at `/api`. An account may make `rate` calls of `/api/v1` a minute.
pub fn router(app: App, public_url: Option<Url>, rate: NonZeroU32) -> Router {
    let state = ApiState { app: app.clone(), public_url: PublicUrl(public_url) };
    let v1: Router<ApiState> = v1::routes().into();
    let v1 = v1
        .fallback(nothing_here)
        .layer(from_fn_with_state(app.clone(), once::once))
        .layer(from_fn_with_state(access::Access::new(app, rate), access::identify))
        .layer(from_fn(patience::limit))
        .layer(CatchPanicLayer::new());
    let docs = Router::new()
        .route("/openapi.json", get(docs::description))
        .route("/docs", get(docs::page))
        .route("/docs/{file}", get(docs::file))
        .with_state(Arc::new(document()));
    Router::new()
        .nest("/v1", v1)
        .route("/audio/{token}", get(audio::play))
        .merge(contract::router())
        .merge(docs)
        .fallback(nothing_here)
        .with_state(state)
}

/// There is no such call.
async fn nothing_here() -> ApiError {
    Problem::NotFound.into()
}
