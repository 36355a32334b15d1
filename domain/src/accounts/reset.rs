//! A new password for somebody who has forgotten theirs, by a link that works once.
//!
//! Asking for one answers alike for everybody, at once: what is found and sent happens in a task of its own.

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::hold::{Hold, hold};
use super::one_time_link::{self, LinkPurpose};
use super::service::set_password;
use super::{EmailAddress, Password};
use crate::Problem;
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::user;
use crate::error::{Error, OrInternal};
use crate::identities;
use crate::mail::{Letter, Mail, letters};

/// How long a link works.
pub const LASTS: Duration = Duration::hours(1);

/// Sends a link to the address, if an account has it. It needs no viewer: only who reads mail at that address gets anywhere.
///
/// # Errors
/// [`Problem::Invalid`] on `email`; [`Problem::TooManyAttempts`].
pub fn ask(app: &App, mail: &Mail, email: &str, address: Option<IpAddr>) -> Result<(), Error> {
    let email = EmailAddress::parse(email)?;
    app.throttle.letter(&email.key(), address)?;
    let (task_app, mail) = (app.clone(), mail.clone());
    app.tasks.spawn(async move {
        if let Err(error) = send(&task_app, &mail, &email).await {
            match error {
                Error::Problem(problem) => tracing::warn!(%problem, "a link for a new password was not sent"),
                Error::Internal(error) => {
                    tracing::warn!(error = format!("{error:#}"), "a link for a new password was not sent");
                }
            }
        }
    });
    Ok(())
}

async fn send(app: &App, mail: &Mail, email: &EmailAddress) -> Result<(), Error> {
    let found = user::Entity::find()
        .filter(user::Column::EmailKey.eq(email.key()))
        .filter(user::Column::BannedAt.is_null())
        .one(app.database.reader())
        .await?;
    let Some(row) = found else { return Ok(()) };
    let purpose = LinkPurpose::PasswordReset;
    let token = one_time_link::issue(app, app.database.writer(), purpose, Some(row.id), LASTS).await?;
    let language = row.language.parse().or_internal("reading an account")?;
    let link = mail.address(&format!("/reset/{token}"));
    let (subject, text) = letters::password_reset(language, &row.username, &link);
    // To the address of the account, and not to the one that was typed: both are the same only when compared without case.
    let to = EmailAddress::parse(&row.email)?;
    mail.send(Letter { to, subject, text }).await.or_internal("sending a letter")
}

/// Sets the password of the account that a link is for. All its sessions and tokens end, and no login at a provider opens it any more:
/// nobody proved an address when the account was made, so somebody else may have made it, and keep a login of their own.
///
/// # Errors
/// [`Problem::NotFound`] when the link does not work; [`Problem::Invalid`] on `password` or `password_confirmation`, which leaves it as
/// it is.
pub async fn redeem(app: &App, token: &str, password: &str, confirmation: &str) -> Result<(), Error> {
    let purpose = LinkPurpose::PasswordReset;
    let looked_at = one_time_link::look(app, purpose, token).await?.and_then(|link| link.user_id);
    let user_id = looked_at.ok_or(Problem::NotFound)?;
    let row = user::Entity::find_by_id(user_id).one(app.database.reader()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    let password = Password::parse_confirmed(password, confirmation, &row.username)?;
    let password_hash = app.passwords.hash(password).await?;
    let transaction = app.database.begin().await?;
    hold(&transaction, user_id, Hold::Account).await?.ok_or(Problem::NotFound)?;
    one_time_link::redeem(app, &transaction, purpose, token).await?;
    set_password(&transaction, user_id, password_hash).await?;
    identities::service::unlink_all(&transaction, user_id).await?;
    // Whoever has the link counts as the person. Who made it, if anybody did, has a line of its own.
    let (actor, done) = (Some(user_id), AuditAction::PasswordReset);
    audit::write(app, &transaction, actor, done, Some(user_id), json!({})).await?;
    transaction.commit().await?;
    Ok(())
}
