//! The allowance ledger of all people.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
};
use uuid::Uuid;

use crate::admin::{LEDGER_PAGE, LedgerFilter, LedgerLine, LedgerPage};
use crate::app::App;
use crate::entities::{ledger_entry, user};
use crate::error::{Error, OrInternal};
use crate::quotas::LimitedAction;
use crate::viewer::Viewer;

const READING: &str = "reading the ledger";

/// A page of the ledger, newest first, for administrators.
///
/// # Errors
/// [`Problem::Forbidden`](crate::Problem::Forbidden) for everybody else.
pub async fn ledger(app: &App, viewer: &Viewer, filter: &LedgerFilter) -> Result<LedgerPage, Error> {
    viewer.must_be_admin()?;
    let mut query = ledger_entry::Entity::find().join(JoinType::InnerJoin, of_user());
    if let Some(who) = filter.who.as_deref().map(str::trim).filter(|who| !who.is_empty()) {
        // PostgreSQL refuses to look for a NUL. No name and no address has a space.
        let key = who.to_lowercase().replace('\0', " ");
        let (name, address) = (user::Column::UsernameKey.eq(&key), user::Column::EmailKey.eq(&key));
        query = query.filter(Condition::any().add(name).add(address));
    }
    // An action that nobody knows is no filter, as on the other pages.
    if let Some(action) = filter.action.as_ref().and_then(|word| word.parse::<LimitedAction>().ok()) {
        query = query.filter(ledger_entry::Column::Action.eq(action.as_str()));
    }
    if let Some(after) = filter.after {
        query = query.filter(ledger_entry::Column::Id.lt(after));
    }
    // The columns by name: the interview's id is not even read.
    let mut rows: Vec<Row> = query
        .order_by_desc(ledger_entry::Column::Id)
        .limit(u64::from(LEDGER_PAGE) + 1)
        .select_only()
        .columns([
            ledger_entry::Column::Id,
            ledger_entry::Column::UserId,
            ledger_entry::Column::Action,
            ledger_entry::Column::Reason,
            ledger_entry::Column::Units,
            ledger_entry::Column::Day,
            ledger_entry::Column::CreatedAt,
        ])
        .column(user::Column::Username)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    let more = rows.len() > LEDGER_PAGE as usize;
    rows.truncate(LEDGER_PAGE as usize);
    let next = more.then(|| rows.last().map(|row| row.0)).flatten();
    let lines = rows.into_iter().map(|(id, user_id, action, reason, units, day, at, username)| {
        Ok(LedgerLine {
            id,
            user_id,
            username,
            action: action.parse().or_internal(READING)?,
            reason: reason.parse().or_internal(READING)?,
            units,
            day,
            at,
        })
    });
    Ok(LedgerPage { lines: lines.collect::<Result<_, Error>>()?, next })
}

/// Id, account, action, reason, units, day, moment and user name.
type Row = (Uuid, Uuid, String, String, i32, chrono::NaiveDate, chrono::DateTime<chrono::Utc>, String);

/// From a line to its account.
fn of_user() -> RelationDef {
    ledger_entry::Entity::belongs_to(user::Entity)
        .from(ledger_entry::Column::UserId)
        .to(user::Column::Id)
        .into()
}
