//! What people can do with past questions. What is not approved nobody sees but who handed it in, and moderators.

mod moderate;

use std::sync::Arc;

use chrono::{Days, Duration};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend,
    EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub use super::library::PastLibrary;
pub use moderate::{approve, edit, make_key, moderation, reject, save_key};

use super::library::Entry;
use super::near::nearness;
use super::{
    A_DAY_MAX, Aim, CompanyOption, Nearness, NewPastQuestion, OwnPastQuestion, PAST_PAGE, PastFilter,
    PastPage, PastQuestion, PastQuestionPage, PastStatus, WAITING_MAX, input, past_key, row,
};
use crate::app::App;
use crate::entities::{past_question, user};
use crate::error::Error;
use crate::questions::service::{Known, may_be_same, percent, similar as similar_of_bank};
use crate::questions::{Field, Language, NEAREST, Question, SEARCH_MAX, SimilarPlace, SimilarQuestion};
use crate::viewer::Viewer;
use crate::{Problem, markup, notebook};

/// Most of one's own that are listed.
const OWN_MAX: u64 = 200;

/// Hands a past question in. It waits for a moderator. The same request id gives the same one.
///
/// # Errors
/// [`Problem::Invalid`] on a field; [`Problem::TooManyWaiting`] when so many wait already; [`Problem::TooManyAttempts`] when so many were
/// handed in within a day.
pub async fn add(app: &App, viewer: &Viewer, new: NewPastQuestion) -> Result<OwnPastQuestion, Error> {
    let now = app.now();
    // Somewhere it is tomorrow already.
    let today = now.date_naive() + Days::new(1);
    let details = input::parse(&app.bank, &new.details, today)?;
    let transaction = app.database.begin().await?;
    lock_person(&transaction, viewer).await?;
    let own = || past_question::Entity::find().filter(past_question::Column::UserId.eq(viewer.id));
    if let Some(same) =
        own().filter(past_question::Column::RequestId.eq(new.request_id)).one(&transaction).await?
    {
        return own_view(app, same);
    }
    has_place(&transaction, viewer).await?;
    let day_ago = now - Duration::days(1);
    let lately = own()
        .filter(past_question::Column::Status.ne(PastStatus::Kept.as_str()))
        .filter(past_question::Column::CreatedAt.gt(day_ago));
    let lately = lately.order_by_asc(past_question::Column::CreatedAt).all(&transaction).await?;
    if lately.len() >= A_DAY_MAX as usize
        && let Some(first) = lately.first()
    {
        let wait = (first.created_at - day_ago).num_seconds().max(1);
        let retry_after_seconds = u32::try_from(wait).unwrap_or(u32::MAX);
        return Err(Problem::TooManyAttempts { retry_after_seconds }.into());
    }
    let row = past_question::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(Some(viewer.id)),
        request_id: Set(new.request_id),
        language: Set(details.language.to_string()),
        field: Set(details.field.to_string()),
        topic: Set(details.topic),
        level: Set(details.level.to_string()),
        company: Set(details.company),
        job: Set(details.job),
        asked_on: Set(details.asked_on),
        source: Set(details.source),
        source_url: Set(details.source_url),
        question: Set(details.question),
        status: Set(PastStatus::Pending.to_string()),
        reason: Set(None),
        answer_key: Set(None),
        by_model: Set(false),
        rev: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        decided_at: Set(None),
    };
    let row = row.insert(&transaction).await?;
    transaction.commit().await?;
    own_view(app, row)
}

