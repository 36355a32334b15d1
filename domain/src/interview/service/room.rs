//! Sitting an interview: opening the room, answering, and everything else that the candidate can do there.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::app::App;
use crate::entities::{interview, turn};
use crate::error::{Error, OrInternal};
use crate::interview::feedback::builtin_label;
use crate::interview::steps::{self, Step};
use crate::interview::store::{self, Loaded, NewTurn, Turn};
use crate::interview::{
    ANSWER_MAX, Mode, QuestionFeedback, QuestionStatus, RoomAction, RoomView, Speaker, Status, TurnKind,
    TurnStatus, TurnView, script, speech,
};
use crate::quotas::{self, LimitedAction};
use crate::viewer::Viewer;
use crate::{InputField, Problem, Reason, markup};

/// Everything that the room shows.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn room(app: &App, viewer: &Viewer, id: Uuid) -> Result<RoomView, Error> {
    let loaded = store::read_owned(&app.database, viewer, id).await?;
    Ok(RoomView {
        position: loaded.position(),
        elapsed_seconds: loaded.elapsed_seconds(app.now()),
        turns: loaded.turns.iter().map(|turn| current(app, &loaded, turn)).collect(),
        feedback: visible_feedback(&loaded),
        draft: loaded.row.draft.clone(),
        can_ask_intent: loaded.can_ask_intent(),
        interview: loaded.summary,
    })
}

/// A turn as it is this moment: the text of a running one is ahead of the database.
pub(super) fn current(app: &App, loaded: &Loaded, turn: &Turn) -> TurnView {
    let mut view = turn.view.clone();
    if view.status == TurnStatus::Running
        && let Some(room) = app.rooms.find(loaded.row.id)
        && let Some(speech) = &room.subscribe().borrow().speech
        && speech.number == view.number
    {
        view.attempt = speech.attempt;
        view.text.clone_from(&speech.text);
    }
    view
}

/// The feedback that may be read while the interview goes on.
pub(super) fn visible_feedback(loaded: &Loaded) -> Vec<QuestionFeedback> {
    if loaded.summary.mode != Mode::Coaching {
        return vec![];
    }
    loaded
        .questions
        .iter()
        .filter(|question| !question.assessments.is_empty())
        .map(|question| QuestionFeedback {
            position: question.position,
            feedback: question.feedback().cloned(),
        })
        .collect()
}

/// Takes an answer. It is stored when this returns, and the interviewer answers by itself. The same request id is the same answer.
///
/// # Errors
/// [`Problem::Invalid`] on `answer`, [`Problem::OutOfDate`] when `number` is not the turn that is awaited.
pub async fn answer(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    number: u32,
    request_id: Uuid,
    text: String,
) -> Result<(), Error> {
    take_answer(app, viewer, id, Sent { number, request_id, text, pays: None }).await?;
    Ok(())
}

/// An answer as it was sent.
pub(crate) struct Sent {
    /// The turn that it is.
    pub number: u32,
    /// The same id is the same answer.
    pub request_id: Uuid,
    pub text: String,
    /// Whose allowance pays for the answer, if any does: the unit is taken in the transaction that stores it.
    pub pays: Option<LimitedAction>,
}

/// As [`answer`]. Returns the interviewer's turn that follows; none when the answer was there already.
///
/// # Errors
/// As [`answer`], and [`Problem::QuotaReached`].
pub(crate) async fn take_answer(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    sent: Sent,
) -> Result<Option<Uuid>, Error> {
    let Sent { number, request_id, text, pays } = sent;
    let text = storable(text);
    check_answer(&text)?;
    // Nobody enters somebody else's room.
    store::find_summary(app.database.reader(), viewer, id).await?.ok_or(Problem::NotFound)?;
    // Of many answers to one question at once one is compared with it: the others find that they come too late.
    let room = app.rooms.enter(id);
    let _answering = room.answering().await;
    let before = store::read_owned(&app.database, viewer, id).await?;
    if before.was_sent(request_id) {
        return Ok(None);
    }
    before.check_awaited(number)?;
    // Worked out before the transaction: turns never change once they are done, so it holds as long as the number does.
    let said = text.clone();
    let step = app.cores.run("working out what follows", move || steps::after_answer(&before, &said)).await?;

    let transaction = app.database.begin().await?;
    let loaded = store::lock_owned(&transaction, viewer, id).await?;
    if loaded.was_sent(request_id) {
        return Ok(None);
    }
    loaded.check_awaited(number)?;
    if let Some(action) = pays {
        quotas::service::take_for_answer(app, &transaction, viewer, action, id, request_id).await?;
    }
    let turn = NewTurn {
        request_id: Some(request_id),
        ..NewTurn::by_candidate(loaded.position(), TurnKind::Answer, text)
    };
    store::add_turn(&transaction, id, number, turn, app.now()).await?;
    clear_draft(&transaction, id).await?;
    let next = steps::write(&transaction, &loaded, number + 1, step, app.now()).await?;
    transaction.commit().await?;
    speech::spawn(app, id, next);
    Ok(Some(next))
}

