//! A past question as it is stored, parsed: as people read it, and as an interviewer asks it.

use std::sync::Arc;

use super::key::Content;
use super::{PastQuestion, PastStatus, past_key};
use crate::entities::past_question;
use crate::error::{Error, OrInternal};
use crate::interview::store::unsigned;
use crate::questions::{Bank, Kind, Question};

const READING: &str = "reading a past question";

/// Minutes that an answer is thought to take, as for questions that a model makes.
const MINUTES: u32 = 4;

/// A row, parsed.
#[derive(Clone, Debug)]
pub struct Stored {
    pub view: PastQuestion,
    pub question: Arc<Question>,
    pub by_model: bool,
}

/// Parses a row.
///
/// # Errors
/// Internal ones only.
pub fn stored(bank: &Bank, row: past_question::Model) -> Result<Stored, Error> {
    let content = content(&row)?;
    let view = view(bank, &row, content.as_ref())?;
    let question = question(&view, unsigned(row.rev), content);
    Ok(Stored { view, question: Arc::new(question), by_model: row.by_model })
}

/// What answers are judged by, if anybody wrote it.
///
/// # Errors
/// Internal ones only.
pub fn content(row: &past_question::Model) -> Result<Option<Content>, Error> {
    row.answer_key.clone().map(serde_json::from_value).transpose().or_internal(READING)
}

/// What became of it.
///
/// # Errors
/// Internal ones only.
pub fn status(row: &past_question::Model) -> Result<PastStatus, Error> {
    row.status.parse().or_internal(READING)
}

/// What everybody may read of it.
///
/// # Errors
/// Internal ones only.
pub fn view(
    bank: &Bank,
    row: &past_question::Model,
    content: Option<&Content>,
) -> Result<PastQuestion, Error> {
    Ok(PastQuestion {
        id: row.id,
        language: row.language.parse().or_internal(READING)?,
        field: row.field.parse().or_internal(READING)?,
        // One that has left the bank is none.
        topic: row.topic.as_deref().and_then(|topic| bank.topic(topic)).cloned(),
        level: row.level.parse().or_internal(READING)?,
        company: row.company.clone(),
        job: row.job.clone(),
        asked_on: row.asked_on,
        source: row.source.clone(),
        source_url: row.source_url.clone(),
        question: row.question.clone(),
        judged: content.is_some_and(|content| !content.points.is_empty()),
    })
}

/// The question as an interviewer asks it. Without an answer key there are no points: answers to it are not judged.
fn question(view: &PastQuestion, rev: u32, content: Option<Content>) -> Question {
    let content = content.unwrap_or(Content {
        kind: Kind::Concept,
        intent: String::new(),
        model_answer: String::new(),
        misconception: String::new(),
        points: Vec::new(),
        follow_ups: Vec::new(),
    });
    Question {
        id: past_key(view.id),
        rev,
        language: view.language,
        level: view.level,
        kind: content.kind,
        minutes: MINUTES,
        tags: Vec::new(),
        sources: view.source_url.iter().cloned().collect(),
        points: content.points,
        follow_ups: content.follow_ups,
        samples: Vec::new(),
        question: view.question.clone(),
        intent: content.intent,
        model_answer: content.model_answer,
        misconception: content.misconception,
    }
}
