//! What a person does with today's question. Looking at it stores nothing; swapping and answering do.

use std::sync::Arc;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    QuerySelect,
};
use uuid::Uuid;

use super::choose::{self, Wishes};
use super::{SWAPS_MAX, TodayQuestion, TodayView};
use crate::app::App;
use crate::entities::today_question;
use crate::error::Error;
use crate::interview::feedback::{Outcome, overall};
use crate::interview::service as interviews;
use crate::interview::{Band, InterviewSummary, Mode, NewPractice, Status, select, store};
use crate::questions::{Level, Question, topic_of};
use crate::quotas::day::{beginning_of, day_of};
use crate::viewer::Viewer;
use crate::{Problem, accounts};

/// Today's question of the viewer.
///
/// # Errors
/// Internal ones only.
pub async fn today(app: &App, viewer: &Viewer) -> Result<TodayView, Error> {
    let day = Day::of(app, viewer).await?;
    let connection = app.database.reader();
    let row = today_question::Entity::find_by_id((viewer.id, day.date)).one(connection).await?;
    let answered = answered_in(connection, viewer, row.as_ref()).await?;
    Ok(TodayView {
        question: day.current(row.as_ref()).map(|question| shown(app, question)),
        swaps: swaps(row.as_ref()),
        answered,
    })
}

/// Takes another question for today. `swaps` is how often that was done as the page knows it, so that a press counts once.
///
/// # Errors
/// [`Problem::OutOfDate`] when it was swapped or answered meanwhile, or may not be swapped any more; [`Problem::NoQuestions`] when there
/// is no other.
pub async fn swap(app: &App, viewer: &Viewer, swaps: u32) -> Result<(), Error> {
    let day = Day::of(app, viewer).await?;
    let current = day.current(None).ok_or(Problem::NoQuestions)?;
    let transaction = app.database.begin().await?;
    let row = lock(&transaction, viewer, &day, current).await?;
    if swaps >= SWAPS_MAX {
        return Err(Problem::OutOfDate.into());
    }
    check_open(&transaction, viewer, &row, swaps).await?;
    let other = day.next(&row.question_id).ok_or(Problem::NoQuestions)?;
    change(&row)
        .col_expr(today_question::Column::QuestionId, Expr::value(other.id.as_str()))
        .col_expr(today_question::Column::Swaps, Expr::value(row.swaps + 1))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Starts an interview on today's question alone and returns its id. It costs a unit like any other. `swaps` as in [`swap`]. The same
/// request id gives the same interview.
///
/// # Errors
/// [`Problem::OutOfDate`] when it was swapped or answered meanwhile; [`Problem::NoQuestions`], [`Problem::QuotaReached`].
pub async fn answer(app: &App, viewer: &Viewer, swaps: u32, request_id: Uuid) -> Result<Uuid, Error> {
    let day = Day::of(app, viewer).await?;
    let current = day.current(None).ok_or(Problem::NoQuestions)?;
    let transaction = app.database.begin().await?;
    // The row is locked and says whether it was answered, so that a second press begins no second interview.
    let row = lock(&transaction, viewer, &day, current).await?;
    if let Some(id) = interviews::begun_before(&transaction, viewer, request_id).await? {
        return Ok(id);
    }
    check_open(&transaction, viewer, &row, swaps).await?;
    let question = day.current(Some(&row)).ok_or(Problem::NoQuestions)?;
    let plan = interviews::practice(
        app,
        &NewPractice {
            request_id,
            question_ids: vec![question.id.clone()],
            language: viewer.language.to_string(),
            mode: Mode::Coaching.to_string(),
        },
    )
    .await?;
    let begun = interviews::begin(app, &transaction, viewer, &plan).await?;
    change(&row)
        .col_expr(today_question::Column::QuestionId, Expr::value(question.id.as_str()))
        .col_expr(today_question::Column::AnsweredInterviewId, Expr::value(begun.id))
        .exec(&transaction)
        .await?;
    transaction.commit().await?;
    begun.speak(app);
    Ok(begun.id)
}

/// A person's day, and the questions that it has for them.
struct Day {
    date: NaiveDate,
    order: Vec<Arc<Question>>,
    asked: Vec<String>,
}

impl Day {
    async fn of(app: &App, viewer: &Viewer) -> Result<Self, Error> {
        let zone = accounts::zone(&viewer.time_zone);
        let date = day_of(app.now(), zone);
        let begins = beginning_of(date, zone);
        let before = interviews::recent(app, viewer, begins).await?;
        let wishes = Wishes {
            fields: accounts::service::profile(app, viewer).await?.fields,
            weak_topics: weak_topics(&before.questions),
            recent: before.questions.into_iter().map(|(id, _)| id).collect(),
        };
        // Somebody who has not sat an interview is asked what everybody should know.
        let level = before.level.unwrap_or(Level::Entry);
        let pool = app
            .bank
            .questions(viewer.language, None, None, None)
            .filter(|question| select::suits(question, level))
            .map(|question| (app.bank.field_of(question), question.as_ref()));
        let order = choose::order(pool, &wishes, viewer.id, date);
        let banked = |question: &&Question| app.bank.get(&question.id, viewer.language).cloned();
        Ok(Self {
            date,
            order: order.iter().filter_map(banked).collect(),
            asked: interviews::asked_since(app, viewer, begins).await?,
        })
    }

    fn order(&self) -> Vec<&Question> {
        self.order.iter().map(AsRef::as_ref).collect()
    }

    /// The question that the row holds, if the bank still has it; else the day's first.
    fn current(&self, row: Option<&today_question::Model>) -> Option<&Question> {
        let order = self.order();
        let kept = row.and_then(|row| order.iter().find(|question| question.id == row.question_id).copied());
        kept.or_else(|| choose::first(&order, &self.asked))
    }

    fn next(&self, current: &str) -> Option<&Question> {
        choose::next(&self.order(), current, &self.asked)
    }
}

/// The topics that the last interviews explained in part at most.
fn weak_topics(questions: &[(String, Outcome)]) -> Vec<String> {
    let mut by_topic: Vec<(&str, Vec<Outcome>)> = Vec::new();
    for (id, outcome) in questions {
        let topic = topic_of(id);
        match by_topic.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, outcomes)) => outcomes.push(*outcome),
            None => by_topic.push((topic, vec![*outcome])),
        }
    }
    let weak = |outcomes: &[Outcome]| matches!(overall(outcomes), Band::Some | Band::Practise);
    by_topic.into_iter().filter(|(_, outcomes)| weak(outcomes)).map(|(topic, _)| topic.to_owned()).collect()
}

