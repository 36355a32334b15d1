//! Making an account of an identity: the provider has said who somebody is, the person says how they want to be called.

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Select, SqlErr};

use super::{Found, NewIdentityAccount, Trouble, Unfinished};
use crate::Problem;
use crate::accounts::service::{SignedIn, prepare_without_password, signed_in};
use crate::accounts::{EmailAddress, registration};
use crate::app::App;
use crate::entities::{identity, unfinished_sign_up, user};
use crate::error::{Error, OrInternal};
use crate::share::token;

/// How long somebody may think about a name.
const LASTS: Duration = Duration::minutes(30);

/// Why somebody whom nobody knows cannot make an account, if so.
pub(super) async fn refusal(
    app: &App,
    found: &Found,
    invitation: Option<&str>,
) -> Result<Option<Trouble>, Error> {
    if let Ok(email) = EmailAddress::parse(&found.email) {
        // Whoever owns that account proves it with its password first. That the provider says so proves nothing here.
        let same = user::Entity::find().filter(user::Column::EmailKey.eq(email.key()));
        if same.one(app.database.reader()).await?.is_some() {
            return Ok(Some(Trouble::AddressTaken));
        }
    }
    match registration::may_register(app, invitation).await {
        Ok(()) => Ok(None),
        Err(Error::Problem(Problem::RegistrationClosed)) => Ok(Some(Trouble::Closed)),
        Err(Error::Problem(Problem::InvitationNeeded)) => Ok(Some(Trouble::InvitationNeeded)),
        Err(error) => Err(error),
    }
}

/// Keeps what the provider said for this browser.
pub(super) async fn keep(app: &App, found: Found, next: Option<String>, secret: &str) -> Result<(), Error> {
    let row = unfinished_sign_up::ActiveModel {
        browser_hash: Set(token::hash(secret)),
        provider: Set(found.provider.to_string()),
        subject: Set(found.subject),
        label: Set(found.label),
        username: Set(found.username),
        email: Set(found.email),
        next: Set(next),
        expires_at: Set(app.now() + LASTS),
    };
    use unfinished_sign_up::Column;
    let columns = [
        Column::Provider,
        Column::Subject,
        Column::Label,
        Column::Username,
        Column::Email,
        Column::Next,
        Column::ExpiresAt,
    ];
    unfinished_sign_up::Entity::insert(row)
        .on_conflict(OnConflict::column(Column::BrowserHash).update_columns(columns).to_owned())
        .exec_without_returning(app.database.writer())
        .await?;
    Ok(())
}

/// What the provider said about whoever has this browser's secret. It needs no viewer: having the secret is the permission.
///
/// # Errors
/// [`Problem::NotFound`] when nothing is waiting, or it waited too long.
pub async fn unfinished(app: &App, secret: &str) -> Result<Unfinished, Error> {
    let row = waiting(app, secret).one(app.database.reader()).await?.ok_or(Problem::NotFound)?;
    Ok(Unfinished {
        provider: row.provider.parse().or_internal("reading a sign-up")?,
        label: row.label,
        username: row.username,
        email: row.email,
    })
}

/// Makes the account, without a password, and returns with it the page to go on to. An invitation is used up where one is needed.
///
/// # Errors
/// [`Problem::NotFound`] when nothing is waiting; [`Problem::Invalid`] and [`Problem::Taken`] on `username` and `email`;
/// [`Problem::RegistrationClosed`], [`Problem::InvitationNeeded`]; [`Problem::TooManyAttempts`].
pub async fn finish(
    app: &App,
    secret: &str,
    invitation: Option<&str>,
    account: NewIdentityAccount,
    address: Option<IpAddr>,
) -> Result<(SignedIn, Option<String>), Error> {
    app.throttle.sign_up(address)?;
    let new = prepare_without_password(app, account).await?;
    let transaction = app.database.begin().await?;
    let row = waiting(app, secret).one(&transaction).await?.ok_or(Problem::NotFound)?;
    let deleted = unfinished_sign_up::Entity::delete_by_id(row.browser_hash).exec(&transaction).await?;
    if deleted.rows_affected != 1 {
        return Err(Problem::NotFound.into());
    }
    registration::admit(app, &transaction, invitation).await?;
    let made = match new.insert(&transaction).await {
        Ok(made) => made,
        Err(error) => {
            // What the provider said waits on, and the invitation works again.
            transaction.rollback().await?;
            return Err(new.explain(app, error).await);
        }
    };
    let identity = identity::ActiveModel {
        provider: Set(row.provider),
        subject: Set(row.subject),
        user_id: Set(made.id),
        label: Set(row.label),
        linked_at: Set(app.now()),
    };
    if let Err(error) = identity.insert(&transaction).await {
        transaction.rollback().await?;
        return Err(match error.sql_err() {
            // It was linked meanwhile. Whoever begins again is signed in.
            Some(SqlErr::UniqueConstraintViolation(_)) => Problem::NotFound.into(),
            _ => error.into(),
        });
    }
    transaction.commit().await?;
    Ok((signed_in(made)?, row.next))
}

/// Removes what nobody finished: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    unfinished_sign_up::Entity::delete_many()
        .filter(unfinished_sign_up::Column::ExpiresAt.lte(app.now()))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

fn waiting(app: &App, secret: &str) -> Select<unfinished_sign_up::Entity> {
    unfinished_sign_up::Entity::find_by_id(token::hash(secret))
        .filter(unfinished_sign_up::Column::ExpiresAt.gt(app.now()))
}
