//! What looking through the bank asks of the server.

use domain::questions::{BankFilter, BankPage, BankQuestionPage, Topic};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::json::Json;
use crate::notebook::AnswerRow;

/// One question, with the times of earlier answers as the person reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct QuestionToRead {
    /// Without its answers.
    pub page: BankQuestionPage,
    pub answers: Vec<AnswerRow>,
}

/// A page of the questions that are asked for. A language that is not known is that of the person.
#[server(prefix = "/web", endpoint = "questions/browse", input = Json, output = Json)]
pub async fn browse_questions(
    filter: BankFilter,
    language: Option<String>,
    page: Option<u32>,
) -> Result<BankPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let language = language.and_then(|word| word.parse().ok()).unwrap_or(viewer.language);
    let page = page.unwrap_or_default();
    Ok(domain::questions::service::browse(&app, &viewer, &filter, language, page))
}

/// One question with everything that there is to it.
#[server(prefix = "/web", endpoint = "questions/read", input = Json, output = Json)]
pub async fn read_question(id: String, language: Option<String>) -> Result<QuestionToRead, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let language = language.and_then(|word| word.parse().ok()).unwrap_or(viewer.language);
    let mut page = context::page(domain::questions::service::read(&app, &viewer, &id, language).await)?;
    let answers = crate::notebook::answer_rows(std::mem::take(&mut page.answers), &viewer);
    Ok(QuestionToRead { page, answers })
}

/// The topics of the bank, in their order.
#[server(prefix = "/web", endpoint = "questions/topics", input = Json, output = Json)]
pub async fn bank_topics() -> Result<Vec<Topic>, AppError> {
    use crate::context;
    let (app, _) = (context::app(), context::viewer()?);
    Ok(app.bank.topics().to_vec())
}
