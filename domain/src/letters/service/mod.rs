//! What a person can do with cover letters. Every function takes the viewer and touches nothing of anybody else's.

mod list;
pub(crate) mod store;
mod versions;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait,
    QueryFilter,
};
use uuid::Uuid;

pub use list::{companies, list};
pub use store::{Place, list_after};
pub use versions::{read_version, restore_version, versions};

use super::checks::{self, Finding};
use super::{
    ChangedLetter, LETTERS_MAX, Letter, LetterContent, LetterView, NewLetter, SaveOutcome, VersionKind,
    input, proposals,
};
use crate::Problem;
use crate::accounts::hold::{Hold, hold};
use crate::app::App;
use crate::entities::letter;
use crate::error::Error;
use crate::interview::store::{signed, unsigned};
use crate::quotas::{self, LimitedAction};
use crate::viewer::Viewer;

/// A letter as the editor shows it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<LetterView, Error> {
    let letter = find(app, viewer, id).await?;
    Ok(LetterView {
        model: app.interviewer().letter_writer().and_then(|writer| writer.model),
        allowance: quotas::service::allowance(app, viewer, LimitedAction::LetterDraft).await?,
        proposals: proposals::service::of_letter(app, id).await?,
        letter,
    })
}

/// A letter alone.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn find(app: &App, viewer: &Viewer, id: Uuid) -> Result<Letter, Error> {
    store::letter(store::find_owned(app.database.reader(), viewer.id, id).await?)
}

/// Makes a letter and returns its id. The same request id gives the same letter.
///
/// # Errors
/// [`Problem::TooManyLetters`]; [`Problem::Invalid`] on what is too long.
pub async fn create(app: &App, viewer: &Viewer, new: NewLetter) -> Result<Uuid, Error> {
    let content = input::parse(new.content)?;
    let transaction = app.database.begin().await?;
    // Nobody makes one more while they are counted.
    hold(&transaction, viewer.id, Hold::Account).await?.ok_or(Problem::SignInRequired)?;
    match insert(app, &transaction, viewer, new.request_id, &content).await {
        Ok(id) => {
            transaction.commit().await?;
            Ok(id)
        }
        Err(error @ Error::Problem(_)) => Err(error),
        // Two equal requests at the same moment, on two nodes: the other one has made it.
        Err(error) => {
            transaction.rollback().await?;
            made_before(app.database.writer(), viewer, new.request_id).await?.ok_or(error)
        }
    }
}

async fn insert(
    app: &App,
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    request_id: Uuid,
    content: &LetterContent,
) -> Result<Uuid, Error> {
    if let Some(id) = made_before(transaction, viewer, request_id).await? {
        return Ok(id);
    }
    let own = letter::Entity::find().filter(letter::Column::UserId.eq(viewer.id));
    if own.count(transaction).await? >= u64::from(LETTERS_MAX) {
        return Err(Problem::TooManyLetters { max: LETTERS_MAX }.into());
    }
    let (id, now) = (Uuid::now_v7(), app.now());
    letter::Entity::insert(letter::ActiveModel {
        id: Set(id),
        user_id: Set(viewer.id),
        request_id: Set(request_id),
        revision: Set(1),
        title: Set(content.title.clone()),
        company: Set(content.company.clone()),
        role: Set(content.role.clone()),
        content: Set(store::json(content)?),
        created_at: Set(now),
        updated_at: Set(now),
    })
    .exec_without_returning(transaction)
    .await?;
    versions::insert(transaction, id, VersionKind::Created, 1, content, now).await?;
    Ok(id)
}

async fn made_before(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    request_id: Uuid,
) -> Result<Option<Uuid>, Error> {
    let row = letter::Entity::find()
        .filter(letter::Column::UserId.eq(viewer.id))
        .filter(letter::Column::RequestId.eq(request_id))
        .one(connection)
        .await?;
    Ok(row.map(|row| row.id))
}

/// Saves a letter, unless it is not any more what the page has read: two pages do not overwrite each other unasked.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] on what is too long.
pub async fn save(app: &App, viewer: &Viewer, id: Uuid, save: ChangedLetter) -> Result<SaveOutcome, Error> {
    let content = input::parse(save.content)?;
    let transaction = app.database.begin().await?;
    let row = store::lock_owned(&transaction, viewer.id, id).await?;
    let stored = store::content(&row.content)?;
    // A reply may be lost: what is stored already was saved.
    if stored == content {
        return Ok(SaveOutcome::Saved { revision: unsigned(row.revision), saved_at: row.updated_at });
    }
    if unsigned(row.revision) != save.revision {
        return Ok(SaveOutcome::ChangedElsewhere(Box::new(store::letter(row)?)));
    }
    let kind = if save.drafted { VersionKind::Drafted } else { VersionKind::Edited };
    let apart = save.drafted || save.overwrites;
    let outcome = write(app, &transaction, row, &stored, &content, kind, apart).await?;
    transaction.commit().await?;
    Ok(outcome)
}

/// Writes another content into a letter that is locked.
async fn write(
    app: &App,
    transaction: &DatabaseTransaction,
    row: letter::Model,
    before: &LetterContent,
    content: &LetterContent,
    kind: VersionKind,
    apart: bool,
) -> Result<SaveOutcome, Error> {
    let (now, revision) = (app.now(), unsigned(row.revision) + 1);
    letter::Entity::update_many()
        .col_expr(letter::Column::Revision, Expr::value(signed(revision)))
        .col_expr(letter::Column::Title, Expr::value(content.title.as_str()))
        .col_expr(letter::Column::Company, Expr::value(content.company.as_str()))
        .col_expr(letter::Column::Role, Expr::value(content.role.as_str()))
        .col_expr(letter::Column::Content, Expr::value(store::json(content)?))
        .col_expr(letter::Column::UpdatedAt, Expr::value(now))
        .filter(letter::Column::Id.eq(row.id))
        .exec(transaction)
        .await?;
    let saved = versions::Saved { kind, revision, before, content, apart, now };
    versions::record(transaction, row.id, &saved).await?;
    Ok(SaveOutcome::Saved { revision, saved_at: now })
}

/// Makes a copy of a letter and returns its id. The same request id gives the same copy.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::TooManyLetters`].
pub async fn duplicate(app: &App, viewer: &Viewer, id: Uuid, request_id: Uuid) -> Result<Uuid, Error> {
    let Letter { mut content, .. } = find(app, viewer, id).await?;
    content.title = copied_title(&content);
    create(app, viewer, NewLetter { request_id, content }).await
}

/// The title of a copy, no longer than titles are.
fn copied_title(content: &LetterContent) -> String {
    let mark = match content.language {
        crate::questions::Language::Korean => " (사본)",
        crate::questions::Language::English => " (copy)",
    };
    let room = super::NAME_MAX as usize - mark.chars().count();
    let title: String = super::export::title(content).chars().take(room).collect();
    format!("{title}{mark}")
}

/// Deletes a letter with its history and everything that is proposed to it.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn delete(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = letter::Entity::delete_many()
        .filter(letter::Column::Id.eq(id))
        .filter(letter::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    app.database.forget_deleted().await?;
    Ok(())
}

/// What is found in a letter as it is written now, without a model. Nothing is stored.
///
/// # Errors
/// [`Problem::NotFound`]; [`Problem::Invalid`] on what is too long.
pub async fn check(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    content: LetterContent,
) -> Result<Vec<Finding>, Error> {
    find(app, viewer, id).await?;
    let content = input::parse(content)?;
    let companies = companies(app, viewer, id).await?;
    app.cores.run("checking a letter", move || checks::check(&content, &companies)).await
}
