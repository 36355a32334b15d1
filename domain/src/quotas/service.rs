//! Counting units. Every change of a count writes its ledger line in the same transaction.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::day::{day_of, end_of};
use super::{AllowanceView, EntryReason, LedgerEntryView, LedgerPage, LimitedAction};
use crate::app::App;
use crate::entities::{action_limit, allowance, ledger_entry};
use crate::error::{Error, OrInternal};
use crate::viewer::Viewer;
use crate::{Problem, accounts};

/// Lines of the ledger that are shown.
const LEDGER_LINES: u32 = 200;

/// What is left of today's allowance.
///
/// # Errors
/// Internal ones only.
pub async fn allowance(app: &App, viewer: &Viewer, action: LimitedAction) -> Result<AllowanceView, Error> {
    let zone = accounts::zone(&viewer.time_zone);
    let day = day_of(app.now(), zone);
    let connection = app.database.reader();
    let used = allowance::Entity::find_by_id((viewer.id, action.to_string(), day))
        .one(connection)
        .await?
        .map_or(0, |row| row.used);
    let limit = limit(app, connection, viewer.id, action).await?;
    Ok(AllowanceView { action, used: used.try_into().unwrap_or(0), limit, resets_at: end_of(day, zone) })
}

/// The latest lines of the ledger, newest first.
///
/// # Errors
/// Internal ones only.
pub async fn ledger(app: &App, viewer: &Viewer) -> Result<Vec<LedgerEntryView>, Error> {
    Ok(ledger_page(app, viewer, None, LEDGER_LINES).await?.entries)
}

/// So many lines of the ledger, newest first: the latest, or those before the line `after`.
///
/// # Errors
/// Internal ones only.
pub async fn ledger_page(
    app: &App,
    viewer: &Viewer,
    after: Option<Uuid>,
    size: u32,
) -> Result<LedgerPage, Error> {
    let mut query = ledger_entry::Entity::find().filter(ledger_entry::Column::UserId.eq(viewer.id));
    if let Some(after) = after {
        query = query.filter(ledger_entry::Column::Id.lt(after));
    }
    let mut entries: Vec<LedgerEntryView> = query
        .order_by_desc(ledger_entry::Column::Id)
        .limit(u64::from(size) + 1)
        .all(app.database.reader())
        .await?
        .into_iter()
        .map(|row| {
            Ok(LedgerEntryView {
                id: row.id,
                action: row.action.parse().or_internal("reading the ledger")?,
                reason: row.reason.parse().or_internal("reading the ledger")?,
                units: row.units,
                interview_id: row.interview_id,
                day: row.day,
                at: row.created_at,
            })
        })
        .collect::<Result<_, Error>>()?;
    let more = entries.len() > size as usize;
    entries.truncate(size as usize);
    let next = entries.last().filter(|_| more).map(|entry| entry.id);
    Ok(LedgerPage { entries, next })
}

/// Uses one unit for an interview that is begun, or refuses. It joins the transaction that makes the interview.
///
/// # Errors
/// [`Problem::QuotaReached`].
pub(crate) async fn take(
    app: &App,
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    action: LimitedAction,
    interview_id: Uuid,
) -> Result<(), Error> {
    let event = Event { reason: EntryReason::Started, id: interview_id, interview_id: Some(interview_id) };
    take_for(app, transaction, viewer, action, event).await
}

/// Uses one unit for an answer in an interview, or refuses. It joins the transaction that stores the answer, and `answer_id` is that
/// answer's alone.
///
/// # Errors
/// [`Problem::QuotaReached`].
pub(crate) async fn take_for_answer(
    app: &App,
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    action: LimitedAction,
    interview_id: Uuid,
    answer_id: Uuid,
) -> Result<(), Error> {
    let event = Event { reason: EntryReason::Answered, id: answer_id, interview_id: Some(interview_id) };
    take_for(app, transaction, viewer, action, event).await
}

/// Uses one unit for a proposal to a letter, or refuses. It joins the transaction that asks for the proposal.
///
/// # Errors
/// [`Problem::QuotaReached`].
pub(crate) async fn take_for_proposal(
    app: &App,
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    action: LimitedAction,
    proposal_id: Uuid,
) -> Result<(), Error> {
    let event = Event { reason: EntryReason::Proposed, id: proposal_id, interview_id: None };
    take_for(app, transaction, viewer, action, event).await
}

/// Why a line of the ledger is written.
#[derive(Clone, Copy)]
struct Event {
    reason: EntryReason,
    /// What happened once: with the reason it is the line's unique key.
    id: Uuid,
    /// The interview that it is about, if it is about one.
    interview_id: Option<Uuid>,
}

impl Event {
    fn key(self) -> String {
        format!("{}:{}", self.reason, self.id)
    }
}

