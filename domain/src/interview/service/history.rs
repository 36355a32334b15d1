//! The interviews of a person, newest first.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::app::App;
use crate::entities::interview;
use crate::error::Error;
use crate::interview::store;
use crate::interview::{Band, HistoryFilter, HistoryPage, Status};
use crate::questions::Field;
use crate::quotas::day::{beginning_of, end_of};
use crate::viewer::Viewer;
use crate::{Problem, accounts};

/// Interviews on a page.
const PAGE: u32 = 20;

/// A page of the history. A filter that says nothing known filters nothing.
///
/// # Errors
/// Internal ones only.
pub async fn history(app: &App, viewer: &Viewer, filter: HistoryFilter) -> Result<HistoryPage, Error> {
    history_page(app, viewer, filter, PAGE).await
}

/// The same with another number of interviews on a page.
///
/// # Errors
/// Internal ones only.
pub async fn history_page(
    app: &App,
    viewer: &Viewer,
    filter: HistoryFilter,
    size: u32,
) -> Result<HistoryPage, Error> {
    let zone = accounts::zone(&viewer.time_zone);
    let mut query = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::Status.ne(Status::Failed.as_str()));
    if let Some(field) = parsed::<Field>(filter.field.as_deref()) {
        query = query.filter(interview::Column::Field.eq(field.as_str()));
    }
    if filter.result.as_deref() == Some("running") {
        query = query.filter(interview::Column::Status.ne(Status::Finished.as_str()));
    } else if let Some(band) = parsed::<Band>(filter.result.as_deref()) {
        query = query.filter(interview::Column::Band.eq(band.as_str()));
    }
    if let Some(day) = day(filter.from.as_deref()) {
        query = query.filter(interview::Column::StartedAt.gte(beginning_of(day, zone)));
    }
    if let Some(day) = day(filter.to.as_deref()) {
        query = query.filter(interview::Column::StartedAt.lt(end_of(day, zone)));
    }
    if let Some(after) = filter.after {
        query = query.filter(interview::Column::Id.lt(after));
    }
    let mut rows = query
        .order_by_desc(interview::Column::Id)
        .limit(u64::from(size) + 1)
        .all(app.database.reader())
        .await?;
    let more = rows.len() > size as usize;
    rows.truncate(size as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let interviews = rows.iter().map(store::summary).collect::<Result<_, _>>()?;
    Ok(HistoryPage { interviews, next })
}

fn parsed<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text?.parse().ok()
}

/// A day that databases can compare with: calendars know years that they do not.
fn day(text: Option<&str>) -> Option<NaiveDate> {
    parsed::<NaiveDate>(text).filter(|day| (1..=9999).contains(&day.year()))
}

/// Deletes an interview and everything in it. The ledger keeps its line.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn delete(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = interview::Entity::delete_many()
        .filter(interview::Column::Id.eq(id))
        .filter(interview::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    if let Some(room) = app.rooms.find(id) {
        room.stop();
        room.notify();
    }
    Ok(())
}
