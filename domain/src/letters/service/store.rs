//! Letters as they are stored: the rows, parsed.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::list::found;
use crate::Problem;
use crate::app::App;
use crate::entities::letter;
use crate::error::{Error, OrInternal};
use crate::interview::store::unsigned;
use crate::letters::{Letter, LetterContent, LetterSummary};
use crate::viewer::Viewer;

/// What is being done when a row cannot be read.
const READING: &str = "reading letters";

/// A value as it is stored.
///
/// # Errors
/// Internal ones only.
pub(crate) fn json(value: &impl Serialize) -> Result<serde_json::Value, Error> {
    serde_json::to_value(value).or_internal("storing letters")
}

/// A stored value.
///
/// # Errors
/// Internal ones only.
pub(crate) fn parse<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, Error> {
    T::deserialize(value).or_internal(READING)
}

/// The content of a row.
///
/// # Errors
/// Internal ones only.
pub(crate) fn content(value: &serde_json::Value) -> Result<LetterContent, Error> {
    parse(value)
}

/// A row as a letter.
///
/// # Errors
/// Internal ones only.
pub(crate) fn letter(row: letter::Model) -> Result<Letter, Error> {
    Ok(Letter {
        id: row.id,
        revision: unsigned(row.revision),
        content: content(&row.content)?,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// A row as the list shows it.
///
/// # Errors
/// Internal ones only.
pub(crate) fn summary(row: letter::Model) -> Result<LetterSummary, Error> {
    let content = content(&row.content)?;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let answered = content.items.iter().filter(|item| !item.answer.trim().is_empty()).count();
    let over = content.items.iter().filter_map(|item| item.measured());
    Ok(LetterSummary {
        id: row.id,
        title: row.title,
        company: row.company,
        role: row.role,
        items: number(content.items.len()),
        answered: number(answered),
        over: number(over.filter(|(length, limit)| *length > limit.max).count()),
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

/// Rows as the list shows them. Counting whole letters keeps a core busy, so it is done away from the threads that serve.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn summaries(app: &App, rows: Vec<letter::Model>) -> Result<Vec<LetterSummary>, Error> {
    let summaries = move || rows.into_iter().map(summary).collect::<Result<Vec<_>, Error>>();
    app.cores.run(READING, summaries).await?
}

/// The letter of a person.
///
/// # Errors
/// [`Problem::NotFound`].
pub(crate) async fn find_owned(
    connection: &impl ConnectionTrait,
    person: Uuid,
    id: Uuid,
) -> Result<letter::Model, Error> {
    let owned = letter::Entity::find_by_id(id).filter(letter::Column::UserId.eq(person));
    Ok(owned.one(connection).await?.ok_or(Problem::NotFound)?)
}

/// The same, to be changed: nobody else changes it until the transaction ends.
///
/// # Errors
/// [`Problem::NotFound`].
pub(crate) async fn lock_owned(
    transaction: &DatabaseTransaction,
    person: Uuid,
    id: Uuid,
) -> Result<letter::Model, Error> {
    let mut owned = letter::Entity::find_by_id(id).filter(letter::Column::UserId.eq(person));
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        owned = owned.lock_exclusive();
    }
    Ok(owned.one(transaction).await?.ok_or(Problem::NotFound)?)
}

/// A place in the list of letters: behind the one that was changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub updated_at: DateTime<Utc>,
    pub id: Uuid,
}

/// So many letters that a search finds, what was changed last first: from the first, or from behind a place. With them the place of the
/// last, when more follow.
///
/// # Errors
/// Internal ones only.
pub async fn list_after(
    app: &App,
    viewer: &Viewer,
    search: &str,
    after: Option<Place>,
    size: u32,
) -> Result<(Vec<LetterSummary>, Option<Place>), Error> {
    let mut query = found(viewer, search);
    if let Some(Place { updated_at, id }) = after {
        let earlier = letter::Column::UpdatedAt.lt(updated_at);
        let same = letter::Column::UpdatedAt.eq(updated_at).and(letter::Column::Id.lt(id));
        query = query.filter(earlier.or(same));
    }
    let mut rows = query
        .order_by_desc(letter::Column::UpdatedAt)
        .order_by_desc(letter::Column::Id)
        .limit(u64::from(size) + 1)
        .all(app.database.reader())
        .await?;
    let more = rows.len() > size as usize;
    rows.truncate(size as usize);
    let last = rows.last().filter(|_| more).map(|row| Place { updated_at: row.updated_at, id: row.id });
    Ok((summaries(app, rows).await?, last))
}