fn shown(app: &App, question: &Question) -> TodayQuestion {
    TodayQuestion {
        id: question.id.clone(),
        question: question.question.clone(),
        language: question.language,
        topic: app.bank.topic(topic_of(&question.id)).cloned(),
        level: question.level,
        kind: question.kind,
        minutes: question.minutes,
    }
}

fn swaps(row: Option<&today_question::Model>) -> u32 {
    row.map_or(0, |row| row.swaps.try_into().unwrap_or(0))
}

/// The day's row, to be changed: nobody else changes it until the transaction ends. It is made when it is not there.
async fn lock(
    transaction: &DatabaseTransaction,
    viewer: &Viewer,
    day: &Day,
    current: &Question,
) -> Result<today_question::Model, Error> {
    today_question::Entity::insert(today_question::ActiveModel {
        user_id: Set(viewer.id),
        day: Set(day.date),
        question_id: Set(current.id.clone()),
        swaps: Set(0),
        answered_interview_id: Set(None),
    })
    .on_conflict(
        OnConflict::columns([today_question::Column::UserId, today_question::Column::Day])
            .do_nothing_on([today_question::Column::UserId])
            .to_owned(),
    )
    .exec_without_returning(transaction)
    .await
    .map_err(Error::adding_to_account)?;
    let mut query = today_question::Entity::find_by_id((viewer.id, day.date));
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    Ok(query.one(transaction).await?.ok_or(Problem::OutOfDate)?)
}

/// Whether the row is as the page knows it, and not answered.
async fn check_open(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    row: &today_question::Model,
    swaps: u32,
) -> Result<(), Error> {
    if self::swaps(Some(row)) != swaps || answered_in(connection, viewer, Some(row)).await?.is_some() {
        return Err(Problem::OutOfDate.into());
    }
    Ok(())
}

/// The interview that the row names. One that failed before its first word answers nothing.
async fn answered_in(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    row: Option<&today_question::Model>,
) -> Result<Option<InterviewSummary>, Error> {
    let Some(id) = row.and_then(|row| row.answered_interview_id) else { return Ok(None) };
    let interview = store::find_summary(connection, viewer, id).await?;
    Ok(interview.filter(|interview| interview.status != Status::Failed))
}

fn change(row: &today_question::Model) -> sea_orm::UpdateMany<today_question::Entity> {
    today_question::Entity::update_many()
        .filter(today_question::Column::UserId.eq(row.user_id))
        .filter(today_question::Column::Day.eq(row.day))
}
