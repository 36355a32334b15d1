//! Interviews that the chat opens: finding them, beginning one in the place of another, and waiting for the interviewer.

use std::time::Duration;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};
use tokio::time::Instant;
use uuid::Uuid;

use super::begin::{Begun, Plan, begin};
use super::room::finish;
use super::start::fill;
use crate::Problem;
use crate::accounts::hold::{Hold, hold};
use crate::app::App;
use crate::entities::{interview, turn};
use crate::error::Error;
use crate::interview::setup::Setup;
use crate::interview::{Status, TurnStatus, speech, store};
use crate::viewer::Viewer;

/// How often the database is looked at without being told to: another node may be speaking.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The first interview that the chat opened and that began.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn first_by_chat(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<Option<interview::Model>, Error> {
    Ok(began_by_chat(viewer).order_by_asc(interview::Column::Id).one(connection).await?)
}

/// What was said in interviews that the chat opened, latest first.
pub(crate) fn said_by_chat(viewer: &Viewer) -> Select<turn::Entity> {
    let began = began_by_chat(viewer).select_only().column(interview::Column::Id).into_query();
    turn::Entity::find()
        .filter(turn::Column::InterviewId.in_subquery(began))
        .filter(turn::Column::Status.eq(TurnStatus::Done.as_str()))
        // A skipped question is a turn without words.
        .filter(turn::Column::Text.ne(""))
        .order_by_desc(turn::Column::InterviewId)
        .order_by_desc(turn::Column::Number)
}

/// The interview that the chat opened last.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn last_by_chat(
    connection: &impl ConnectionTrait,
    viewer: &Viewer,
) -> Result<Option<interview::Model>, Error> {
    Ok(by_chat(viewer).order_by_desc(interview::Column::Id).one(connection).await?)
}

fn began_by_chat(viewer: &Viewer) -> Select<interview::Entity> {
    by_chat(viewer).filter(interview::Column::Status.ne(Status::Failed.as_str()))
}

fn by_chat(viewer: &Viewer) -> Select<interview::Entity> {
    interview::Entity::find()
        .filter(interview::Column::UserId.eq(viewer.id))
        .filter(interview::Column::ChatTopic.is_not_null())
}

/// The plan of an interview that the chat opens on a topic as it was typed. `recent` as in [`fill`].
///
/// # Errors
/// [`Problem::NoQuestions`] when nothing fits the setup.
pub(crate) fn plan_for_chat(
    app: &App,
    setup: Setup,
    topic: &str,
    recent: &[String],
) -> Result<Plan, Problem> {
    Ok(Plan { chat_topic: Some(topic.to_owned()), ..fill(app, Uuid::now_v7(), setup, recent)? })
}

/// Begins an interview by the chat, and ends the one that it takes the place of: `before`, the last one as the caller knows it. The
/// unit, both interviews and their turns are one transaction. The new one is not spoken yet.
///
/// # Errors
/// [`Problem::OutOfDate`] when another message was faster, or the interviewer is speaking; [`Problem::QuotaReached`].
pub(crate) async fn begin_by_chat(
    app: &App,
    viewer: &Viewer,
    plan: &Plan,
    before: Option<Uuid>,
) -> Result<Begun, Error> {
    let transaction = app.database.begin().await?;
    lock_person(&transaction, viewer).await?;
    let last = last_by_chat(&transaction, viewer).await?.map(|row| row.id);
    if last != before {
        return Err(Problem::OutOfDate.into());
    }
    let mut closing = None;
    if let Some(last) = last {
        let loaded = store::lock_owned(&transaction, viewer, last).await?;
        if loaded.turns.last().is_some_and(|turn| turn.view.status == TurnStatus::Running) {
            return Err(Problem::OutOfDate.into());
        }
        if matches!(loaded.summary.status, Status::Running | Status::Paused) {
            closing = Some((last, finish(app, &transaction, &loaded).await?));
        }
    }
    let begun = begin(app, &transaction, viewer, plan).await?;
    transaction.commit().await?;
    if let Some((interview, turn)) = closing {
        speech::spawn(app, interview, turn);
    }
    Ok(begun)
}

/// Lets one message of a person after the other begin an interview. Answers, which add rows of the person, do not wait for it.
async fn lock_person(transaction: &DatabaseTransaction, viewer: &Viewer) -> Result<(), Error> {
    hold(transaction, viewer.id, Hold::Account).await?.ok_or(Problem::SignInRequired)?;
    Ok(())
}

/// What became of a turn of the interviewer.
pub(crate) enum TurnEnd {
    Done(String),
    Failed(Problem),
    StillRunning,
}

/// Waits until a turn is over, at most until the deadline.
///
/// # Errors
/// [`Problem::NotFound`] when it was deleted meanwhile; [`Problem::Busy`] when the program ends.
pub(crate) async fn turn_end(
    app: &App,
    interview: Uuid,
    turn: Uuid,
    deadline: Instant,
) -> Result<TurnEnd, Error> {
    let room = app.rooms.enter(interview);
    let mut live = room.subscribe();
    loop {
        // Before the look: what happens behind it is heard.
        let version = live.borrow_and_update().version;
        let row = turn::Entity::find_by_id(turn).one(app.database.reader()).await?;
        let turn = store::turn(row.ok_or(Problem::NotFound)?)?.view;
        match turn.status {
            TurnStatus::Done => return Ok(TurnEnd::Done(turn.text)),
            TurnStatus::Failed => return Ok(TurnEnd::Failed(turn.problem.unwrap_or(Problem::Internal))),
            TurnStatus::Running => {}
        }
        if Instant::now() >= deadline {
            return Ok(TurnEnd::StillRunning);
        }
        let look_again = deadline.min(Instant::now() + LOOK_EVERY);
        let changed = async {
            let _ = live.wait_for(|live| live.version != version).await;
        };
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep_until(look_again) => {}
            () = app.shutdown.cancelled() => return Err(Problem::Busy.into()),
        }
    }
}
