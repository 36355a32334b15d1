//! Choosing how long interviews are kept, and deleting those that are older.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{RetentionChoice, RetentionEffect, RetentionView, documents, letters};
use crate::app::App;
use crate::entities::{interview, user};
use crate::error::Error;
use crate::interview::store::signed;
use crate::settings::{self, RETENTION_MAX_DAYS};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Interviews that are deleted with one statement: others write in between.
const BATCH: u64 = 100;

/// Most days that interviews are kept, whatever a person chose; none leaves it to the person.
///
/// # Errors
/// Internal ones only.
pub async fn operator_maximum(app: &App) -> Result<Option<u32>, Error> {
    Ok(bounded(app, settings::read(app.database.reader(), &RETENTION_MAX_DAYS).await?))
}

/// What holds when an administrator has set so many days: the shorter of that and what the program was started with.
fn bounded(app: &App, set: Option<u32>) -> Option<u32> {
    set.into_iter().chain(app.settings.retention_max_days).min()
}

/// What the viewer has chosen, and what each choice would lead to.
///
/// # Errors
/// Internal ones only.
pub async fn view(app: &App, viewer: &Viewer) -> Result<RetentionView, Error> {
    let maximum = operator_maximum(app).await?;
    let connection = app.database.reader();
    let row = user::Entity::find_by_id(viewer.id).one(connection).await?.ok_or(Problem::SignInRequired)?;
    let ends: Vec<(Option<DateTime<Utc>>, DateTime<Utc>)> = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .select_only()
        .columns([interview::Column::FinishedAt, interview::Column::StartedAt])
        .into_tuple()
        .all(connection)
        .await?;
    let mut ends: Vec<DateTime<Utc>> =
        ends.into_iter().map(|(finished, started)| finished.unwrap_or(started)).collect();
    ends.sort_unstable();
    let changed = letters::changed(connection, viewer.id).await?;
    let now = app.now();
    let papers = documents::changed(connection, viewer.id).await?;
    let struck = |choice: RetentionChoice, changed: &[DateTime<Utc>]| {
        let age = choice.within(maximum).map(|days| Duration::days(days.into()));
        let old = age.map_or(0, |age| changed.iter().filter(|at| **at < now - age).count());
        u32::try_from(old).unwrap_or(u32::MAX)
    };
    let offered = |choice: &&RetentionChoice| match (choice.days(), maximum) {
        (Some(days), Some(maximum)) => days <= maximum,
        _ => true,
    };
    let effects = RetentionChoice::ALL.iter().filter(offered);
    Ok(RetentionView {
        chosen: RetentionChoice::of_days(row.retention_days),
        maximum,
        effects: effects
            .map(|choice| RetentionEffect {
                letters: struck(*choice, &changed),
                documents: struck(*choice, &papers),
                ..effect(*choice, maximum, &ends, now)
            })
            .collect(),
    })
}

