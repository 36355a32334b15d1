//! The REST contract of an earlier service, Mock-Interviewer: its clients work by changing the address alone. What they rely on is kept
//! word for word, so its errors look unlike those of the rest.

mod chat;
mod described;
mod error;
mod fields;
mod user;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::middleware::from_fn;
use axum::routing::{MethodRouter, get, post};
use domain::Problem;
use http::StatusCode;
use http::request::Parts;

use super::{ApiState, ApiViewer, authenticate};
use crate::patience;
use error::Refusal;

pub use described::describe;

/// The calls of the contract.
pub fn router() -> Router<ApiState> {
    let quick = both_forms([
        ("/user/register", post(user::register)),
        ("/user/login", post(user::login)),
        ("/user/logout", get(user::logout).post(user::logout)),
    ]);
    // An interviewer may need longer than anything else: this one has a patience of its own.
    let chat = both_forms([("/chat/gpt", get(chat::conversation).post(chat::send))]);
    quick.layer(from_fn(patience::limit)).merge(chat)
}

/// Routes with and without a slash at their end: clients of that time write it.
fn both_forms<const N: usize>(routes: [(&str, MethodRouter<ApiState>); N]) -> Router<ApiState> {
    routes.into_iter().fold(Router::new(), |router, (path, methods)| {
        let methods = methods.fallback(wrong_method);
        router.route(path, methods.clone()).route(&format!("{path}/"), methods)
    })
}

async fn wrong_method() -> Refusal {
    Refusal::error(StatusCode::METHOD_NOT_ALLOWED, "This method is not allowed here.")
}

/// Who calls, by the token of the request; without one the contract has words of its own.
struct Caller(ApiViewer);

impl FromRequestParts<ApiState> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Refusal> {
        let found = authenticate(&state.app, &parts.headers).await?;
        Ok(Self(found.ok_or(Problem::SignInRequired)?))
    }
}
