//! What follows an answer: the rules that give an interview its shape, and writing their outcome down.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::asked;
use super::probe::{self, Exchange};
use super::store::{self, Loaded, NewTurn};
use super::{Probe, QuestionStatus, TurnKind};
use crate::entities::{interview, interview_question};
use crate::error::{Error, OrInternal};
use crate::questions::Question;
use crate::scoring::{Coverage, KeyPoints, cover};

/// What happens next.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A follow-up to the open question.
    Probe(Probe),
    /// The open question is done; the next one comes, or the end.
    MoveOn(QuestionStatus),
    /// The end, whatever is left.
    Close,
}

/// The coverage after each of the answers, all earlier ones included.
pub fn coverages(question: &Question, answers: &[&str]) -> Vec<Coverage> {
    let key_points = KeyPoints::new(question);
    (1..=answers.len()).map(|count| cover(&key_points, &answers[..count])).collect()
}

/// The coverage after all of the answers; none before the first.
pub fn coverage(question: &Question, answers: &[&str]) -> Option<Coverage> {
    (!answers.is_empty()).then(|| cover(&KeyPoints::new(question), answers))
}

/// What follows when the candidate has said `answer` to the open question.
pub fn after_answer(loaded: &Loaded, answer: &str) -> Step {
    let Some(question) = loaded.open_question().and_then(|open| open.question.as_ref()) else {
        return Step::MoveOn(QuestionStatus::Answered);
    };
    let position = loaded.position();
    let mut answers = loaded.answers(position);
    answers.push(answer);
    let asked = loaded.probes(position);
    let exchange =
        Exchange { question, answers: &answers, coverages: &coverages(question, &answers), asked: &asked };
    probe::next(&exchange).map_or(Step::MoveOn(QuestionStatus::Answered), Step::Probe)
}

/// Writes a step down and returns the interviewer's turn that it leads to, still to be spoken, as `number`.
///
/// # Errors
/// Internal ones only.
pub async fn write(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    number: u32,
    step: Step,
    now: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let turn = match step {
        Step::Probe(probe) => {
            NewTurn { probe: Some(probe), ..NewTurn::by_interviewer(loaded.position(), TurnKind::Probe) }
        }
        Step::MoveOn(status) => {
            let (kind, position) = move_on(connection, loaded, status, now).await?;
            NewTurn::by_interviewer(position, kind)
        }
        Step::Close => {
            let position = close_early(connection, loaded, now).await?;
            NewTurn::by_interviewer(position, TurnKind::Closing)
        }
    };
    store::add_turn(connection, loaded.row.id, number, turn, now).await
}

/// Closes the open question and opens the next. Says which kind of turn comes, and at which position.
///
/// # Errors
/// Internal ones only.
pub async fn move_on(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    status: QuestionStatus,
    now: DateTime<Utc>,
) -> Result<(TurnKind, u32), Error> {
    let next = loaded.position() + 1;
    settle_open_question(connection, loaded, status, now).await?;
    set_position(connection, loaded, next).await?;
    match loaded.questions.get(next as usize) {
        Some(question) => {
            interview_question::Entity::update_many()
                .col_expr(interview_question::Column::Status, Expr::value(QuestionStatus::Open.as_str()))
                .filter(interview_question::Column::Id.eq(question.id))
                .exec(connection)
                .await?;
            Ok((TurnKind::Question, next))
        }
        None => Ok((TurnKind::Closing, next)),
    }
}

/// Closes the open question, as answered when there is an answer, and leaves the rest unasked.
async fn close_early(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    now: DateTime<Utc>,
) -> Result<u32, Error> {
    let position = loaded.position();
    if loaded.open_question().is_none() {
        return Ok(position);
    }
    let answered = !loaded.answers(position).is_empty();
    let status = if answered { QuestionStatus::Answered } else { QuestionStatus::Skipped };
    settle_open_question(connection, loaded, status, now).await?;
    let position = if answered { position + 1 } else { position };
    set_position(connection, loaded, position).await?;
    Ok(position)
}

async fn settle_open_question(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    status: QuestionStatus,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Some(open) = loaded.open_question() else { return Ok(()) };
    if status == QuestionStatus::Skipped {
        asked::skipped(connection, loaded, open, now).await?;
    }
    interview_question::Entity::update_many()
        .col_expr(interview_question::Column::Status, Expr::value(status.as_str()))
        .filter(interview_question::Column::Id.eq(open.id))
        .exec(connection)
        .await?;
    if status == QuestionStatus::Answered {
        store::owe_assessment(connection, loaded.row.id, open.position, 0, None, now).await?;
    }
    Ok(())
}

async fn set_position(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    position: u32,
) -> Result<(), Error> {
    interview::Entity::update_many()
        .col_expr(interview::Column::Position, Expr::value(store::signed(position)))
        .col_expr(interview::Column::Draft, Expr::value(""))
        .filter(interview::Column::Id.eq(loaded.row.id))
        .exec(connection)
        .await?;
    Ok(())
}

/// Stores a question that a model made for a position.
///
/// # Errors
/// Internal ones only.
pub async fn store_question(
    connection: &impl ConnectionTrait,
    id: Uuid,
    question: &Question,
) -> Result<(), Error> {
    let json = serde_json::to_value(question).or_internal("storing a question")?;
    interview_question::Entity::update_many()
        .col_expr(interview_question::Column::Question, Expr::value(json))
        .filter(interview_question::Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}
