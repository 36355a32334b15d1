//! A question that was asked: what the drill and the notebook keep of it when it is closed.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::Feedback;
use super::store::{self, Loaded, MainQuestion};
use crate::error::Error;
use crate::notebook::MADE;
use crate::past_questions::past_of;
use crate::questions::{Field, Language, Question, topic_of};
use crate::{drill, notebook};

/// A question as it was asked to somebody.
pub struct Asked<'a> {
    pub user_id: Uuid,
    pub interview: Uuid,
    pub position: u32,
    pub field: Field,
    pub language: Language,
    /// None when a model made it.
    pub bank_id: Option<&'a str>,
    /// The row of the interview's question.
    pub row: Uuid,
    pub question: &'a Question,
}

impl<'a> Asked<'a> {
    /// None as long as no model has made the question.
    pub fn of(loaded: &Loaded, main: &'a MainQuestion) -> Option<Self> {
        Some(Self {
            user_id: loaded.row.user_id,
            interview: loaded.row.id,
            position: main.position,
            field: loaded.summary.field,
            language: loaded.summary.language,
            bank_id: main.question_id.as_deref(),
            row: main.id,
            question: main.question.as_ref()?,
        })
    }

    /// The same for every time that a question of the bank is asked.
    pub fn key(&self) -> String {
        self.bank_id.map_or_else(|| format!("{MADE}{}", self.row), str::to_owned)
    }

    /// The id of its topic; questions that a model made and past questions have none.
    pub fn topic(&self) -> Option<&str> {
        self.bank_id.map(topic_of).filter(|topic| !topic.is_empty())
    }

    /// Whether the bank compiled in does not have it, so that a copy has to be kept.
    pub fn is_outside_bank(&self) -> bool {
        self.bank_id.is_none_or(|id| past_of(id).is_some())
    }
}

/// The row of the interview's question that a key names, when a model made it.
pub fn made_row(key: &str) -> Option<Uuid> {
    key.strip_prefix(MADE)?.parse().ok()
}

/// The first judgement of a question is about to be stored: missed points become cards, and the notebook takes it up. It joins the
/// transaction that stores it, before that is done, and locks the interview: of two judgements only the first is taken up.
///
/// # Errors
/// Internal ones only, and [`crate::Problem::NotFound`] when the interview was deleted meanwhile.
pub async fn judged(
    transaction: &DatabaseTransaction,
    interview: Uuid,
    position: u32,
    feedback: &Feedback,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let loaded = store::lock_any(transaction, interview).await?;
    let first = |main: &&MainQuestion| main.position == position && main.feedback().is_none();
    let main = loaded.questions.iter().find(first);
    let Some(asked) = main.and_then(|main| Asked::of(&loaded, main)) else { return Ok(()) };
    drill::service::learn(transaction, &asked, feedback, now).await?;
    notebook::service::record(transaction, &asked, Some(feedback), now).await
}

/// A question was skipped: the notebook takes it up. It joins the transaction that closes the question.
///
/// # Errors
/// Internal ones only.
pub async fn skipped(
    connection: &impl ConnectionTrait,
    loaded: &Loaded,
    main: &MainQuestion,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    match Asked::of(loaded, main) {
        Some(asked) => notebook::service::record(connection, &asked, None, now).await,
        None => Ok(()),
    }
}
