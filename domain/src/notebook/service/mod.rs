//! What a person can do with the notebook. Every function takes the viewer and touches nothing of anybody else's; [`record`] alone
//! fills it, for the person whose interview it is.

mod answers;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, UpdateMany,
};
use uuid::Uuid;

pub(crate) use answers::answers_to;
pub use answers::read;

use super::{MEMO_MAX, Mark, MemoOutcome, NotebookEntry, NotebookFilter, NotebookPage, ReportLink, Target};
use crate::app::App;
use crate::entities::{interview, notebook_entry};
use crate::error::{Error, OrInternal};
use crate::interview::asked::Asked;
use crate::interview::store::{self, signed, unsigned};
use crate::interview::{Band, Feedback, QuestionStatus, Status};
use crate::questions::service::known;
use crate::questions::{Field, Language};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason};

/// Entries on a page.
const PAGE: usize = 20;

/// Takes up a question that was answered or, without feedback, skipped.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn record(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    feedback: Option<&Feedback>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    insert(connection, &asked.into(), now).await?;
    let band = feedback.map(|feedback| feedback.band.as_str());
    let mut update = notebook_entry::Entity::update_many()
        .col_expr(notebook_entry::Column::Field, Expr::value(asked.field.as_str()))
        .col_expr(notebook_entry::Column::Question, Expr::value(asked.question.question.as_str()))
        .col_expr(notebook_entry::Column::InterviewId, Expr::value(asked.interview))
        .col_expr(notebook_entry::Column::Position, Expr::value(signed(asked.position)))
        .col_expr(notebook_entry::Column::LastBand, Expr::value(band))
        .col_expr(notebook_entry::Column::TimesAsked, Expr::col(notebook_entry::Column::TimesAsked).add(1))
        .col_expr(notebook_entry::Column::UpdatedAt, Expr::value(now))
        .filter(notebook_entry::Column::UserId.eq(asked.user_id))
        .filter(notebook_entry::Column::QuestionKey.eq(asked.key()))
        .filter(notebook_entry::Column::Language.eq(asked.language.as_str()));
    if let Some(missed) = missed(feedback) {
        update = update.col_expr(notebook_entry::Column::Missed, Expr::value(missed));
    }
    update.exec(connection).await?;
    Ok(())
}

/// Whether a question was missed this time. An answer that was too short explains as little as none. Nothing is known when there are
/// no points to be judged by: then it stays as it was.
fn missed(feedback: Option<&Feedback>) -> Option<bool> {
    let Some(feedback) = feedback else { return Some(true) };
    match feedback.band {
        Band::Full | Band::Mostly => Some(false),
        Band::Some | Band::Practise => Some(true),
        Band::Unjudged => feedback.too_short.then_some(true),
    }
}

/// What an entry begins with.
struct NewEntry<'a> {
    user_id: Uuid,
    key: String,
    language: Language,
    field: Field,
    topic: Option<&'a str>,
    question: &'a str,
    /// Where it was asked; no interview's id for one that was never asked.
    interview: Uuid,
    position: u32,
}

impl<'a> From<&'a Asked<'_>> for NewEntry<'a> {
    fn from(asked: &'a Asked<'_>) -> Self {
        Self {
            user_id: asked.user_id,
            key: asked.key(),
            language: asked.language,
            field: asked.field,
            topic: asked.topic(),
            question: &asked.question.question,
            interview: asked.interview,
            position: asked.position,
        }
    }
}

/// Makes an entry of a question, unless there is one.
async fn insert(
    connection: &impl ConnectionTrait,
    new: &NewEntry<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    notebook_entry::Entity::insert(notebook_entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(new.user_id),
        question_key: Set(new.key.clone()),
        language: Set(new.language.to_string()),
        field: Set(new.field.to_string()),
        topic: Set(new.topic.map(str::to_owned)),
        question: Set(new.question.to_owned()),
        interview_id: Set(new.interview),
        position: Set(signed(new.position)),
        last_band: Set(None),
        missed: Set(false),
        times_asked: Set(0),
        favourite: Set(false),
        memo: Set(String::new()),
        updated_at: Set(now),
    })
    .on_conflict(
        OnConflict::columns([
            notebook_entry::Column::UserId,
            notebook_entry::Column::QuestionKey,
            notebook_entry::Column::Language,
        ])
        .do_nothing_on([notebook_entry::Column::Id])
        .to_owned(),
    )
    .exec_without_returning(connection)
    .await?;
    Ok(())
}

