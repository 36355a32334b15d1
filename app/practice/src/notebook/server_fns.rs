//! What the notebook asks of the server.

use domain::notebook::{EarlierAnswer, MemoOutcome, NotebookPage, Target};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// What else there is to a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionPage {
    pub intent_html: String,
    pub model_answer_html: String,
    pub answers: Vec<AnswerRow>,
}

/// An earlier answer with its time as the person reads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerRow {
    pub answer: EarlierAnswer,
    pub at: LocalTime,
}

/// Earlier answers with their times on the wall clock of a person.
#[cfg(not(target_family = "wasm"))]
pub fn answer_rows(answers: Vec<EarlierAnswer>, viewer: &domain::Viewer) -> Vec<AnswerRow> {
    let row = |answer: EarlierAnswer| AnswerRow {
        at: crate::time::local_time(answer.at, &viewer.time_zone),
        answer,
    };
    answers.into_iter().map(row).collect()
}

/// A page of the notebook. A filter that is not known lists what was missed.
#[server(prefix = "/web", endpoint = "notebook/list", input = Json, output = Json)]
pub async fn list_entries(
    filter: Option<String>,
    field: Option<String>,
    page: Option<u32>,
) -> Result<NotebookPage, AppError> {
    use crate::context;
    use domain::notebook::NotebookFilter;
    let (app, viewer) = (context::app(), context::viewer()?);
    let filter = filter.and_then(|filter| filter.parse().ok()).unwrap_or(NotebookFilter::Missed);
    let page = page.unwrap_or_default();
    context::page(domain::notebook::service::list(&app, &viewer, filter, field.as_deref(), page).await)
}

/// The intent, a model answer and earlier answers of an entry.
#[server(prefix = "/web", endpoint = "notebook/read", input = Json, output = Json)]
pub async fn read_entry(id: Uuid) -> Result<QuestionPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let question = context::page(domain::notebook::service::read(&app, &viewer, id).await)?;
    Ok(QuestionPage {
        intent_html: question.intent_html,
        model_answer_html: question.model_answer_html,
        answers: answer_rows(question.answers, &viewer),
    })
}

/// Gives a question a star, or takes it away.
#[server(prefix = "/web", endpoint = "notebook/set-favourite", input = Json, output = Json)]
pub async fn set_favourite(target: Target, favourite: bool) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::notebook::service::set_favourite(&app, &viewer, target, favourite).await)
}

/// Saves a memo, unless it was changed since it was read as `before`.
#[server(prefix = "/web", endpoint = "notebook/save-memo", input = Json, output = Json)]
pub async fn save_memo(target: Target, before: String, memo: String) -> FormResult<MemoOutcome> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::notebook::service::save_memo(&app, &viewer, target, &before, &memo).await)
}

/// Removes an entry with its star and memo.
#[server(prefix = "/web", endpoint = "notebook/forget", input = Json, output = Json)]
pub async fn forget_entry(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::notebook::service::forget(&app, &viewer, id).await)
}
