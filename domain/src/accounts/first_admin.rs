//! The first administrator: made by whoever has the link that the operator was shown, never by whoever registers first.

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;

use super::NewAccount;
use super::one_time_link::{self, LinkPurpose};
use super::service::{SignedIn, prepare, signed_in};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::{one_time_link as link, user};
use crate::error::Error;
use crate::{Problem, Role};

/// How long the link works. Every start makes another one.
const HOURS: i64 = 24;

/// Makes a link while there is no administrator, and returns its token, which is stored nowhere. Links of other starts go on working:
/// two nodes that start at once both show one.
///
/// # Errors
/// Internal ones only.
pub async fn offer(app: &App) -> Result<Option<String>, Error> {
    if has_admin(app.database.reader()).await? {
        return Ok(None);
    }
    let lasts = Duration::hours(HOURS);
    one_time_link::issue(app, app.database.writer(), LinkPurpose::Setup, None, lasts).await.map(Some)
}

/// Looks whether a link works. It stays as it is.
///
/// # Errors
/// [`Problem::NotFound`], the same whether it never was one, is over, or there is an administrator by now.
pub async fn check(app: &App, token: &str) -> Result<(), Error> {
    let works = one_time_link::is_live(app, LinkPurpose::Setup, token).await?;
    match works && !has_admin(app.database.reader()).await? {
        true => Ok(()),
        false => Err(Problem::NotFound.into()),
    }
}

/// Makes the first administrator. However many do it at once, one is made.
///
/// # Errors
/// [`Problem::NotFound`] as [`check`]; [`Problem::Invalid`], [`Problem::Taken`] on `username` or `email`;
/// [`Problem::TooManyAttempts`].
pub async fn set_up(
    app: &App,
    token: &str,
    account: NewAccount,
    address: Option<IpAddr>,
) -> Result<SignedIn, Error> {
    app.throttle.sign_up(address)?;
    // Whoever has no link costs no hash.
    check(app, token).await?;
    let new = prepare(app, account, Role::Admin).await?;
    let transaction = app.database.begin().await?;
    lock_links(app, &transaction).await?;
    one_time_link::redeem(app, &transaction, LinkPurpose::Setup, token).await?;
    if has_admin(&transaction).await? {
        return Err(Problem::NotFound.into());
    }
    let row = match new.insert(&transaction).await {
        Ok(row) => row,
        Err(error) => {
            // The link works again.
            transaction.rollback().await?;
            return Err(new.explain(app, error).await);
        }
    };
    // Those of other starts have nothing to open any more.
    link::Entity::delete_many()
        .filter(link::Column::Purpose.eq(LinkPurpose::Setup.as_str()))
        .exec(&transaction)
        .await?;
    let details = json!({ "role": Role::Admin, "by": "setup-link" });
    audit::write(app, &transaction, Some(row.id), AuditAction::AccountCreated, Some(row.id), details).await?;
    transaction.commit().await?;
    signed_in(row)
}

/// Keeps everybody else out who has a link, also another one: of two at once the second finds its link gone, or an administrator.
async fn lock_links(app: &App, transaction: &DatabaseTransaction) -> Result<(), Error> {
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if !app.database.is_exclusive() {
        link::Entity::find()
            .filter(link::Column::Purpose.eq(LinkPurpose::Setup.as_str()))
            .order_by_asc(link::Column::Id)
            .lock_exclusive()
            .all(transaction)
            .await?;
    }
    Ok(())
}

async fn has_admin(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    let admins = user::Entity::find().filter(user::Column::Role.eq(Role::Admin.as_str()));
    Ok(admins.count(connection).await? > 0)
}
