//! What a person can do with documents. Every function takes the viewer and touches nothing of anybody else's.

use chrono::{DateTime, Duration, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::input::{Text, Title, kind_of};
use super::{
    DOCUMENTS_MAX, DocumentEdit, DocumentSummary, DocumentView, EditOutcome, ImportedLetter, NewDocument,
    letter,
};
use crate::accounts::hold::{Hold, hold};
use crate::app::App;
use crate::entities::{document, user};
use crate::error::{Error, OrInternal};
use crate::interview::store::{signed, unsigned};
use crate::letters::{self, NewLetter};
use crate::retention::RetentionChoice;
use crate::retention::service::operator_maximum;
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

const READING: &str = "reading documents";

/// The viewer's documents, what was changed last first: [`DOCUMENTS_MAX`] at most.
///
/// # Errors
/// Internal ones only.
pub async fn list(app: &App, viewer: &Viewer) -> Result<Vec<DocumentSummary>, Error> {
    let kept = kept_days(app, viewer).await?;
    let rows: Vec<Listed> = document::Entity::find()
        .filter(document::Column::UserId.eq(viewer.id))
        .order_by_desc(document::Column::UpdatedAt)
        .order_by_desc(document::Column::Id)
        .select_only()
        // Without the texts, which nobody reads in a list.
        .columns([
            document::Column::Id,
            document::Column::Kind,
            document::Column::Title,
            document::Column::File,
            document::Column::Characters,
            document::Column::UpdatedAt,
        ])
        .into_tuple()
        .all(app.database.reader())
        .await?;
    rows.into_iter().map(|row| summary(row, kept)).collect()
}

/// A document.
///
/// # Errors
/// [`Problem::NotFound`], also when it is somebody else's.
pub async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<DocumentView, Error> {
    let kept = kept_days(app, viewer).await?;
    let row = document::Entity::find_by_id(id)
        .filter(document::Column::UserId.eq(viewer.id))
        .one(app.database.reader())
        .await?
        .ok_or(Problem::NotFound)?;
    view(row, kept)
}

/// Keeps a document and returns its id. The same request id gives the same document.
///
/// # Errors
/// [`Problem::Invalid`] on `kind`, `title` or `text`; [`Problem::TooManyDocuments`].
pub async fn create(app: &App, viewer: &Viewer, request_id: Uuid, new: NewDocument) -> Result<Uuid, Error> {
    let (kind, title, text) = (kind_of(&new.kind)?, Title::parse(&new.title)?, Text::parse(&new.text)?);
    let transaction = app.database.begin().await?;
    // Two requests at once are not both to find room for one more, nor both to miss the other.
    hold(&transaction, viewer.id, Hold::Account).await?.ok_or(Problem::SignInRequired)?;
    let own = || document::Entity::find().filter(document::Column::UserId.eq(viewer.id));
    let before = own().filter(document::Column::RequestId.eq(request_id)).one(&transaction).await?;
    if let Some(row) = before {
        return Ok(row.id);
    }
    if own().count(&transaction).await? >= u64::from(DOCUMENTS_MAX) {
        return Err(Problem::TooManyDocuments { max: DOCUMENTS_MAX }.into());
    }
    let (id, now) = (Uuid::now_v7(), app.now());
    let row = document::ActiveModel {
        id: Set(id),
        user_id: Set(viewer.id),
        request_id: Set(request_id),
        kind: Set(kind.to_string()),
        title: Set(title.into_string()),
        characters: Set(signed(text.characters())),
        text: Set(text.into_string()),
        file: Set(new.file.map(|file| file.to_string())),
        revision: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    };
    document::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Saves a document, unless it is not any more what was read: two pages do not overwrite each other unasked.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] on `kind`, `title` or `text`.
pub async fn update(app: &App, viewer: &Viewer, id: Uuid, edit: DocumentEdit) -> Result<EditOutcome, Error> {
    let (kind, title, text) = (kind_of(&edit.kind)?, Title::parse(&edit.title)?, Text::parse(&edit.text)?);
    let kept = kept_days(app, viewer).await?;
    let transaction = app.database.begin().await?;
    let mut query = document::Entity::find_by_id(id).filter(document::Column::UserId.eq(viewer.id));
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    let mut row = query.one(&transaction).await?.ok_or(Problem::NotFound)?;
    let (title, characters, text) = (title.into_string(), signed(text.characters()), text.into_string());
    // A reply may be lost: what is stored already was saved.
    if row.kind == kind.as_str() && row.title == title && row.text == text {
        return Ok(EditOutcome::Saved(view(row, kept)?));
    }
    if unsigned(row.revision) != edit.revision {
        return Ok(EditOutcome::ChangedElsewhere(view(row, kept)?));
    }
    kind.as_str().clone_into(&mut row.kind);
    row.title = title;
    row.text = text;
    row.characters = characters;
    row.revision = row.revision.saturating_add(1);
    row.updated_at = app.now();
    document::Entity::update_many()
        .col_expr(document::Column::Kind, Expr::value(row.kind.as_str()))
        .col_expr(document::Column::Title, Expr::value(row.title.as_str()))
        .col_expr(document::Column::Text, Expr::value(row.text.as_str()))
        .col_expr(document::Column::Characters, Expr::value(row.characters))
        .col_expr(document::Column::Revision, Expr::value(row.revision))
        .col_expr(document::Column::UpdatedAt, Expr::value(row.updated_at))
        .filter(document::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(EditOutcome::Saved(view(row, kept)?))
}

/// Deletes a document for good.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn delete(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = document::Entity::delete_many()
        .filter(document::Column::Id.eq(id))
        .filter(document::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    app.database.forget_deleted().await?;
    Ok(())
}

/// Makes a cover letter of items, and returns its id. The same request id gives the same letter.
///
/// # Errors
/// [`Problem::Invalid`] on `title`, or on `text` for what a letter has no room for; [`Problem::TooManyLetters`].
pub async fn make_letter(
    app: &App,
    viewer: &Viewer,
    request_id: Uuid,
    letter: ImportedLetter,
) -> Result<Uuid, Error> {
    if letter.items.is_empty() {
        return Err(Problem::Invalid { field: InputField::Text, reason: Reason::Empty }.into());
    }
    let content = letter::content(letter, viewer.language);
    let made = letters::service::create(app, viewer, NewLetter { request_id, content }).await;
    // All of it stands in one field, but for the title.
    made.map_err(|error| match error {
        Error::Problem(Problem::Invalid { field, reason }) if field != InputField::Title => {
            Problem::Invalid { field: InputField::Text, reason }.into()
        }
        error => error,
    })
}

/// The days that the viewer's documents are kept after their last change; none keeps them.
async fn kept_days(app: &App, viewer: &Viewer) -> Result<Option<u32>, Error> {
    let chosen: Option<Option<i32>> = user::Entity::find_by_id(viewer.id)
        .select_only()
        .column(user::Column::RetentionDays)
        .into_tuple()
        .one(app.database.reader())
        .await?;
    Ok(RetentionChoice::of_days(chosen.flatten()).within(operator_maximum(app).await?))
}

fn deleted_at(updated_at: DateTime<Utc>, kept: Option<u32>) -> Option<DateTime<Utc>> {
    updated_at.checked_add_signed(Duration::days(kept?.into()))
}

/// Id, kind, title, file, characters and last change.
type Listed = (Uuid, String, String, Option<String>, i32, DateTime<Utc>);

fn summary(row: Listed, kept: Option<u32>) -> Result<DocumentSummary, Error> {
    let (id, kind, title, file, characters, updated_at) = row;
    Ok(DocumentSummary {
        id,
        kind: kind.parse().or_internal(READING)?,
        title,
        file: file.map(|file| file.parse()).transpose().or_internal(READING)?,
        characters: unsigned(characters),
        updated_at,
        deleted_at: deleted_at(updated_at, kept),
    })
}

fn view(row: document::Model, kept: Option<u32>) -> Result<DocumentView, Error> {
    Ok(DocumentView {
        id: row.id,
        kind: row.kind.parse().or_internal(READING)?,
        title: row.title,
        text: row.text,
        file: row.file.map(|file| file.parse()).transpose().or_internal(READING)?,
        revision: unsigned(row.revision),
        created_at: row.created_at,
        updated_at: row.updated_at,
        deleted_at: deleted_at(row.updated_at, kept),
    })
}
