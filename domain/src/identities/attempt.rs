//! A sign-in on its way: from the press of a button to the browser that comes back from the provider.
//!
//! It belongs to one browser, works once, and lasts ten minutes. What the browser carries is stored as a hash.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{Provider, Wish};
use crate::app::App;
use crate::entities::login_attempt;
use crate::error::{Error, OrInternal};
use crate::share::token;

/// How long somebody may take at the provider.
const LASTS: Duration = Duration::minutes(10);

/// What a person set out for.
#[derive(Clone, Debug)]
pub struct NewAttempt {
    pub provider: Provider,
    pub wish: Wish,
    /// The page to go on to: a path of this site.
    pub next: Option<String>,
    /// Who wants to link.
    pub user_id: Option<Uuid>,
    /// The secret half of the proof that the same program comes for the token (RFC 7636).
    pub verifier: String,
}

/// What goes with the browser. It has no `Debug`: who knows it can finish the sign-in.
pub struct Sent {
    /// In the address of the provider, and back.
    pub state: String,
    /// In a cookie of this browser.
    pub secret: String,
    /// In the address of the provider, and back in an ID token.
    pub nonce: String,
}

/// An attempt whose browser is back.
pub struct Returned {
    pub provider: Provider,
    pub wish: Wish,
    pub next: Option<String>,
    pub user_id: Option<Uuid>,
    pub verifier: String,
    pub nonce: String,
}

/// Takes note of somebody who sets out.
///
/// # Errors
/// Internal ones only.
pub async fn begin(app: &App, new: NewAttempt) -> Result<Sent, Error> {
    let sent = Sent { state: token::new(), secret: token::new(), nonce: token::new() };
    let row = login_attempt::ActiveModel {
        state_hash: Set(token::hash(&sent.state)),
        browser_hash: Set(token::hash(&sent.secret)),
        provider: Set(new.provider.to_string()),
        verifier: Set(new.verifier),
        nonce: Set(sent.nonce.clone()),
        wish: Set(new.wish.to_string()),
        next: Set(new.next),
        user_id: Set(new.user_id),
        expires_at: Set(app.now() + LASTS),
    };
    row.insert(app.database.writer()).await?;
    Ok(sent)
}

/// Uses up the attempt of a browser that is back. None when this browser did not set out for this provider, when it took too long, or
/// when it was here already. Another browser does not use it up.
///
/// # Errors
/// Internal ones only.
pub async fn take(
    app: &App,
    provider: Provider,
    state: &str,
    secret: &str,
) -> Result<Option<Returned>, Error> {
    let found = login_attempt::Entity::find_by_id(token::hash(state))
        .filter(login_attempt::Column::BrowserHash.eq(token::hash(secret)))
        .filter(login_attempt::Column::Provider.eq(provider.as_str()))
        .filter(login_attempt::Column::ExpiresAt.gt(app.now()))
        .one(app.database.writer())
        .await?;
    let Some(row) = found else { return Ok(None) };
    let deleted = login_attempt::Entity::delete_by_id(row.state_hash).exec(app.database.writer()).await?;
    // Of two at once one comes too late.
    if deleted.rows_affected != 1 {
        return Ok(None);
    }
    Ok(Some(Returned {
        provider,
        wish: row.wish.parse().or_internal("reading a sign-in on its way")?,
        next: row.next,
        user_id: row.user_id,
        verifier: row.verifier,
        nonce: row.nonce,
    }))
}

/// Removes what nobody came back for: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    login_attempt::Entity::delete_many()
        .filter(login_attempt::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}