async fn take_for(
    app: &App,
    transaction: &impl ConnectionTrait,
    viewer: &Viewer,
    action: LimitedAction,
    event: Event,
) -> Result<(), Error> {
    let zone = accounts::zone(&viewer.time_zone);
    let day = day_of(app.now(), zone);
    let limit = limit(app, transaction, viewer.id, action).await?;
    allowance::Entity::insert(allowance::ActiveModel {
        user_id: Set(viewer.id),
        action: Set(action.to_string()),
        day: Set(day),
        used: Set(0),
    })
    .on_conflict(
        OnConflict::columns([allowance::Column::UserId, allowance::Column::Action, allowance::Column::Day])
            .do_nothing_on([allowance::Column::UserId])
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await
    .map_err(Error::adding_to_account)?;
    // One conditional statement: reading first and writing later would let two starts through at once.
    let taken = allowance::Entity::update_many()
        .col_expr(allowance::Column::Used, Expr::col(allowance::Column::Used).add(1))
        .filter(allowance::Column::UserId.eq(viewer.id))
        .filter(allowance::Column::Action.eq(action.as_str()))
        .filter(allowance::Column::Day.eq(day))
        .filter(allowance::Column::Used.lt(i32::try_from(limit).unwrap_or(i32::MAX)))
        .exec(transaction)
        .await?;
    if taken.rows_affected != 1 {
        return Err(Problem::QuotaReached { resets_at: end_of(day, zone) }.into());
    }
    write_line(app, transaction, viewer.id, action, event, day).await?;
    Ok(())
}

/// Gives the unit that began an interview back, of whatever action it was, once, however often it is called.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn give_back(
    app: &App,
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    interview_id: Uuid,
) -> Result<(), Error> {
    let interview_of = Some(interview_id);
    let started = Event { reason: EntryReason::Started, id: interview_id, interview_id: interview_of };
    give_back_taken(app, transaction, user_id, started).await
}

/// Gives the unit of a proposal to a letter back, once, however often it is called.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn give_back_proposal(
    app: &App,
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    proposal_id: Uuid,
) -> Result<(), Error> {
    let proposed = Event { reason: EntryReason::Proposed, id: proposal_id, interview_id: None };
    give_back_taken(app, transaction, user_id, proposed).await
}

async fn give_back_taken(
    app: &App,
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    event: Event,
) -> Result<(), Error> {
    let refunded = Event { reason: EntryReason::Refunded, ..event };
    let Some(taken) = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::UserId.eq(user_id))
        .filter(ledger_entry::Column::IdempotencyKey.eq(event.key()))
        .one(transaction)
        .await?
    else {
        return Ok(());
    };
    let action: LimitedAction = taken.action.parse().or_internal("reading the ledger")?;
    if write_line(app, transaction, user_id, action, refunded, taken.day).await? {
        allowance::Entity::update_many()
            .col_expr(allowance::Column::Used, Expr::col(allowance::Column::Used).sub(1))
            .filter(allowance::Column::UserId.eq(user_id))
            .filter(allowance::Column::Action.eq(action.as_str()))
            .filter(allowance::Column::Day.eq(taken.day))
            .filter(allowance::Column::Used.gt(0))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Sets a person's own daily limit.
///
/// # Errors
/// Internal ones only.
pub async fn set_limit(
    app: &App,
    user_id: Uuid,
    action: LimitedAction,
    daily_limit: u32,
) -> Result<(), Error> {
    write_limit(app.database.writer(), user_id, action, daily_limit).await
}

/// The same, in the transaction of whoever sets it.
pub(crate) async fn write_limit(
    connection: &impl ConnectionTrait,
    user_id: Uuid,
    action: LimitedAction,
    daily_limit: u32,
) -> Result<(), Error> {
    action_limit::Entity::insert(action_limit::ActiveModel {
        user_id: Set(user_id),
        action: Set(action.to_string()),
        daily_limit: Set(i32::try_from(daily_limit).unwrap_or(i32::MAX)),
    })
    .on_conflict(
        OnConflict::columns([action_limit::Column::UserId, action_limit::Column::Action])
            .update_column(action_limit::Column::DailyLimit)
            .to_owned(),
    )
    .exec_without_returning(connection)
    .await?;
    Ok(())
}

/// Takes a person's own daily limit away: the installation's holds again.
pub(crate) async fn clear_limit(
    connection: &impl ConnectionTrait,
    user_id: Uuid,
    action: LimitedAction,
) -> Result<(), Error> {
    action_limit::Entity::delete_by_id((user_id, action.to_string())).exec(connection).await?;
    Ok(())
}

/// The daily limit that holds for everybody without one of their own.
pub(crate) fn default_limit(app: &App, action: LimitedAction) -> u32 {
    match action {
        LimitedAction::Interview => app.settings.daily_limit,
        LimitedAction::Chat => app.settings.chat_limit,
        LimitedAction::LetterDraft => app.settings.letter_limit,
    }
}

/// The daily limit that holds for a person.
pub(crate) async fn limit(
    app: &App,
    connection: &impl ConnectionTrait,
    user_id: Uuid,
    action: LimitedAction,
) -> Result<u32, Error> {
    let own = action_limit::Entity::find_by_id((user_id, action.to_string())).one(connection).await?;
    Ok(own.and_then(|row| row.daily_limit.try_into().ok()).unwrap_or(default_limit(app, action)))
}

/// Adds a line unless it is there already; says whether it was added.
async fn write_line(
    app: &App,
    transaction: &impl ConnectionTrait,
    user_id: Uuid,
    action: LimitedAction,
    event: Event,
    day: NaiveDate,
) -> Result<bool, Error> {
    let units = match event.reason {
        EntryReason::Started | EntryReason::Answered | EntryReason::Proposed => 1,
        EntryReason::Refunded => -1,
    };
    let added = ledger_entry::Entity::insert(ledger_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(user_id),
        action: Set(action.to_string()),
        reason: Set(event.reason.to_string()),
        units: Set(units),
        interview_id: Set(event.interview_id),
        day: Set(day),
        idempotency_key: Set(event.key()),
        created_at: Set(app.now()),
    })
    .on_conflict(
        OnConflict::columns([ledger_entry::Column::UserId, ledger_entry::Column::IdempotencyKey])
            .do_nothing_on([ledger_entry::Column::Id])
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await
    .map_err(Error::adding_to_account)?;
    Ok(added == 1)
}
