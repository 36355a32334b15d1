//! What the page about tokens asks of the server.

use domain::tokens::{NewToken, TokenView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// A token in the list, with its times as its owner reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TokenRow {
    pub token: TokenView,
    pub created: LocalTime,
    /// None when it does not end by itself.
    pub expires: Option<LocalTime>,
    /// None when it was never used.
    pub last_used: Option<LocalTime>,
}

/// A token that was just made. The secret is told this once; it has no `Debug`, so that it cannot reach a log.
#[derive(Clone, Serialize, Deserialize)]
pub struct FreshToken {
    pub row: TokenRow,
    pub secret: String,
}

/// The tokens that work now, newest first.
#[server(prefix = "/web", endpoint = "tokens/list", input = Json, output = Json)]
pub async fn list_tokens() -> Result<Vec<TokenRow>, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let tokens = context::page(domain::tokens::service::list(&app, &viewer).await)?;
    Ok(tokens.into_iter().map(|token| crate::tokens::rows::row(token, &viewer.time_zone)).collect())
}

/// Makes a token.
#[server(prefix = "/web", endpoint = "tokens/create", input = Json, output = Json)]
pub async fn create_token(token: NewToken) -> FormResult<FreshToken> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let created = domain::tokens::service::create(&app, &viewer, token).await;
    context::form(created.map(|created| FreshToken {
        row: crate::tokens::rows::row(created.token, &viewer.time_zone),
        secret: created.secret,
    }))
}

/// Ends a token.
#[server(prefix = "/web", endpoint = "tokens/revoke", input = Json, output = Json)]
pub async fn revoke_token(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::tokens::service::revoke(&app, &viewer, id).await)
}
