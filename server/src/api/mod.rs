//! Everything under `/api`: the door for programs. A request stands for whom its token stands for. Cookies are not looked at, so the
//! layers of the pages, session and CSRF, have nothing to do here.

mod auth;

use axum::Router;
use axum::extract::FromRef;
use domain::{App, Problem};
use url::Url;

use crate::problem::ApiError;

pub use auth::{ApiViewer, authenticate};

/// What the handlers share.
#[derive(Clone, FromRef)]
pub struct ApiState {
    pub app: App,
    pub public_url: PublicUrl,
}

/// The address under which Daedap is reached from outside, when the operator has told it.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub Option<Url>);

/// All of the API, to be nested at `/api`.
pub fn router(app: App, public_url: Option<Url>) -> Router {
    let state = ApiState { app, public_url: PublicUrl(public_url) };
    Router::new().fallback(nothing_here).with_state(state)
}

/// There is no such call.
async fn nothing_here() -> ApiError {
    Problem::NotFound.into()
}