/// `ends` are sorted, oldest first.
fn effect(
    choice: RetentionChoice,
    maximum: Option<u32>,
    ends: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> RetentionEffect {
    let Some(days) = choice.within(maximum) else {
        return RetentionEffect { choice, strikes: 0, letters: 0, documents: 0, next_at: None };
    };
    let age = Duration::days(days.into());
    let struck = ends.partition_point(|end| *end < now - age);
    RetentionEffect {
        choice,
        strikes: u32::try_from(struck).unwrap_or(u32::MAX),
        letters: 0,
        documents: 0,
        next_at: ends.get(struck).map(|end| *end + age),
    }
}

/// Keeps interviews as long as the viewer says. Nothing is deleted before the next hourly run.
///
/// # Errors
/// [`Problem::Invalid`] on `retention` for what is not offered.
pub async fn choose(app: &App, viewer: &Viewer, choice: &str) -> Result<RetentionView, Error> {
    let refused = Problem::Invalid { field: InputField::Retention, reason: Reason::NotOffered };
    let choice: RetentionChoice = choice.parse().map_err(|_| refused.clone())?;
    let maximum = operator_maximum(app).await?;
    if choice.days().zip(maximum).is_some_and(|(days, maximum)| days > maximum) {
        return Err(refused.into());
    }
    user::Entity::update_many()
        .col_expr(user::Column::RetentionDays, Expr::value(choice.days().map(signed)))
        .filter(user::Column::Id.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    view(app, viewer).await
}

/// Deletes the interviews, and the letters and documents that nobody has changed, that are older than their person, or the operator, lets them be, with
/// everything in them. The ledger keeps
/// its lines. Says how many. Several nodes may do it at once: what one has deleted the others do not find.
///
/// # Errors
/// When the database does not take it. What was deleted until then stays deleted.
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let maximum = operator_maximum(app).await?;
    let mut deleted = 0;
    for (days, before) in limits(app.now(), maximum) {
        loop {
            let batch = delete_batch(app, days, maximum, before).await?;
            deleted += batch;
            if batch == 0 {
                break;
            }
        }
        deleted += letters::delete_old(app, people(days, maximum), before).await?;
        deleted += documents::delete_old(app, people(days, maximum), before).await?;
    }
    if deleted > 0 {
        tracing::info!(deleted, "what was older than it is kept is deleted");
        app.database.forget_deleted().await?;
    }
    Ok(deleted)
}

/// How many interviews of all people the next run would delete, if an administrator set so many days as the longest time.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn overdue(app: &App, set: Option<u32>) -> Result<u32, Error> {
    let maximum = bounded(app, set);
    let mut count = 0;
    for (days, before) in limits(app.now(), maximum) {
        let old = interview::Entity::find().filter(too_old(days, maximum, before));
        count += old.count(app.database.reader()).await?;
    }
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Every number of days that holds for somebody, and the moment that it reaches back to.
fn limits(now: DateTime<Utc>, maximum: Option<u32>) -> Vec<(u32, DateTime<Utc>)> {
    let days: BTreeSet<u32> =
        RetentionChoice::ALL.iter().filter_map(|choice| choice.within(maximum)).collect();
    let before = |days: u32| Some((days, now.checked_sub_signed(Duration::days(days.into()))?));
    days.into_iter().filter_map(before).collect()
}

/// The interviews that ended before a moment, of the people whose interviews are kept for so many days.
fn too_old(days: u32, maximum: Option<u32>, before: DateTime<Utc>) -> Condition {
    Condition::all().add(interview::Column::UserId.in_subquery(people(days, maximum))).add(ended().lt(before))
}

/// Deletes a few interviews that ended before a moment, of the people whose interviews are kept for so many days.
async fn delete_batch(
    app: &App,
    days: u32,
    maximum: Option<u32>,
    before: DateTime<Utc>,
) -> Result<u64, Error> {
    let old = too_old(days, maximum, before);
    let ids: Vec<Uuid> = interview::Entity::find()
        .filter(old.clone())
        .select_only()
        .column(interview::Column::Id)
        .limit(BATCH)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let deleted = interview::Entity::delete_many()
        .filter(interview::Column::Id.is_in(ids.iter().copied()))
        // Somebody may have chosen otherwise in this moment.
        .filter(old)
        .exec(app.database.writer())
        .await?;
    for room in ids.iter().filter_map(|id| app.rooms.find(*id)) {
        room.stop();
        room.notify();
    }
    Ok(deleted.rows_affected)
}

/// When an interview was over; one that never was counts from its beginning.
fn ended() -> SimpleExpr {
    Func::coalesce([Expr::col(interview::Column::FinishedAt), Expr::col(interview::Column::StartedAt)]).into()
}

/// The people whose interviews are kept for exactly so many days.
fn people(days: u32, maximum: Option<u32>) -> SelectStatement {
    let own = || Expr::col(user::Column::RetentionDays);
    let held = match maximum {
        // They chose longer, or nothing.
        Some(maximum) if days == maximum => own().is_null().or(own().gte(signed(days))),
        _ => own().eq(signed(days)),
    };
    Query::select().column(user::Column::Id).from(user::Entity).and_where(held).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_counts_what_is_too_old_and_says_when_the_next_one_is() {
        let day = |days: i64| DateTime::UNIX_EPOCH + Duration::days(days);
        let ends = [day(1), day(50), day(80)];
        let effect = |choice| {
            let effect = effect(choice, None, &ends, day(100));
            (effect.strikes, effect.next_at)
        };
        assert_eq!(effect(RetentionChoice::Never), (0, None));
        assert_eq!(effect(RetentionChoice::Month), (2, Some(day(110))));
        assert_eq!(effect(RetentionChoice::Quarter), (1, Some(day(140))));
        assert_eq!(effect(RetentionChoice::Year), (0, Some(day(366))));
    }
}