/// The text without NUL, which PostgreSQL cannot store and nobody types.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "") } else { text }
}

pub(crate) fn check_answer(text: &str) -> Result<(), Problem> {
    let invalid = |reason| Err(Problem::Invalid { field: InputField::Answer, reason });
    if text.trim().is_empty() {
        return invalid(Reason::Empty);
    }
    if text.chars().take(ANSWER_MAX as usize + 1).count() > ANSWER_MAX as usize {
        return invalid(Reason::TooLong { max: ANSWER_MAX });
    }
    Ok(())
}

/// Keeps what was typed and not sent.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Invalid`] when it is over-long.
pub async fn save_draft(app: &App, viewer: &Viewer, id: Uuid, text: String) -> Result<(), Error> {
    let text = storable(text);
    if text.chars().take(ANSWER_MAX as usize + 1).count() > ANSWER_MAX as usize {
        return Err(Problem::Invalid {
            field: InputField::Answer,
            reason: Reason::TooLong { max: ANSWER_MAX },
        }
        .into());
    }
    let saved = interview::Entity::update_many()
        .col_expr(interview::Column::Draft, Expr::value(text))
        .filter(interview::Column::Id.eq(id))
        .filter(interview::Column::UserId.eq(viewer.id))
        .exec(app.database.writer())
        .await?;
    if saved.rows_affected == 0 {
        return Err(Problem::NotFound.into());
    }
    Ok(())
}

/// Does something else than answering. `number` is the awaited turn as the page knows it; it counts where the action is a turn.
///
/// # Errors
/// [`Problem::OutOfDate`] when the action does not fit any more.
pub async fn act(app: &App, viewer: &Viewer, id: Uuid, number: u32, action: RoomAction) -> Result<(), Error> {
    if action == RoomAction::Stop {
        store::read_owned(&app.database, viewer, id).await?;
        if let Some(room) = app.rooms.find(id) {
            room.stop();
        }
        return Ok(());
    }
    let transaction = app.database.begin().await?;
    let loaded = store::lock_owned(&transaction, viewer, id).await?;
    let to_speak = match action {
        RoomAction::Skip => Some(skip(app, &transaction, &loaded, number).await?),
        RoomAction::AskIntent => {
            ask_intent(app, &transaction, &loaded, number).await?;
            None
        }
        RoomAction::Pause => {
            pause(app, &transaction, &loaded).await?;
            None
        }
        RoomAction::Resume => {
            resume(app, &transaction, &loaded).await?;
            None
        }
        RoomAction::Finish => Some(finish(app, &transaction, &loaded).await?),
        RoomAction::Retry => Some(retry(&transaction, &loaded).await?),
        RoomAction::RetryBuiltin => {
            set_builtin(&transaction, id).await?;
            Some(retry(&transaction, &loaded).await?)
        }
        RoomAction::Stop => None,
    };
    transaction.commit().await?;
    if action == RoomAction::Finish
        && let Some(room) = app.rooms.find(id)
    {
        room.stop();
    }
    match to_speak {
        Some(turn) => speech::spawn(app, id, turn),
        None => app.rooms.enter(id).notify(),
    }
    Ok(())
}

async fn skip(
    app: &App,
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    number: u32,
) -> Result<Uuid, Error> {
    loaded.check_awaited(number)?;
    let position = loaded.position();
    let turn = NewTurn::by_candidate(position, TurnKind::Skip, String::new());
    store::add_turn(connection, loaded.row.id, number, turn, app.now()).await?;
    // What was said before a probe was skipped counts.
    let status = match loaded.answers(position).is_empty() {
        true => QuestionStatus::Skipped,
        false => QuestionStatus::Answered,
    };
    steps::write(connection, loaded, number + 1, Step::MoveOn(status), app.now()).await
}

async fn ask_intent(
    app: &App,
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    number: u32,
) -> Result<(), Error> {
    loaded.check_awaited(number)?;
    let open = loaded.open_question().and_then(|open| open.question.as_ref());
    let Some(question) = open.filter(|_| loaded.can_ask_intent()) else {
        return Err(Problem::OutOfDate.into());
    };
    let position = loaded.position();
    let asked = NewTurn::by_candidate(position, TurnKind::AskIntent, String::new());
    store::add_turn(connection, loaded.row.id, number, asked, app.now()).await?;
    let said = NewTurn {
        status: TurnStatus::Done,
        text: script::intent(loaded.summary.language, &markup::plain(&question.intent)),
        ..NewTurn::by_interviewer(position, TurnKind::Intent)
    };
    store::add_turn(connection, loaded.row.id, number + 1, said, app.now()).await?;
    Ok(())
}