/// Hands in what was brought along from elsewhere. From now on it waits for a moderator, as if it had been added here. What waits already
/// goes on waiting.
///
/// # Errors
/// [`Problem::NotFound`], also when it is somebody else's; [`Problem::OutOfDate`] when it was decided on; [`Problem::TooManyWaiting`].
pub async fn hand_in(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let transaction = app.database.begin().await?;
    lock_person(&transaction, viewer).await?;
    let own = past_question::Entity::find_by_id(id).filter(past_question::Column::UserId.eq(viewer.id));
    let row = own.one(&transaction).await?.ok_or(Problem::NotFound)?;
    match row::status(&row)? {
        PastStatus::Pending => return Ok(()),
        PastStatus::Approved | PastStatus::Rejected => return Err(Problem::OutOfDate.into()),
        PastStatus::Kept => has_place(&transaction, viewer).await?,
    }
    past_question::Entity::update_many()
        .col_expr(past_question::Column::Status, Expr::value(PastStatus::Pending.as_str()))
        .col_expr(past_question::Column::UpdatedAt, Expr::value(app.now()))
        .filter(past_question::Column::Id.eq(id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes sure that one more of a person's may wait.
async fn has_place(transaction: &DatabaseTransaction, viewer: &Viewer) -> Result<(), Error> {
    let waiting = past_question::Entity::find()
        .filter(past_question::Column::UserId.eq(viewer.id))
        .filter(past_question::Column::Status.eq(PastStatus::Pending.as_str()));
    match waiting.count(transaction).await? >= u64::from(WAITING_MAX) {
        true => Err(Problem::TooManyWaiting { max: WAITING_MAX }.into()),
        false => Ok(()),
    }
}

/// Lets one call of a person after the other count what there is.
async fn lock_person(transaction: &DatabaseTransaction, viewer: &Viewer) -> Result<(), Error> {
    let mut query = user::Entity::find_by_id(viewer.id);
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        query = query.lock(LockType::NoKeyUpdate);
    }
    query.one(transaction).await?.ok_or(Problem::SignInRequired)?;
    Ok(())
}

/// What the viewer handed in, newest first.
///
/// # Errors
/// Internal ones only.
pub async fn own(app: &App, viewer: &Viewer) -> Result<Vec<OwnPastQuestion>, Error> {
    let rows = past_question::Entity::find()
        .filter(past_question::Column::UserId.eq(viewer.id))
        .order_by_desc(past_question::Column::Id)
        .limit(OWN_MAX)
        .all(app.database.reader())
        .await?;
    rows.into_iter().map(|row| own_view(app, row)).collect()
}

fn own_view(app: &App, row: past_question::Model) -> Result<OwnPastQuestion, Error> {
    let content = row::content(&row)?;
    Ok(OwnPastQuestion {
        past: row::view(&app.bank, &row, content.as_ref())?,
        status: row::status(&row)?,
        reason: row.reason,
        created_at: row.created_at,
    })
}

/// Takes one's own past question back, whatever became of it. Interviews that asked it keep what they asked.
///
/// # Errors
/// [`Problem::NotFound`], also when it is somebody else's.
pub async fn withdraw(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = past_question::Entity::delete_many()
        .filter(past_question::Column::Id.eq(id))
        .filter(past_question::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 { Err(Problem::NotFound.into()) } else { Ok(()) }
}

/// Questions that a text may repeat, of the bank and among approved ones, the nearest first: shown while one is being added.
///
/// # Errors
/// Internal ones only.
pub async fn similar(
    app: &App,
    _viewer: &Viewer,
    text: &str,
    language: Language,
) -> Result<Vec<SimilarQuestion>, Error> {
    similar_to(app, text, language, None).await
}

/// The same, without the one that is being looked at.
async fn similar_to(
    app: &App,
    text: &str,
    language: Language,
    without: Option<Uuid>,
) -> Result<Vec<SimilarQuestion>, Error> {
    let text: String = text.chars().take(super::QUESTION_MAX as usize).collect();
    let approved = app.past_library.read(app).await?;
    let weighed = app.library().weigh(&text, language);
    let mut found = similar_of_bank(app, &text, language);
    for entry in approved.find(None) {
        let view = &entry.stored.view;
        if view.language != language || Some(view.id) == without {
            continue;
        }
        let alike = weighed.cosine(&entry.trigrams);
        if may_be_same(alike) {
            let place = SimilarPlace::Past(view.id);
            found.push(SimilarQuestion { place, question: view.question.clone(), percent: percent(alike) });
        }
    }
    found.sort_by_key(|similar| std::cmp::Reverse(similar.percent));
    found.truncate(NEAREST);
    Ok(found)
}

/// A page of the approved ones, counted from 0.
///
/// # Errors
/// Internal ones only.
pub async fn list(app: &App, viewer: &Viewer, filter: &PastFilter, page: u32) -> Result<PastPage, Error> {
    let start = (page as usize).saturating_mul(PAST_PAGE as usize);
    let (questions, total) = list_from(app, viewer, filter, start, PAST_PAGE as usize).await?;
    let approved = app.past_library.read(app).await?;
    Ok(PastPage {
        questions,
        total,
        companies: approved.values(|entry| &entry.stored.view.company),
        jobs: approved.values(|entry| &entry.stored.view.job),
    })
}

/// So many of the approved ones from a place on, and how many there are in all.
///
/// # Errors
/// Internal ones only.
pub async fn list_from(
    app: &App,
    _viewer: &Viewer,
    filter: &PastFilter,
    start: usize,
    size: usize,
) -> Result<(Vec<PastQuestion>, u32), Error> {
    let text: Option<String> =
        filter.text.as_deref().map(|text| text.chars().take(SEARCH_MAX as usize).collect());
    let field: Option<Field> = filter.field.as_deref().and_then(|field| field.parse().ok());
    let named = |wanted: &Option<String>, value: &str| {
        let wanted = wanted.as_deref().map(str::trim).filter(|wanted| !wanted.is_empty());
        wanted.is_none_or(|wanted| wanted.to_lowercase() == value.to_lowercase())
    };
    let approved = app.past_library.read(app).await?;
    let mut found = approved.find(text.as_deref());
    found.retain(|entry| {
        let view = &entry.stored.view;
        field.is_none_or(|field| field == view.field)
            && named(&filter.company, &view.company)
            && named(&filter.job, &view.job)
    });
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let page = found.into_iter().skip(start).take(size);
    Ok((page.map(|entry| entry.stored.view.clone()).collect(), total))
}

/// An approved one, with the viewer's star, memo and earlier answers.
///
/// # Errors
/// [`Problem::NotFound`], also while it waits.
pub async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<PastQuestionPage, Error> {
    let approved = app.past_library.read(app).await?;
    let stored = approved.get(id).ok_or(Problem::NotFound)?.stored.clone();
    let key = past_key(id);
    let language = stored.view.language;
    let question = &stored.question;
    Ok(PastQuestionPage {
        intent_html: markup::render(&question.intent),
        model_answer_html: markup::render(&question.model_answer),
        misconception_html: markup::render(&question.misconception),
        follow_ups: question.follow_ups.iter().map(|follow| follow.ask.clone()).collect(),
        by_model: stored.by_model,
        mark: notebook::service::mark_of(app, viewer, &key, language).await?,
        answers: notebook::service::answers_to(app, viewer, &key, language).await?,
        past: stored.view,
    })
}

/// The approved one of that id and language.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn known(
    app: &App,
    connection: &impl ConnectionTrait,
    id: Uuid,
    language: Language,
) -> Result<Option<Known>, Error> {
    // From the row rather than from memory: it may join a transaction.
    let row = past_question::Entity::find_by_id(id)
        .filter(past_question::Column::Status.eq(PastStatus::Approved.as_str()))
        .filter(past_question::Column::Language.eq(language.as_str()))
        .one(connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let stored = row::stored(&app.bank, row)?;
    let (field, topic) = (stored.view.field, stored.view.topic.map(|topic| topic.id));
    Ok(Some(Known { question: stored.question, field, topic }))
}

/// The companies that approved ones name, with the fields in which interviews can ask theirs first.
///
/// # Errors
/// Internal ones only.
pub async fn companies(app: &App, _viewer: &Viewer) -> Result<Vec<CompanyOption>, Error> {
    Ok(app.past_library.read(app).await?.companies())
}

/// The approved ones that interviews of a field ask, on one of the topics when some are named, and how near each is to one of the aims.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn pool(
    app: &App,
    field: Field,
    language: Language,
    topics: &[String],
    aims: &[Aim],
) -> Result<Vec<(Nearness, Arc<Question>)>, Error> {
    let approved = app.past_library.read(app).await?;
    let question = |entry: &Entry| (nearness(aims, &entry.stored.view), entry.stored.question.clone());
    Ok(approved.pool(field, language, topics).map(question).collect())
}

/// Lets go of the approved ones of an account that is about to be deleted: they are everybody's, and name nobody. The others go with it.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn release(connection: &impl ConnectionTrait, person: Uuid) -> Result<(), Error> {
    past_question::Entity::update_many()
        .col_expr(past_question::Column::UserId, Expr::value(Option::<Uuid>::None))
        .filter(past_question::Column::UserId.eq(person))
        .filter(past_question::Column::Status.eq(PastStatus::Approved.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}
