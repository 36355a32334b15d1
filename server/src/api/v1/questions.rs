//! Looking through the question bank.

use axum::Json;
use axum::extract::{Path, Query, State};
use domain::App;
use domain::questions::{BankFilter, BankQuestion, BankQuestionPage, Field, Kind, Language, Level, service};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::page::{Cursor, Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(list_questions)).routes(routes!(read_question))
}

/// How many of a list come before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start(pub usize);

impl Cursor for Start {
    fn write(&self) -> String {
        self.0.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        // More than any list has makes no sense.
        text.parse::<u32>().ok().map(|start| Self(start as usize))
    }
}

impl Start {
    /// The place behind a page, when there is more.
    pub fn behind(self, found: usize, total: u32) -> Option<Self> {
        let next = self.0 + found;
        (found > 0 && next < total as usize).then_some(Self(next))
    }
}

/// Which questions to list. What is left out, or not known, filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuestionFilter {
    /// Words in Korean or English, whatever the language of the list.
    text: Option<String>,
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
    /// Id of a topic.
    topic: Option<String>,
    #[param(value_type = Option<Level>, inline)]
    level: Option<String>,
    #[param(value_type = Option<Kind>, inline)]
    kind: Option<String>,
    /// The language of the texts; that of the account when it is left out.
    #[param(value_type = Option<Language>, inline)]
    language: Option<String>,
}

/// In which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InLanguage {
    /// That of the account when it is left out.
    #[param(value_type = Option<Language>, inline)]
    language: Option<String>,
}

/// The questions of the bank: of a search the best first, else in the order of the topics.
#[utoipa::path(get, path = "/questions", tag = "bank", security(("bearer" = ["read"])),
    params(QuestionFilter, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<BankQuestion>)))]
async fn list_questions(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(filter): Query<QuestionFilter>,
    paging: Paging,
) -> Result<Listed<BankQuestion>, Failure> {
    let QuestionFilter { text, field, topic, level, kind, language } = filter;
    let language = language.and_then(|word| word.parse().ok()).unwrap_or(viewer.language);
    let start = paging.after()?.unwrap_or(Start(0));
    let filter = BankFilter { text, field, topic, level, kind };
    let (questions, total) = service::list(&app, &filter, language, start.0, paging.size as usize);
    let next = start.behind(questions.len(), total);
    Ok(paging.reply(questions, next))
}

/// One question with everything that there is to it, and the person's star, memo and earlier answers.
#[utoipa::path(get, path = "/questions/{topic}/{slug}", tag = "bank", security(("bearer" = ["read"])),
    params(("topic" = String, Path, description = "The first part of the id"),
        ("slug" = String, Path, description = "The second part"), InLanguage),
    responses((status = 200, description = "The question", body = BankQuestionPage)))]
async fn read_question(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path((topic, slug)): Path<(String, String)>,
    Query(InLanguage { language }): Query<InLanguage>,
) -> Result<Json<BankQuestionPage>, Failure> {
    let language = language.and_then(|word| word.parse().ok()).unwrap_or(viewer.language);
    Ok(Json(service::read(&app, &viewer, &format!("{topic}/{slug}"), language).await?))
}