/// A page of the notebook, counted from 0. A field that is none filters nothing.
///
/// # Errors
/// Internal ones only.
pub async fn list(
    app: &App,
    viewer: &Viewer,
    filter: NotebookFilter,
    field: Option<&str>,
    page: u32,
) -> Result<NotebookPage, Error> {
    let query = listed(viewer, filter, field).offset(u64::from(page) * PAGE as u64);
    let mut rows = query.limit(PAGE as u64 + 1).all(app.database.reader()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(NotebookPage { entries: entries(app, viewer, rows).await?, more })
}

/// So many entries, what was touched last first: from the first, or from behind a place. With them the place of the last, when more
/// follow.
///
/// # Errors
/// Internal ones only.
pub async fn list_after(
    app: &App,
    viewer: &Viewer,
    filter: NotebookFilter,
    field: Option<&str>,
    after: Option<Place>,
    size: u32,
) -> Result<(Vec<NotebookEntry>, Option<Place>), Error> {
    let mut query = listed(viewer, filter, field);
    if let Some(Place { updated_at, id }) = after {
        let earlier = notebook_entry::Column::UpdatedAt.lt(updated_at);
        let same = notebook_entry::Column::UpdatedAt.eq(updated_at).and(notebook_entry::Column::Id.lt(id));
        query = query.filter(earlier.or(same));
    }
    let mut rows = query.limit(u64::from(size) + 1).all(app.database.reader()).await?;
    let more = rows.len() > size as usize;
    rows.truncate(size as usize);
    let last = rows.last().filter(|_| more).map(|row| Place { updated_at: row.updated_at, id: row.id });
    Ok((entries(app, viewer, rows).await?, last))
}

/// A place in the list of entries: behind the one that was touched then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub updated_at: DateTime<Utc>,
    pub id: Uuid,
}

/// The entries of a list in their order.
fn listed(viewer: &Viewer, filter: NotebookFilter, field: Option<&str>) -> Select<notebook_entry::Entity> {
    let mut query = notebook_entry::Entity::find().filter(notebook_entry::Column::UserId.eq(viewer.id));
    query = match filter {
        NotebookFilter::Missed => query.filter(notebook_entry::Column::Missed.eq(true)),
        NotebookFilter::Favourites => query.filter(notebook_entry::Column::Favourite.eq(true)),
        NotebookFilter::Memos => query.filter(notebook_entry::Column::Memo.ne("")),
        NotebookFilter::All => query,
    };
    if let Some(field) = field.and_then(|field| field.parse::<Field>().ok()) {
        query = query.filter(notebook_entry::Column::Field.eq(field.as_str()));
    }
    query.order_by_desc(notebook_entry::Column::UpdatedAt).order_by_desc(notebook_entry::Column::Id)
}

async fn entries(
    app: &App,
    viewer: &Viewer,
    rows: Vec<notebook_entry::Model>,
) -> Result<Vec<NotebookEntry>, Error> {
    let finished = finished(app, viewer, rows.iter().map(|row| row.interview_id)).await?;
    rows.into_iter().map(|row| entry(app, row, &finished)).collect()
}

fn entry(app: &App, row: notebook_entry::Model, finished: &HashSet<Uuid>) -> Result<NotebookEntry, Error> {
    let (interview, position) = (row.interview_id, unsigned(row.position));
    Ok(NotebookEntry {
        id: row.id,
        field: row.field.parse().or_internal(READING)?,
        topic: row.topic.as_deref().and_then(|topic| app.bank.topic(topic)).cloned(),
        language: row.language.parse().or_internal(READING)?,
        band: row.last_band.as_deref().map(str::parse).transpose().or_internal(READING)?,
        missed: row.missed,
        times_asked: unsigned(row.times_asked),
        report: finished.contains(&interview).then_some(ReportLink { interview, position }),
        mark: Mark { target: Target::Entry(row.id), favourite: row.favourite, memo: row.memo },
        question_key: row.question_key,
        question: row.question,
    })
}

/// Which of these interviews the person has, with a report.
async fn finished(
    app: &App,
    viewer: &Viewer,
    interviews: impl IntoIterator<Item = Uuid>,
) -> Result<HashSet<Uuid>, Error> {
    let ids: Vec<Uuid> = interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::Id.is_in(interviews))
        .filter(interview::Column::Status.eq(Status::Finished.as_str()))
        .select_only()
        .column(interview::Column::Id)
        .into_tuple()
        .all(app.database.reader())
        .await?;
    Ok(ids.into_iter().collect())
}

/// The stars and memos of the questions of one interview.
pub(crate) struct Marks(HashMap<String, (bool, String)>);

impl Marks {
    /// Of one question; without a star and a memo when it has no entry.
    pub fn of(&self, asked: &Asked<'_>) -> Mark {
        let (favourite, memo) = self.0.get(&asked.key()).cloned().unwrap_or_default();
        let target = Target::Asked { interview: asked.interview, position: asked.position };
        Mark { target, favourite, memo }
    }
}

/// The stars and memos of an interview's questions. The interview is the viewer's.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn marks(app: &App, viewer: &Viewer, loaded: &store::Loaded) -> Result<Marks, Error> {
    let keys = loaded.questions.iter().filter_map(|main| Asked::of(loaded, main)).map(|asked| asked.key());
    let rows = notebook_entry::Entity::find()
        .filter(notebook_entry::Column::UserId.eq(viewer.id))
        .filter(notebook_entry::Column::QuestionKey.is_in(keys))
        .filter(notebook_entry::Column::Language.eq(loaded.summary.language.as_str()))
        .all(app.database.reader())
        .await?;
    Ok(Marks(rows.into_iter().map(|row| (row.question_key, (row.favourite, row.memo))).collect()))
}

