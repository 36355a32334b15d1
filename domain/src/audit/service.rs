//! Writing the log, reading it for administrators, and forgetting what is too old. Nothing here changes a line.

use std::collections::HashMap;

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::Value;
use uuid::Uuid;

use super::{AUDIT_DAYS, AUDIT_PAGE, AuditAction, AuditFilter, AuditLine, AuditPage, Party};
use crate::app::App;
use crate::entities::{audit_entry, user};
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;

/// Adds a line, in the transaction that does what it tells of. No actor means the operator's command line; whoever does something to
/// their own account is both actor and subject.
///
/// `details` holds words and numbers by name (`{"role": "admin"}`), never a name, an address, a token, what a provider calls somebody,
/// or what a person wrote: a line stays when the account goes.
///
/// # Errors
/// Internal ones only.
pub async fn write(
    app: &App,
    connection: &impl ConnectionTrait,
    actor: Option<Uuid>,
    action: AuditAction,
    subject: Option<Uuid>,
    details: Value,
) -> Result<(), Error> {
    let line = audit_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        actor_id: Set(actor),
        action: Set(action.to_string()),
        subject_id: Set(subject),
        details: Set(details),
        created_at: Set(app.now()),
    };
    line.insert(connection).await?;
    Ok(())
}

/// Removes lines that are too old: for the program's own upkeep.
///
/// # Errors
/// When the database does not take it.
pub async fn delete_expired(app: &App) -> Result<(), Error> {
    audit_entry::Entity::delete_many()
        .filter(audit_entry::Column::CreatedAt.lte(app.now() - Duration::days(AUDIT_DAYS.into())))
        .exec(app.database.writer())
        .await?;
    Ok(())
}

/// A page of the log, newest first, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`](crate::Problem::Forbidden) for everybody else.
pub async fn list(app: &App, viewer: &Viewer, filter: &AuditFilter) -> Result<AuditPage, Error> {
    viewer.must_be_admin()?;
    let mut query = audit_entry::Entity::find();
    // An action that nobody knows is no filter, as on the other pages.
    if let Some(action) = filter.action.as_ref().and_then(|word| word.parse::<AuditAction>().ok()) {
        query = query.filter(audit_entry::Column::Action.eq(action.as_str()));
    }
    if let Some(after) = filter.after {
        query = query.filter(audit_entry::Column::Id.lt(after));
    }
    let mut rows = query
        .order_by_desc(audit_entry::Column::Id)
        .limit(u64::from(AUDIT_PAGE) + 1)
        .all(app.database.reader())
        .await?;
    let more = rows.len() > AUDIT_PAGE as usize;
    rows.truncate(AUDIT_PAGE as usize);
    let ids: Vec<Uuid> = rows.iter().flat_map(|row| [row.actor_id, row.subject_id]).flatten().collect();
    let names = names(app, ids).await?;
    let party = |id: Option<Uuid>| {
        id.map(|id| match names.get(&id) {
            Some(username) => Party::Account { id, username: username.clone() },
            None => Party::Deleted,
        })
    };
    let next = more.then(|| rows.last().map(|row| row.id)).flatten();
    let lines = rows.into_iter().map(|row| {
        Ok(AuditLine {
            id: row.id,
            at: row.created_at,
            actor: party(row.actor_id),
            action: row.action.parse().or_internal("reading the audit log")?,
            subject: party(row.subject_id),
            details: row.details,
        })
    });
    Ok(AuditPage { lines: lines.collect::<Result<_, Error>>()?, next })
}

/// The user names of accounts that are still there.
async fn names(app: &App, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Error> {
    let names = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Username])
        .filter(user::Column::Id.is_in(ids))
        .into_tuple::<(Uuid, String)>()
        .all(app.database.reader())
        .await?;
    Ok(names.into_iter().collect())
}
