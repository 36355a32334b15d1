//! What a person can do with the cards. Every function takes the viewer and touches nothing of anybody else's; [`learn`] alone makes
//! cards, for the person whose interview it is.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, UpdateMany,
};
use uuid::Uuid;

use super::queue::{Waiting, queue};
use super::schedule::Memory;
use super::{
    CardPage, CardState, CardSummary, CardView, CheckedCard, DrillView, FoundPoint, RECALL_MAX, Rating,
};
use crate::app::App;
use crate::entities::drill_card;
use crate::error::{Error, OrInternal};
use crate::interview::asked::Asked;
use crate::interview::store::{signed, unsigned};
use crate::interview::{Feedback, PointFeedback};
use crate::questions::{Field, Language, Question, Topic};
use crate::quotas::day::{beginning_of, day_of, end_of};
use crate::scoring::{KeyPoints, Verdict, cover};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason, accounts, markup};

/// Cards on a page of the list.
const PAGE: u32 = 50;

/// Makes cards of the points that an answer missed, and reviews those that are there: as forgotten when the point was missed again,
/// as known when it was made. An answer that was too short says nothing about points and changes nothing; of one that was off the
/// topic only the must-points count.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn learn(
    transaction: &DatabaseTransaction,
    asked: &Asked<'_>,
    feedback: &Feedback,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if feedback.too_short {
        return Ok(());
    }
    let known = cards_of(transaction, asked).await?;
    for point in feedback.points.iter().filter(|point| point.must || !feedback.off_topic) {
        let card = known.iter().find(|card| card.point_id == point.id);
        match (card, point.verdict) {
            (Some(card), verdict) => meet_again(transaction, card, verdict, now).await?,
            (None, Verdict::Covered) => {}
            (None, Verdict::Partly | Verdict::NotFound) => make(transaction, asked, point, now).await?,
        }
    }
    Ok(())
}

/// The cards of a question. Nobody else reviews them until the transaction ends.
async fn cards_of(
    transaction: &DatabaseTransaction,
    asked: &Asked<'_>,
) -> Result<Vec<drill_card::Model>, Error> {
    let mut query = drill_card::Entity::find()
        .filter(drill_card::Column::UserId.eq(asked.user_id))
        .filter(drill_card::Column::QuestionKey.eq(asked.key()))
        .filter(drill_card::Column::Language.eq(asked.language.as_str()));
    // SQLite's transactions lock everything anyway, and it knows no row locks.
    if transaction.get_database_backend() == sea_orm::DbBackend::Postgres {
        query = query.lock_exclusive();
    }
    Ok(query.all(transaction).await?)
}

async fn make(
    connection: &impl ConnectionTrait,
    asked: &Asked<'_>,
    point: &PointFeedback,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let memory = Memory::new(now);
    let made = asked.bank_id.is_none().then(|| serde_json::to_value(asked.question));
    drill_card::Entity::insert(drill_card::ActiveModel {
        id: Set(Uuid::now_v7()),
        user_id: Set(asked.user_id),
        question_key: Set(asked.key()),
        point_id: Set(point.id.clone()),
        language: Set(asked.language.to_string()),
        field: Set(asked.field.to_string()),
        topic: Set(asked.topic().map(str::to_owned)),
        question: Set(asked.question.question.clone()),
        intent: Set(asked.question.intent.clone()),
        say: Set(point.say.clone()),
        must: Set(point.must),
        weight: Set(signed(point.weight)),
        made_question: Set(made.transpose().or_internal("storing a question")?),
        missed: Set(1),
        made: Set(0),
        last_verdict: Set(point.verdict.to_string()),
        state: Set(memory.state.to_string()),
        due_at: Set(memory.due_at),
        stability: Set(memory.stability),
        difficulty: Set(memory.difficulty),
        reps: Set(0),
        lapses: Set(0),
        last_review_at: Set(None),
        begun_at: Set(None),
        created_at: Set(now),
    })
    // Two interviews that ask the same at once, on two nodes: one card.
    .on_conflict(
        OnConflict::columns([
            drill_card::Column::UserId,
            drill_card::Column::QuestionKey,
            drill_card::Column::PointId,
            drill_card::Column::Language,
        ])
        .do_nothing_on([drill_card::Column::Id])
        .to_owned(),
    )
    .exec_without_returning(connection)
    .await?;
    Ok(())
}

async fn meet_again(
    connection: &impl ConnectionTrait,
    card: &drill_card::Model,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let (counter, rating) = match verdict {
        Verdict::Covered => (drill_card::Column::Made, Rating::Good),
        Verdict::Partly | Verdict::NotFound => (drill_card::Column::Missed, Rating::Again),
    };
    store_review(card.id, &memory(card)?.reviewed(rating, now))
        .col_expr(counter, Expr::col(counter).add(1))
        .col_expr(drill_card::Column::LastVerdict, Expr::value(verdict.as_str()))
        .exec(connection)
        .await?;
    Ok(())
}

