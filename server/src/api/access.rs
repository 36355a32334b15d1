//! Who may call: whom the token stands for, how far it reaches, and how often a minute.

use std::num::NonZeroU32;
use std::sync::Arc;

use app_base::context::ClientAddress;
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::tokens::Scope;
use domain::{App, Problem, Viewer};
use http::request::Parts;

use super::auth::{ApiViewer, authenticate};
use super::problem::Failure;
use super::rate::Limiter;

/// What the layer needs.
#[derive(Clone)]
pub struct Access {
    app: App,
    limiter: Arc<Limiter>,
}

impl Access {
    /// Every account may call so often a minute.
    pub fn new(app: App, per_minute: NonZeroU32) -> Self {
        Self { app, limiter: Arc::new(Limiter::new(per_minute)) }
    }
}

/// Lets whoever has a token in, and counts the calls. Everybody else is refused, whatever is asked for.
pub async fn identify(State(access): State<Access>, mut request: Request, next: Next) -> Response {
    let viewer = match authenticate(&access.app, request.headers()).await {
        Ok(Some(viewer)) => viewer,
        Ok(None) => {
            let address = request.extensions().get::<ClientAddress>().and_then(|address| address.0);
            let refusal = access.app.throttle.stranger(address).err().unwrap_or(Problem::SignInRequired);
            return Failure::from(refusal).into_response();
        }
        Err(error) => return Failure::from(error).into_response(),
    };
    let count = access.limiter.take(viewer.viewer.id);
    let mut response = match count.wait {
        None => {
            request.extensions_mut().insert(viewer);
            next.run(request).await
        }
        Some(retry_after_seconds) => {
            Failure::from(Problem::TooManyAttempts { retry_after_seconds }).into_response()
        }
    };
    count.tell(response.headers_mut());
    response
}

/// Declares the person of a token that reaches as far as a scope.
macro_rules! person {
    ($(#[$meta:meta])* $name:ident, $scope:expr) => {
        $(#[$meta])*
        pub struct $name(pub Viewer);

        impl<S: Send + Sync> FromRequestParts<S> for $name {
            type Rejection = Failure;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
                let person = parts.extensions.get::<ApiViewer>().ok_or(Problem::SignInRequired)?;
                person.must_reach($scope)?;
                Ok(Self(person.viewer.clone()))
            }
        }
    };
}

person! {
    /// The person of a token that may read.
    Reader, Scope::Read
}

person! {
    /// The person of a token that may practise.
    Writer, Scope::Write
}

person! {
    /// The person of a token that may do what the account itself can.
    Holder, Scope::Account
}
