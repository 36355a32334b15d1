//! A link that works once and for a while: whoever has it may set a password, register, or become the first administrator.
//!
//! Only a hash of its token is stored. Looking at its page redeems nothing: programs that follow links in mails must not use it up.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Problem;
use crate::app::App;
use crate::entities::one_time_link;
use crate::error::Error;
use crate::share::token;

crate::questions::words! {
    /// What a link is good for.
    LinkPurpose {
        PasswordReset = "password-reset",
        Invitation = "invitation",
        Setup = "setup",
    }
}

/// A link that has just been used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redeemed {
    /// Whom it was for, if it was for an account.
    pub user_id: Option<Uuid>,
}

/// Makes a link and returns its token, which is stored nowhere.
///
/// # Errors
/// Internal ones only.
pub async fn issue(
    app: &App,
    connection: &impl ConnectionTrait,
    purpose: LinkPurpose,
    user_id: Option<Uuid>,
    lasts: Duration,
) -> Result<String, Error> {
    let token = token::new();
    let now = app.now();
    let row = one_time_link::ActiveModel {
        id: Set(Uuid::now_v7()),
        purpose: Set(purpose.to_string()),
        user_id: Set(user_id),
        token_hash: Set(token::hash(&token)),
        expires_at: Set(now + lasts),
        created_at: Set(now),
    };
    row.insert(connection).await?;
    Ok(token)
}

/// Uses a link up. When the transaction is rolled back it works again.
///
/// # Errors
/// [`Problem::NotFound`], the same whether the token never was one, is for something else, was used, or is over.
pub async fn redeem(
    app: &App,
    transaction: &impl ConnectionTrait,
    purpose: LinkPurpose,
    token: &str,
) -> Result<Redeemed, Error> {
    let row = live(app, purpose, token).one(transaction).await?.ok_or(Problem::NotFound)?;
    // Of several at once the delete lets one through.
    let deleted = one_time_link::Entity::delete_many()
        .filter(one_time_link::Column::Id.eq(row.id))
        .filter(one_time_link::Column::ExpiresAt.gt(app.now()))
        .exec(transaction)
        .await?;
    match deleted.rows_affected {
        1 => Ok(Redeemed { user_id: row.user_id }),
        _ => Err(Problem::NotFound.into()),
    }
}

/// Whether a link works now. It stays as it is.
///
/// # Errors
/// Internal ones only.
pub async fn is_live(app: &App, purpose: LinkPurpose, token: &str) -> Result<bool, Error> {
    Ok(live(app, purpose, token).one(app.database.reader()).await?.is_some())
}

/// Takes back every link of a purpose that an account has.
///
/// # Errors
/// Internal ones only.
pub async fn revoke_all(
    connection: &impl ConnectionTrait,
    purpose: LinkPurpose,
    user_id: Uuid,
) -> Result<(), Error> {
    one_time_link::Entity::delete_many()
        .filter(one_time_link::Column::UserId.eq(user_id))
        .filter(one_time_link::Column::Purpose.eq(purpose.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Removes links that are over: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    one_time_link::Entity::delete_many()
        .filter(one_time_link::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

fn live(app: &App, purpose: LinkPurpose, token: &str) -> Select<one_time_link::Entity> {
    one_time_link::Entity::find()
        .filter(one_time_link::Column::TokenHash.eq(token::hash(token)))
        .filter(one_time_link::Column::Purpose.eq(purpose.as_str()))
        .filter(one_time_link::Column::ExpiresAt.gt(app.now()))
}
