//! What past questions ask of the server.

use domain::past_questions::{
    AnswerKey, Approval, KeyOutcome, ModeratedQuestion, NewPastQuestion, OwnPastQuestion, PastDetails,
    PastFilter, PastPage, PastQuestionPage, PastStatus,
};
use domain::questions::SimilarQuestion;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::notebook::AnswerRow;
use crate::time::LocalTime;

/// One past question, with the times of earlier answers as the person reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PastToRead {
    /// Without its answers.
    pub page: PastQuestionPage,
    pub answers: Vec<AnswerRow>,
}

/// One of the person's own, with its time as the person reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnRow {
    pub own: OwnPastQuestion,
    pub added: LocalTime,
}

/// One that a moderator looks at, with its times as the moderator reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ModeratedRow {
    pub question: ModeratedQuestion,
    pub added: LocalTime,
    pub decided: Option<LocalTime>,
}

/// A page of those.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ModerationList {
    pub rows: Vec<ModeratedRow>,
    pub total: u32,
    pub has_model: bool,
}

/// A page of approved past questions.
#[server(prefix = "/web", endpoint = "past-questions/list", input = Json, output = Json)]
pub async fn list_past(filter: PastFilter, page: Option<u32>) -> Result<PastPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = page.unwrap_or_default();
    context::page(domain::past_questions::service::list(&app, &viewer, &filter, page).await)
}

/// One approved past question with everything that there is to it.
#[server(prefix = "/web", endpoint = "past-questions/read", input = Json, output = Json)]
pub async fn read_past(id: Uuid) -> Result<PastToRead, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let mut page = context::page(domain::past_questions::service::read(&app, &viewer, id).await)?;
    let answers = crate::notebook::answer_rows(std::mem::take(&mut page.answers), &viewer);
    Ok(PastToRead { page, answers })
}

/// What the person handed in, newest first.
#[server(prefix = "/web", endpoint = "past-questions/own", input = Json, output = Json)]
pub async fn own_past() -> Result<Vec<OwnRow>, AppError> {
    use crate::context;
    use crate::time::local_time;
    let (app, viewer) = (context::app(), context::viewer()?);
    let own = context::page(domain::past_questions::service::own(&app, &viewer).await)?;
    let row = |own: OwnPastQuestion| OwnRow { added: local_time(own.created_at, &viewer.time_zone), own };
    Ok(own.into_iter().map(row).collect())
}

/// Hands a past question in.
#[server(prefix = "/web", endpoint = "past-questions/add", input = Json, output = Json)]
pub async fn add_past(past: NewPastQuestion) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let added = domain::past_questions::service::add(&app, &viewer, past).await;
    context::form(added.map(|added| added.past.id))
}

/// Questions that a text may repeat.
#[server(prefix = "/web", endpoint = "past-questions/similar", input = Json, output = Json)]
pub async fn similar_questions(text: String, language: String) -> Result<Vec<SimilarQuestion>, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let language = language.parse().unwrap_or(viewer.language);
    context::page(domain::past_questions::service::similar(&app, &viewer, &text, language).await)
}

/// Hands in one's own past question that was imported.
#[server(prefix = "/web", endpoint = "past-questions/hand-in", input = Json, output = Json)]
pub async fn hand_in_past(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::hand_in(&app, &viewer, id).await)
}

/// Takes one's own past question back.
#[server(prefix = "/web", endpoint = "past-questions/withdraw", input = Json, output = Json)]
pub async fn withdraw_past(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::withdraw(&app, &viewer, id).await)
}

/// A page of past questions for moderators. A status that is not known lists those that wait.
#[server(prefix = "/web", endpoint = "past-questions/moderation", input = Json, output = Json)]
pub async fn moderation(status: Option<String>, page: Option<u32>) -> Result<ModerationList, AppError> {
    use crate::context;
    use crate::time::local_time;
    let (app, viewer) = (context::app(), context::viewer()?);
    let status = status.and_then(|word| word.parse().ok()).unwrap_or(PastStatus::Pending);
    let page = page.unwrap_or_default();
    let found =
        context::page(domain::past_questions::service::moderation(&app, &viewer, status, page).await)?;
    let row = |question: ModeratedQuestion| ModeratedRow {
        added: local_time(question.created_at, &viewer.time_zone),
        decided: question.decided_at.map(|at| local_time(at, &viewer.time_zone)),
        question,
    };
    Ok(ModerationList {
        rows: found.questions.into_iter().map(row).collect(),
        total: found.total,
        has_model: found.has_model,
    })
}

/// Puts right what is told of a past question.
#[server(prefix = "/web", endpoint = "past-questions/edit", input = Json, output = Json)]
pub async fn edit_past(id: Uuid, seen: PastStatus, details: PastDetails) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::edit(&app, &viewer, id, seen, &details).await)
}

/// Approves a past question as it is told in the form.
#[server(prefix = "/web", endpoint = "past-questions/approve", input = Json, output = Json)]
pub async fn approve_past(id: Uuid, seen: PastStatus, details: PastDetails) -> FormResult<Approval> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::approve(&app, &viewer, id, seen, &details).await)
}

/// Rejects a past question for a reason that its person reads.
#[server(prefix = "/web", endpoint = "past-questions/reject", input = Json, output = Json)]
pub async fn reject_past(id: Uuid, seen: PastStatus, reason: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::reject(&app, &viewer, id, seen, &reason).await)
}

/// Saves what answers to a past question are judged by.
#[server(prefix = "/web", endpoint = "past-questions/save-key", input = Json, output = Json)]
pub async fn save_answer_key(id: Uuid, key: AnswerKey) -> FormResult<KeyOutcome> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::save_key(&app, &viewer, id, &key).await)
}

/// Lets the model write an answer key.
#[server(prefix = "/web", endpoint = "past-questions/make-key", input = Json, output = Json)]
pub async fn make_answer_key(id: Uuid) -> FormResult<AnswerKey> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::past_questions::service::make_key(&app, &viewer, id).await)
}