async fn pause(app: &App, connection: &impl ConnectionTrait, loaded: &Loaded) -> Result<(), Error> {
    if loaded.summary.status != Status::Running {
        return Err(Problem::OutOfDate.into());
    }
    interview::Entity::update_many()
        .col_expr(interview::Column::Status, Expr::value(Status::Paused.as_str()))
        .col_expr(interview::Column::PausedAt, Expr::value(app.now()))
        .filter(interview::Column::Id.eq(loaded.row.id))
        .exec(connection)
        .await?;
    Ok(())
}

async fn resume(app: &App, connection: &impl ConnectionTrait, loaded: &Loaded) -> Result<(), Error> {
    let (Status::Paused, Some(paused_at)) = (loaded.summary.status, loaded.row.paused_at) else {
        return Err(Problem::OutOfDate.into());
    };
    let seconds = u32::try_from((app.now() - paused_at).num_seconds()).unwrap_or(0);
    interview::Entity::update_many()
        .col_expr(interview::Column::Status, Expr::value(Status::Running.as_str()))
        .col_expr(interview::Column::PausedAt, Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None))
        .col_expr(
            interview::Column::PausedSeconds,
            Expr::col(interview::Column::PausedSeconds).add(store::signed(seconds)),
        )
        .filter(interview::Column::Id.eq(loaded.row.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Ends the interview where it stands, and returns the turn that says so, still to be spoken.
///
/// # Errors
/// [`Problem::OutOfDate`] when it is over, or ending.
pub(super) async fn finish(
    app: &App,
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
) -> Result<Uuid, Error> {
    match loaded.summary.status {
        Status::Running => {}
        Status::Paused => resume(app, connection, loaded).await?,
        Status::Finished | Status::Failed => return Err(Problem::OutOfDate.into()),
    }
    if let Some(last) = loaded.turns.last() {
        if last.view.kind == TurnKind::Closing && last.view.status != TurnStatus::Failed {
            return Err(Problem::OutOfDate.into());
        }
        // Words that are being spoken end here; the task finds its turn done and writes nothing.
        let text = app.rooms.find(loaded.row.id).map(|room| room.spoken()).unwrap_or_default();
        let mut cut = turn::Entity::update_many()
            .col_expr(turn::Column::Status, Expr::value(TurnStatus::Done.as_str()))
            .filter(turn::Column::Id.eq(last.id))
            .filter(turn::Column::Status.ne(TurnStatus::Done.as_str()));
        if !text.is_empty() && last.view.status == TurnStatus::Running {
            cut = cut.col_expr(turn::Column::Text, Expr::value(text));
        }
        cut.exec(connection).await?;
    }
    clear_draft(connection, loaded.row.id).await?;
    steps::write(connection, loaded, loaded.next_number(), Step::Close, app.now()).await
}

async fn retry(connection: &impl ConnectionTrait, loaded: &Loaded) -> Result<Uuid, Error> {
    let Some(last) = loaded.turns.last().filter(|turn| turn.view.status == TurnStatus::Failed) else {
        return Err(Problem::OutOfDate.into());
    };
    if loaded.summary.status != Status::Running {
        return Err(Problem::OutOfDate.into());
    }
    turn::Entity::update_many()
        .col_expr(turn::Column::Status, Expr::value(TurnStatus::Running.as_str()))
        .col_expr(turn::Column::Problem, Expr::value(Option::<serde_json::Value>::None))
        .filter(turn::Column::Id.eq(last.id))
        .exec(connection)
        .await?;
    Ok(last.id)
}

async fn set_builtin(connection: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    let label = serde_json::to_value(builtin_label()).or_internal("storing a label")?;
    interview::Entity::update_many()
        .col_expr(interview::Column::Interviewer, Expr::value(label))
        .filter(interview::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

async fn clear_draft(connection: &impl ConnectionTrait, id: Uuid) -> Result<(), Error> {
    interview::Entity::update_many()
        .col_expr(interview::Column::Draft, Expr::value(""))
        .filter(interview::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

impl Loaded {
    fn was_sent(&self, request_id: Uuid) -> bool {
        self.turns.iter().any(|turn| turn.request_id == Some(request_id))
    }

    /// Whether the candidate is to speak now, as turn `number`.
    fn check_awaited(&self, number: u32) -> Result<(), Problem> {
        let Some(last) = self.turns.last().map(|turn| &turn.view) else { return Err(Problem::OutOfDate) };
        let awaited = self.summary.status == Status::Running
            && last.speaker == Speaker::Interviewer
            && last.status == TurnStatus::Done
            && last.kind != TurnKind::Closing
            && last.number + 1 == number;
        if awaited { Ok(()) } else { Err(Problem::OutOfDate) }
    }
}
