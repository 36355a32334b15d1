//! What is done to an account. Each change and its line of the audit log are one transaction.

use chrono::Duration;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;

use super::By;
use crate::accounts::hold::{Hold, again, held, hold};
use crate::accounts::one_time_link::{self, LinkPurpose};
use crate::app::App;
use crate::audit::{self, AuditAction};
use crate::entities::user;
use crate::error::Error;
use crate::quotas::{self, LimitedAction};
use crate::{InputField, Problem, Reason, Role, past_questions, receipts, takeout};

/// Most characters of the reason for a suspension.
const REASON_MAX: u32 = 200;

/// Most units a day that can be set.
const LIMIT_MAX: u32 = 1000;

/// How long a link to a new password works.
const RESET_HOURS: i64 = 24;

/// Suspends an account: its sessions and tokens end at once, open streams within seconds, and nobody signs in to it.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`]; [`Problem::Invalid`] on `ban_reason`;
/// [`Problem::OwnAccount`]; [`Problem::LastAdmin`].
pub async fn ban(app: &App, by: By<'_>, id: Uuid, reason: &str) -> Result<(), Error> {
    by.must_be_admin()?;
    let reason = parse_reason(reason)?;
    if by.is(id) {
        return Err(Problem::OwnAccount.into());
    }
    let transaction = app.database.begin().await?;
    another_admin_stays(&transaction, id).await?;
    let row = lock(&transaction, id).await?;
    user::Entity::update_many()
        .col_expr(user::Column::BannedAt, Expr::value(row.banned_at.unwrap_or_else(|| app.now())))
        .col_expr(user::Column::BanReason, Expr::value(reason))
        // Every session and token of before is dead, also when the account is let in again.
        .col_expr(user::Column::CredentialsRev, Expr::col(user::Column::CredentialsRev).add(1))
        .filter(user::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    audit::write(app, &transaction, by.actor(), AuditAction::Banned, Some(id), json!({})).await?;
    transaction.commit().await?;
    Ok(())
}

/// Lets a suspended account in again.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`].
pub async fn unban(app: &App, by: By<'_>, id: Uuid) -> Result<(), Error> {
    by.must_be_admin()?;
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, id).await?;
    // Nothing is said twice.
    if row.banned_at.is_some() {
        user::Entity::update_many()
            .col_expr(user::Column::BannedAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
            .col_expr(user::Column::BanReason, Expr::value(Option::<String>::None))
            .filter(user::Column::Id.eq(id))
            .exec(&transaction)
            .await?;
        audit::write(app, &transaction, by.actor(), AuditAction::Unbanned, Some(id), json!({})).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Gives an account another role, from its next request on.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`]; [`Problem::OwnAccount`];
/// [`Problem::LastAdmin`].
pub async fn set_role(app: &App, by: By<'_>, id: Uuid, role: Role) -> Result<(), Error> {
    by.must_be_admin()?;
    if by.is(id) {
        return Err(Problem::OwnAccount.into());
    }
    let transaction = app.database.begin().await?;
    if role == Role::Member {
        another_admin_stays(&transaction, id).await?;
    }
    let row = lock(&transaction, id).await?;
    if row.role != role.as_str() {
        user::Entity::update_many()
            .col_expr(user::Column::Role, Expr::value(role.as_str()))
            .filter(user::Column::Id.eq(id))
            .exec(&transaction)
            .await?;
        let details = json!({ "role": role });
        audit::write(app, &transaction, by.actor(), AuditAction::RoleChanged, Some(id), details).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Deletes an account and everything of it, as its owner can, and returns the id of the receipt.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`]; [`Problem::OwnAccount`];
/// [`Problem::LastAdmin`].
pub async fn delete(app: &App, by: By<'_>, id: Uuid) -> Result<Uuid, Error> {
    by.must_be_admin()?;
    if by.is(id) {
        return Err(Problem::OwnAccount.into());
    }
    let receipt = again(app, || delete_once(app, by, id)).await?;
    app.database.forget_deleted().await?;
    Ok(receipt)
}

async fn delete_once(app: &App, by: By<'_>, id: Uuid) -> Result<Uuid, Error> {
    let transaction = app.database.begin().await?;
    another_admin_stays(&transaction, id).await?;
    hold(&transaction, id, Hold::Everything).await?.ok_or(Problem::NotFound)?;
    past_questions::service::release(&transaction, id).await?;
    let deleted = takeout::holdings(&transaction, id).await?;
    user::Entity::delete_by_id(id).exec(&transaction).await?;
    let receipt = receipts::service::write(app, &transaction, deleted).await?;
    audit::write(app, &transaction, by.actor(), AuditAction::AccountDeleted, Some(id), json!({})).await?;
    transaction.commit().await?;
    Ok(receipt)
}

/// Sets an account's own daily limit of an action, or takes it away when nothing is given.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`], also for an action that is none;
/// [`Problem::Invalid`] on `daily_limit`.
pub async fn set_limit(
    app: &App,
    by: By<'_>,
    id: Uuid,
    action: &str,
    daily_limit: &str,
) -> Result<(), Error> {
    by.must_be_admin()?;
    let action: LimitedAction = action.parse().map_err(|_| Problem::NotFound)?;
    let daily_limit = parse_limit(daily_limit)?;
    let transaction = app.database.begin().await?;
    lock(&transaction, id).await?;
    let (done, details) = match daily_limit {
        Some(units) => {
            quotas::service::write_limit(&transaction, id, action, units).await?;
            (AuditAction::LimitSet, json!({ "action": action, "daily_limit": units }))
        }
        None => {
            quotas::service::clear_limit(&transaction, id, action).await?;
            (AuditAction::LimitCleared, json!({ "action": action }))
        }
    };
    audit::write(app, &transaction, by.actor(), done, Some(id), details).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes a link to hand over by which the account's owner chooses a new password, and returns its token, which is stored nowhere.
/// One made before stops working.
///
/// # Errors
/// [`Problem::Forbidden`] for everybody but administrators; [`Problem::NotFound`].
pub async fn reset_link(app: &App, by: By<'_>, id: Uuid) -> Result<String, Error> {
    by.must_be_admin()?;
    let transaction = app.database.begin().await?;
    lock(&transaction, id).await?;
    one_time_link::revoke_all(&transaction, LinkPurpose::PasswordReset, id).await?;
    let lasts = Duration::hours(RESET_HOURS);
    let token = one_time_link::issue(app, &transaction, LinkPurpose::PasswordReset, Some(id), lasts).await?;
    audit::write(app, &transaction, by.actor(), AuditAction::ResetLinkMade, Some(id), json!({})).await?;
    transaction.commit().await?;
    Ok(token)
}

fn parse_reason(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let refuse = |reason| Err(Problem::Invalid { field: InputField::BanReason, reason });
    match text.chars().take(REASON_MAX as usize + 1).count() {
        0 => refuse(Reason::Empty),
        length if length > REASON_MAX as usize => refuse(Reason::TooLong { max: REASON_MAX }),
        // PostgreSQL stores no NUL.
        _ if text.chars().any(char::is_control) => refuse(Reason::Malformed),
        _ => Ok(text.to_owned()),
    }
}

/// A number of units; none for what holds for everybody.
fn parse_limit(text: &str) -> Result<Option<u32>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(units) if units <= LIMIT_MAX => Ok(Some(units)),
        _ => Err(Problem::Invalid { field: InputField::DailyLimit, reason: Reason::Malformed }),
    }
}

/// The account, which nobody else changes until the transaction ends.
async fn lock(transaction: &DatabaseTransaction, id: Uuid) -> Result<user::Model, Error> {
    Ok(hold(transaction, id, Hold::Account).await?.ok_or(Problem::NotFound)?)
}

/// Makes sure that somebody can still look after the installation without this account. Administrators are held in one order and
/// before anything else, so that of two who take the role from each other one comes too late.
pub(crate) async fn another_admin_stays(
    transaction: &DatabaseTransaction,
    without: Uuid,
) -> Result<(), Error> {
    let admins = user::Entity::find()
        .filter(user::Column::Role.eq(Role::Admin.as_str()))
        .order_by_asc(user::Column::Id);
    let admins = held(transaction, admins, Hold::Account).all(transaction).await?;
    let is_one = admins.iter().any(|row| row.id == without);
    let another = admins.iter().any(|row| row.id != without && row.banned_at.is_none());
    if is_one && !another { Err(Problem::LastAdmin.into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_as_they_are_typed() {
        let check = |text: &str, expected: Option<Option<u32>>| {
            assert_eq!(parse_limit(text).ok(), expected, "{text:?}");
        };
        check("", Some(None));
        check(" 7 ", Some(Some(7)));
        check("0", Some(Some(0)));
        check("1000", Some(Some(1000)));
        check("1001", None);
        check("-1", None);
        check("five", None);
    }

    #[test]
    fn reasons_as_they_are_typed() {
        let check = |text: &str, expected: bool| assert_eq!(parse_reason(text).is_ok(), expected, "{text:?}");
        check("광고를 반복해서 올렸어요.", true);
        check("  ", false);
        check("\0", false);
        check(&"가".repeat(200), true);
        check(&"가".repeat(201), false);
    }
}