/// The star and the memo of a question that anybody can be asked, by its key.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn mark_of(
    app: &App,
    viewer: &Viewer,
    key: &str,
    language: Language,
) -> Result<Mark, Error> {
    let entry = notebook_entry::Entity::find()
        .filter(notebook_entry::Column::UserId.eq(viewer.id))
        .filter(notebook_entry::Column::QuestionKey.eq(key))
        .filter(notebook_entry::Column::Language.eq(language.as_str()))
        .one(app.database.reader())
        .await?;
    let (favourite, memo) = entry.map(|entry| (entry.favourite, entry.memo)).unwrap_or_default();
    Ok(Mark { target: Target::Question { key: key.to_owned(), language }, favourite, memo })
}

/// Gives a question a star, or takes it away.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn set_favourite(app: &App, viewer: &Viewer, target: Target, favourite: bool) -> Result<(), Error> {
    let transaction = app.database.begin().await?;
    let entry = open(app, &transaction, viewer, target).await?;
    change(entry.id, app.now())
        .col_expr(notebook_entry::Column::Favourite, Expr::value(favourite))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Saves a memo, unless it is not any more what the page has read: two pages do not overwrite each other unasked.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Invalid`] on `memo` when it is over-long.
pub async fn save_memo(
    app: &App,
    viewer: &Viewer,
    target: Target,
    before: &str,
    memo: &str,
) -> Result<MemoOutcome, Error> {
    // Without NUL, which PostgreSQL cannot store and nobody types. Blanks alone are no memo.
    let memo = memo.replace('\0', "");
    let memo = if memo.trim().is_empty() { "" } else { memo.as_str() };
    let transaction = app.database.begin().await?;
    let entry = open(app, &transaction, viewer, target).await?;
    if memo.chars().take(MEMO_MAX as usize + 1).count() > MEMO_MAX as usize {
        let reason = Reason::TooLong { max: MEMO_MAX };
        return Err(Problem::Invalid { field: InputField::Memo, reason }.into());
    }
    // A reply may be lost: what is stored already was saved.
    if entry.memo != before && entry.memo != memo {
        return Ok(MemoOutcome::ChangedElsewhere(entry.memo));
    }
    change(entry.id, app.now())
        .col_expr(notebook_entry::Column::Memo, Expr::value(memo))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(MemoOutcome::Saved)
}

/// Removes an entry with its star and memo. It comes back when the question is asked again.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn forget(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = notebook_entry::Entity::delete_many()
        .filter(notebook_entry::Column::Id.eq(id))
        .filter(notebook_entry::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    Ok(())
}

const READING: &str = "reading the notebook";

/// The entry of a target, to be changed: nobody else changes it until the transaction ends. A question that was asked and has none
/// gets one.
async fn open(
    app: &App,
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    target: Target,
) -> Result<notebook_entry::Model, Error> {
    let mut query = notebook_entry::Entity::find().filter(notebook_entry::Column::UserId.eq(viewer.id));
    query = match target {
        Target::Entry(id) => query.filter(notebook_entry::Column::Id.eq(id)),
        Target::Asked { interview, position } => {
            let loaded = store::lock_owned(transaction, viewer, interview).await?;
            let main = loaded.questions.iter().find(|main| main.position == position);
            let main = main.filter(|main| main.status != QuestionStatus::Pending);
            let asked = main.and_then(|main| Asked::of(&loaded, main)).ok_or(Problem::NotFound)?;
            insert(transaction, &(&asked).into(), app.now()).await?;
            query
                .filter(notebook_entry::Column::QuestionKey.eq(asked.key()))
                .filter(notebook_entry::Column::Language.eq(asked.language.as_str()))
        }
        Target::Question { key, language } => {
            let known = known(app, transaction, &key, language).await?.ok_or(Problem::NotFound)?;
            let new = NewEntry {
                user_id: viewer.id,
                key: key.clone(),
                language,
                field: known.field,
                topic: known.topic.as_deref(),
                question: &known.question.question,
                interview: Uuid::nil(),
                position: 0,
            };
            insert(transaction, &new, app.now()).await?;
            query
                .filter(notebook_entry::Column::QuestionKey.eq(key))
                .filter(notebook_entry::Column::Language.eq(language.as_str()))
        }
    };
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == sea_orm::DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    Ok(query.one(transaction).await?.ok_or(Problem::NotFound)?)
}

fn change(id: Uuid, now: DateTime<Utc>) -> UpdateMany<notebook_entry::Entity> {
    notebook_entry::Entity::update_many()
        .col_expr(notebook_entry::Column::UpdatedAt, Expr::value(now))
        .filter(notebook_entry::Column::Id.eq(id))
}
