//! Whom an API request stands for: `Authorization: Token KEY`, or `Bearer KEY`.

use axum::extract::{FromRef, FromRequestParts};
use domain::tokens::{Scope, service};
use domain::{App, Error, Problem, Viewer};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use uuid::Uuid;

use crate::problem::ApiError;

/// The person that the request's token stands for, and how far it goes.
#[derive(Clone, Debug)]
pub struct ApiViewer {
    pub viewer: Viewer,
    pub scope: Scope,
    pub token_id: Uuid,
}

impl ApiViewer {
    /// Lets only tokens go on that reach as far.
    ///
    /// # Errors
    /// [`Problem::Forbidden`].
    pub fn must_reach(&self, scope: Scope) -> Result<(), Problem> {
        if self.scope.includes(scope) { Ok(()) } else { Err(Problem::Forbidden) }
    }
}

/// Whom the headers of a request stand for, if they do.
///
/// # Errors
/// When the database is not available.
pub async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Option<ApiViewer>, Error> {
    let Some(secret) = secret(headers) else { return Ok(None) };
    let found = service::authenticate(app, secret).await?;
    Ok(found.map(|found| ApiViewer { viewer: found.viewer, scope: found.scope, token_id: found.token_id }))
}

/// What stands behind the scheme, of which the case does not count (RFC 9110, 11.1). Two headers are none: who sent which, nobody knows.
pub(super) fn secret(headers: &HeaderMap) -> Option<&str> {
    let mut sent = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (sent.next(), sent.next()) else { return None };
    let (scheme, secret) = value.to_str().ok()?.trim().split_once(' ')?;
    let known = ["token", "bearer"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known.then_some(secret.trim())
}

impl<S> FromRequestParts<S> for ApiViewer
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let found = authenticate(&App::from_ref(state), &parts.headers).await?;
        Ok(found.ok_or(Problem::SignInRequired)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_schemes_are_read_and_nothing_else() {
        let check = |values: &[&str], expected: Option<&str>| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(AUTHORIZATION, value.parse().expect("a header"));
            }
            assert_eq!(secret(&headers), expected, "{values:?}");
        };
        check(&["Token abc"], Some("abc"));
        check(&["Bearer abc"], Some("abc"));
        check(&["token  abc "], Some("abc"));
        check(&["BEARER abc"], Some("abc"));
        check(&["Basic abc"], None);
        check(&["abc"], None);
        check(&[""], None);
        check(&[], None);
        check(&["Token abc", "Token def"], None);
    }
}