/// Where the person stands, and the card that comes next.
///
/// # Errors
/// Internal ones only.
pub async fn due(app: &App, viewer: &Viewer) -> Result<DrillView, Error> {
    let now = app.now();
    let zone = accounts::zone(&viewer.time_zone);
    let today = day_of(now, zone);
    let snapshot = app.database.snapshot().await?;
    // What their order depends on: with all that they say, thousands of cards fill the memory.
    let cards: Vec<Row> = drill_card::Entity::find()
        .filter(drill_card::Column::UserId.eq(viewer.id))
        .select_only()
        .columns([
            drill_card::Column::Id,
            drill_card::Column::State,
            drill_card::Column::DueAt,
            drill_card::Column::BegunAt,
            drill_card::Column::Must,
            drill_card::Column::Weight,
        ])
        .into_tuple()
        .all(&snapshot)
        .await?;
    let waiting = cards.into_iter().map(waiting).collect::<Result<Vec<_>, _>>()?;
    let queue = queue(&waiting, now, (beginning_of(today, zone), end_of(today, zone)));
    let next = match queue.next {
        Some(id) => Some(owned(&snapshot, viewer, id).await?),
        None => None,
    };
    snapshot.commit().await?;
    Ok(DrillView {
        due: queue.due,
        counts: queue.counts,
        card: next.map(|card| card_view(app, &card)).transpose()?,
        next_at: queue.next_at,
    })
}

/// Id, state, when it is due, when it was begun, whether it is a must, weight.
type Row = (Uuid, String, DateTime<Utc>, Option<DateTime<Utc>>, bool, i32);

fn waiting((id, state, due_at, begun_at, must, weight): Row) -> Result<Waiting, Error> {
    Ok(Waiting { id, state: state.parse().or_internal(READING)?, due_at, begun_at, must, weight })
}

fn card_view(app: &App, card: &drill_card::Model) -> Result<CardView, Error> {
    Ok(CardView {
        id: card.id,
        reps: unsigned(card.reps),
        field: card.field.parse().or_internal(READING)?,
        topic: topic(app, card),
        language: card.language.parse().or_internal(READING)?,
        question: card.question.clone(),
        must: card.must,
        missed: unsigned(card.missed),
    })
}

/// Shows the point of a card, and what the built-in scorer finds of it in what the person wrote. Nothing is stored.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Invalid`] on `answer` when the text is over-long; [`Problem::TooManyAttempts`].
pub async fn check(app: &App, viewer: &Viewer, id: Uuid, text: &str) -> Result<CheckedCard, Error> {
    let card = owned(app.database.reader(), viewer, id).await?;
    if text.chars().take(RECALL_MAX as usize + 1).count() > RECALL_MAX as usize {
        let reason = Reason::TooLong { max: RECALL_MAX };
        return Err(Problem::Invalid { field: InputField::Answer, reason }.into());
    }
    let question = question(app, &card)?;
    let found = match &question {
        Some(question) if !text.trim().is_empty() => {
            app.throttle.recall(viewer.id)?;
            find(app, question, &card.point_id, text).await?
        }
        _ => None,
    };
    Ok(CheckedCard {
        suggested: found.as_ref().map(|found| suggested(found.verdict)),
        found,
        choices: memory(&card)?.choices(app.now()),
        model_answer_html: question
            .map(|question| markup::render(&question.model_answer))
            .unwrap_or_default(),
        intent_html: markup::render(&card.intent),
        say: card.say,
    })
}

/// What a text says of one point of a question.
async fn find(app: &App, question: &Question, point: &str, text: &str) -> Result<Option<FoundPoint>, Error> {
    let (question, point, text) = (question.clone(), point.to_owned(), text.to_owned());
    let finding = move || {
        // Who recalls one point says little else of the question: that is not off the topic.
        let coverage = cover(&KeyPoints::new(&question).in_any_text(), &[&text]);
        let point = coverage.point(&point)?;
        Some(FoundPoint { verdict: point.verdict, spans: point.spans.clone() })
    };
    app.cores.run("looking for a point", finding).await
}

const fn suggested(verdict: Verdict) -> Rating {
    match verdict {
        Verdict::Covered => Rating::Good,
        Verdict::Partly => Rating::Hard,
        Verdict::NotFound => Rating::Again,
    }
}

/// The whole question of a card. None when it has left the bank.
fn question(app: &App, card: &drill_card::Model) -> Result<Option<Question>, Error> {
    if let Some(made) = &card.made_question {
        return Ok(Some(serde_json::from_value(made.clone()).or_internal(READING)?));
    }
    let language: Language = card.language.parse().or_internal(READING)?;
    Ok(app.bank.get(&card.question_key, language).map(|question| question.as_ref().clone()))
}

