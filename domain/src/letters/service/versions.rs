//! The history of a letter.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::store;
use crate::Problem;
use crate::app::App;
use crate::entities::letter_version;
use crate::error::{Error, OrInternal};
use crate::interview::store::{signed, unsigned};
use crate::letters::count::{Counting, count};
use crate::letters::history::{VERSIONS_MAX, continues};
use crate::letters::{LetterContent, LetterVersion, SaveOutcome, VersionKind, VersionSummary};
use crate::viewer::Viewer;

/// The versions of a letter, the latest first. The latest is the letter as it stands.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn versions(app: &App, viewer: &Viewer, letter: Uuid) -> Result<Vec<VersionSummary>, Error> {
    store::find_owned(app.database.reader(), viewer.id, letter).await?;
    let rows = letter_version::Entity::find()
        .filter(letter_version::Column::LetterId.eq(letter))
        .order_by_desc(letter_version::Column::Id)
        .all(app.database.reader())
        .await?;
    // Counting whole letters thirty times keeps a core busy.
    let summaries = move || -> Result<Vec<VersionSummary>, Error> {
        rows.into_iter().map(|row| Ok(version(row)?.summary)).collect()
    };
    app.cores.run("reading versions", summaries).await?
}

/// One version.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn read_version(app: &App, viewer: &Viewer, id: Uuid) -> Result<LetterVersion, Error> {
    version(find_owned(app, viewer, id).await?)
}

/// Takes an older version back, unless the letter is not any more what the page has read. What was there stays a version.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn restore_version(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    revision: u32,
) -> Result<SaveOutcome, Error> {
    let version = find_owned(app, viewer, id).await?;
    let content = store::content(&version.content)?;
    let transaction = app.database.begin().await?;
    let row = store::lock_owned(&transaction, viewer.id, version.letter_id).await?;
    let before = store::content(&row.content)?;
    if before == content {
        return Ok(SaveOutcome::Saved { revision: unsigned(row.revision), saved_at: row.updated_at });
    }
    if unsigned(row.revision) != revision {
        return Ok(SaveOutcome::ChangedElsewhere(Box::new(store::letter(row)?)));
    }
    let kind = VersionKind::Restored;
    let outcome = super::write(app, &transaction, row, &before, &content, kind, true).await?;
    transaction.commit().await?;
    Ok(outcome)
}

async fn find_owned(app: &App, viewer: &Viewer, id: Uuid) -> Result<letter_version::Model, Error> {
    let reader = app.database.reader();
    let row = letter_version::Entity::find_by_id(id).one(reader).await?.ok_or(Problem::NotFound)?;
    store::find_owned(reader, viewer.id, row.letter_id).await?;
    Ok(row)
}

fn version(row: letter_version::Model) -> Result<LetterVersion, Error> {
    let content = store::content(&row.content)?;
    let characters = content.items.iter().map(|item| count(&item.answer, Counting::USUAL)).sum();
    Ok(LetterVersion {
        summary: VersionSummary {
            id: row.id,
            kind: row.kind.parse().or_internal("reading a version")?,
            revision: unsigned(row.revision),
            saved_at: row.saved_at,
            characters,
        },
        content,
    })
}

/// What was saved.
pub(super) struct Saved<'a> {
    pub kind: VersionKind,
    pub revision: u32,
    pub before: &'a LetterContent,
    pub content: &'a LetterContent,
    /// It is a version of its own, however little changed.
    pub apart: bool,
    pub now: DateTime<Utc>,
}

/// Adds what was saved to the history: to the version that is being written, or as another one.
pub(super) async fn record(
    connection: &impl ConnectionTrait,
    letter: Uuid,
    saved: &Saved<'_>,
) -> Result<(), Error> {
    let Saved { kind, revision, before, content, apart, now } = *saved;
    let latest = letter_version::Entity::find()
        .filter(letter_version::Column::LetterId.eq(letter))
        .order_by_desc(letter_version::Column::Id)
        .one(connection)
        .await?;
    let goes_on = latest.filter(|latest| {
        !apart
            && latest.kind == VersionKind::Edited.as_str()
            && continues(before, content, latest.begun_at, now)
    });
    let Some(latest) = goes_on else {
        insert(connection, letter, kind, revision, content, now).await?;
        return prune(connection, letter).await;
    };
    letter_version::Entity::update_many()
        .col_expr(letter_version::Column::Revision, Expr::value(signed(revision)))
        .col_expr(letter_version::Column::Content, Expr::value(store::json(content)?))
        .col_expr(letter_version::Column::SavedAt, Expr::value(now))
        .filter(letter_version::Column::Id.eq(latest.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Begins a version.
pub(super) async fn insert(
    connection: &impl ConnectionTrait,
    letter: Uuid,
    kind: VersionKind,
    revision: u32,
    content: &LetterContent,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    letter_version::Entity::insert(letter_version::ActiveModel {
        id: Set(Uuid::now_v7()),
        letter_id: Set(letter),
        kind: Set(kind.to_string()),
        revision: Set(signed(revision)),
        content: Set(store::json(content)?),
        begun_at: Set(now),
        saved_at: Set(now),
    })
    .exec_without_returning(connection)
    .await?;
    Ok(())
}

/// Forgets the oldest versions when there are too many.
async fn prune(connection: &impl ConnectionTrait, letter: Uuid) -> Result<(), Error> {
    let old: Vec<Uuid> = letter_version::Entity::find()
        .filter(letter_version::Column::LetterId.eq(letter))
        .order_by_desc(letter_version::Column::Id)
        .offset(VERSIONS_MAX)
        .limit(VERSIONS_MAX)
        .select_only()
        .column(letter_version::Column::Id)
        .into_tuple()
        .all(connection)
        .await?;
    if !old.is_empty() {
        letter_version::Entity::delete_many()
            .filter(letter_version::Column::Id.is_in(old))
            .exec(connection)
            .await?;
    }
    Ok(())
}
