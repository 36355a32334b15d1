//! What an identity opens, and linking and unlinking it.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, SqlErr,
};
use serde_json::json;
use uuid::Uuid;

use super::attempt::Returned;
use super::{Found, IdentityView, LoginsView, Provider, Trouble, Wish, sign_up};
use crate::Problem;
use crate::accounts::hold::{Hold, hold};
use crate::accounts::service::{SignedIn, signed_in};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::{identity, user};
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;

/// What comes of somebody who is back from a provider.
pub enum Arrival {
    /// They have an account.
    SignedIn(Box<SignedIn>),
    /// The identity opens their account from now on.
    Linked,
    /// They have none and may make one: see [`sign_up`].
    Unfinished,
    Refused(Trouble),
}

/// Takes in somebody who is back. It needs no viewer to sign in: the provider has said who it is. `secret` is what this browser alone
/// has, and `invitation` the token of one that it brought.
///
/// # Errors
/// Internal ones only.
pub async fn arrive(
    app: &App,
    viewer: Option<&Viewer>,
    returned: &Returned,
    found: Found,
    secret: &str,
    invitation: Option<&str>,
) -> Result<Arrival, Error> {
    match returned.wish {
        Wish::Link => match viewer {
            Some(viewer) if returned.user_id == Some(viewer.id) => link(app, viewer, found).await,
            _ => Ok(Arrival::Refused(Trouble::SignedOut)),
        },
        Wish::SignIn => match owner(app, &found).await? {
            Some(row) => match signed_in(row) {
                Ok(signed_in) => Ok(Arrival::SignedIn(Box::new(signed_in))),
                Err(Error::Problem(Problem::Banned)) => Ok(Arrival::Refused(Trouble::Banned)),
                Err(error) => Err(error),
            },
            None => match sign_up::refusal(app, &found, invitation).await? {
                Some(trouble) => Ok(Arrival::Refused(trouble)),
                None => {
                    sign_up::keep(app, found, returned.next.clone(), secret).await?;
                    Ok(Arrival::Unfinished)
                }
            },
        },
    }
}

/// The account that an identity opens.
async fn owner(app: &App, found: &Found) -> Result<Option<user::Model>, Error> {
    let key = (found.provider.to_string(), found.subject.clone());
    let Some(row) = identity::Entity::find_by_id(key).one(app.database.writer()).await? else {
        return Ok(None);
    };
    Ok(user::Entity::find_by_id(row.user_id).one(app.database.writer()).await?)
}

async fn link(app: &App, viewer: &Viewer, found: Found) -> Result<Arrival, Error> {
    let row = identity::ActiveModel {
        provider: Set(found.provider.to_string()),
        subject: Set(found.subject.clone()),
        user_id: Set(viewer.id),
        label: Set(found.label.clone()),
        linked_at: Set(app.now()),
    };
    let transaction = app.database.begin().await?;
    match row.insert(&transaction).await {
        Ok(_) => {
            note(app, &transaction, viewer, AuditAction::LoginLinked, found.provider).await?;
            transaction.commit().await?;
            Ok(Arrival::Linked)
        }
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            transaction.rollback().await?;
            Ok(match owner(app, &found).await? {
                Some(owner) if owner.id == viewer.id => Arrival::Linked,
                Some(_) => Arrival::Refused(Trouble::LinkedElsewhere),
                None => Arrival::Refused(Trouble::AnotherLinked),
            })
        }
        Err(error) => Err(Error::adding_to_account(error)),
    }
}

/// The ways in that the viewer has.
///
/// # Errors
/// [`Problem::SignInRequired`] when the account is gone.
pub async fn list(app: &App, viewer: &Viewer) -> Result<LoginsView, Error> {
    let account = user::Entity::find_by_id(viewer.id).one(app.database.reader()).await?;
    let account = account.ok_or(Problem::SignInRequired)?;
    let rows = identity::Entity::find()
        .filter(identity::Column::UserId.eq(viewer.id))
        .order_by_asc(identity::Column::Provider)
        .all(app.database.reader())
        .await?;
    let view = |row: identity::Model| {
        Ok(IdentityView {
            provider: row.provider.parse().or_internal("reading an identity")?,
            label: row.label,
            linked_at: row.linked_at,
        })
    };
    Ok(LoginsView {
        has_password: !account.password_hash.is_empty(),
        identities: rows.into_iter().map(view).collect::<Result<_, Error>>()?,
    })
}

/// Takes the viewer's identity at a provider away from the account.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::LastLogin`] when nothing else would let the viewer in.
pub async fn unlink(app: &App, viewer: &Viewer, provider: Provider) -> Result<(), Error> {
    let transaction = app.database.begin().await?;
    // Two at once must not each find the other's way in.
    let account = hold(&transaction, viewer.id, Hold::Account).await?.ok_or(Problem::SignInRequired)?;
    let own = identity::Column::UserId.eq(viewer.id);
    let all = identity::Entity::find().filter(own.clone()).count(&transaction).await?;
    let deleted = identity::Entity::delete_many()
        .filter(own)
        .filter(identity::Column::Provider.eq(provider.as_str()))
        .exec(&transaction)
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    if account.password_hash.is_empty() && all <= deleted.rows_affected {
        return Err(Problem::LastLogin.into());
    }
    note(app, &transaction, viewer, AuditAction::LoginUnlinked, provider).await?;
    transaction.commit().await?;
    Ok(())
}

/// Takes every identity away from an account. Whoever resets its password may not be who linked them.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn unlink_all(connection: &impl ConnectionTrait, user_id: Uuid) -> Result<(), Error> {
    identity::Entity::delete_many().filter(identity::Column::UserId.eq(user_id)).exec(connection).await?;
    Ok(())
}

/// Tells the operator that who gets into an account has changed. What the provider calls the person is nobody's business there.
async fn note(
    app: &App,
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    action: AuditAction,
    provider: Provider,
) -> Result<(), Error> {
    let details = json!({ "provider": provider });
    audit::write(app, transaction, Some(viewer.id), action, Some(viewer.id), details).await
}