/// Takes a rating of the card and says when it comes back. `reps` is what the page knew: the same press counts once.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::OutOfDate`] when the card was reviewed meanwhile.
pub async fn review(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    reps: u32,
    rating: Rating,
) -> Result<DateTime<Utc>, Error> {
    let now = app.now();
    let transaction = app.database.begin().await?;
    let card = owned(&transaction, viewer, id).await?;
    let before = memory(&card)?;
    let after = before.reviewed(rating, now);
    let mut update = store_review(card.id, &after)
        .filter(drill_card::Column::UserId.eq(viewer.id))
        .filter(drill_card::Column::Reps.eq(signed(reps)));
    if before.state == CardState::New {
        update = update.col_expr(drill_card::Column::BegunAt, Expr::value(now));
    }
    // Two presses at once may both have read the card; only one finds it as it was.
    if before.reps != reps || update.exec(&transaction).await?.rows_affected == 0 {
        return Err(Problem::OutOfDate.into());
    }
    transaction.commit().await?;
    Ok(after.due_at)
}

/// A page of the cards, newest first. A field that is none filters nothing.
///
/// # Errors
/// Internal ones only.
pub async fn list(
    app: &App,
    viewer: &Viewer,
    field: Option<&str>,
    after: Option<Uuid>,
) -> Result<CardPage, Error> {
    list_page(app, viewer, field, after, PAGE).await
}

/// The same with another number of cards on a page.
///
/// # Errors
/// Internal ones only.
pub async fn list_page(
    app: &App,
    viewer: &Viewer,
    field: Option<&str>,
    after: Option<Uuid>,
    size: u32,
) -> Result<CardPage, Error> {
    let mut query = drill_card::Entity::find().filter(drill_card::Column::UserId.eq(viewer.id));
    if let Some(field) = field.and_then(|field| field.parse::<Field>().ok()) {
        query = query.filter(drill_card::Column::Field.eq(field.as_str()));
    }
    if let Some(after) = after {
        query = query.filter(drill_card::Column::Id.lt(after));
    }
    let mut rows = query
        .order_by_desc(drill_card::Column::Id)
        .limit(u64::from(size) + 1)
        .all(app.database.reader())
        .await?;
    let more = rows.len() > size as usize;
    rows.truncate(size as usize);
    let next = rows.last().filter(|_| more).map(|row| row.id);
    let cards = rows.iter().map(|card| summary(app, card)).collect::<Result<_, _>>()?;
    Ok(CardPage { cards, next })
}

fn summary(app: &App, card: &drill_card::Model) -> Result<CardSummary, Error> {
    Ok(CardSummary {
        id: card.id,
        field: card.field.parse().or_internal(READING)?,
        topic: topic(app, card),
        question: card.question.clone(),
        say: card.say.clone(),
        must: card.must,
        state: card.state.parse().or_internal(READING)?,
        due_at: card.due_at,
        missed: unsigned(card.missed),
        made: unsigned(card.made),
    })
}

/// Deletes a card. The point becomes a new one when it is missed again.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn remove(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Error> {
    let deleted = drill_card::Entity::delete_many()
        .filter(drill_card::Column::Id.eq(id))
        .filter(drill_card::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if deleted.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    Ok(())
}

const READING: &str = "reading a card";

async fn owned(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
    id: Uuid,
) -> Result<drill_card::Model, Error> {
    let card = drill_card::Entity::find_by_id(id)
        .filter(drill_card::Column::UserId.eq(viewer.id))
        .one(connection)
        .await?;
    Ok(card.ok_or(Problem::NotFound)?)
}

fn memory(card: &drill_card::Model) -> Result<Memory, Error> {
    Ok(Memory {
        state: card.state.parse().or_internal(READING)?,
        due_at: card.due_at,
        stability: card.stability,
        difficulty: card.difficulty,
        reps: unsigned(card.reps),
        lapses: unsigned(card.lapses),
        last_review_at: card.last_review_at,
    })
}

/// Writes down what a review has made of a card.
fn store_review(id: Uuid, memory: &Memory) -> UpdateMany<drill_card::Entity> {
    drill_card::Entity::update_many()
        .col_expr(drill_card::Column::State, Expr::value(memory.state.as_str()))
        .col_expr(drill_card::Column::DueAt, Expr::value(memory.due_at))
        .col_expr(drill_card::Column::Stability, Expr::value(memory.stability))
        .col_expr(drill_card::Column::Difficulty, Expr::value(memory.difficulty))
        .col_expr(drill_card::Column::Reps, Expr::value(signed(memory.reps)))
        .col_expr(drill_card::Column::Lapses, Expr::value(signed(memory.lapses)))
        .col_expr(drill_card::Column::LastReviewAt, Expr::value(memory.last_review_at))
        .filter(drill_card::Column::Id.eq(id))
}

fn topic(app: &App, card: &drill_card::Model) -> Option<Topic> {
    app.bank.topic(card.topic.as_deref()?).cloned()
}
