//! Past questions: reading them, handing them in, and moderating them.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use domain::App;
use domain::past_questions::{
    AnswerKey, Approval, CompanyOption, KeyOutcome, ModerationPage, NewPastQuestion, OwnPastQuestion,
    PastDetails, PastFilter, PastQuestion, PastQuestionPage, PastStatus, service,
};
use domain::questions::{Field, Language, SimilarQuestion};
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Made;
use super::questions::Start;
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_past_questions, add_past_question))
        .routes(routes!(own_past_questions))
        .routes(routes!(past_question_companies))
        .routes(routes!(similar_questions))
        .routes(routes!(read_past_question, withdraw_past_question))
        .routes(routes!(hand_in_past_question))
        .routes(routes!(list_moderated))
        .routes(routes!(edit_past_question))
        .routes(routes!(approve_past_question))
        .routes(routes!(reject_past_question))
        .routes(routes!(save_answer_key))
}

/// Which past questions to list. What is left out, or not known, filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PastQuestionFilter {
    /// Words in Korean or English.
    text: Option<String>,
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
    company: Option<String>,
    job: Option<String>,
}

/// A text that may repeat a question.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Repeated {
    text: Option<String>,
    /// That of the account when it is left out.
    #[param(value_type = Option<Language>, inline)]
    language: Option<String>,
}

/// Which of them a moderator looks at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Moderated {
    /// Those that wait when it is left out.
    #[param(value_type = Option<PastStatus>, inline)]
    status: Option<String>,
    /// From 0.
    page: Option<u32>,
}

/// A past question as it is to be told.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Edit {
    /// What had become of it as it was read: one that was decided since is left alone.
    seen: PastStatus,
    details: PastDetails,
}

/// Why a past question is rejected.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Rejection {
    /// As in an edit.
    seen: PastStatus,
    #[schema(min_length = 1, max_length = 300)]
    reason: String,
}

/// The approved past questions: of a search the best first, else the latest first.
#[utoipa::path(get, path = "/past-questions", tag = "past-questions", security(("bearer" = ["read"])),
    params(PastQuestionFilter, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<PastQuestion>)))]
async fn list_past_questions(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(filter): Query<PastQuestionFilter>,
    paging: Paging,
) -> Result<Listed<PastQuestion>, Failure> {
    let PastQuestionFilter { text, field, company, job } = filter;
    let filter = PastFilter { text, field, company, job };
    let start = paging.after()?.unwrap_or(Start(0));
    let (found, total) = service::list_from(&app, &viewer, &filter, start.0, paging.size as usize).await?;
    let next = start.behind(found.len(), total);
    Ok(paging.reply(found, next))
}

/// Hands a past question in. It waits for a moderator.
#[utoipa::path(post, path = "/past-questions", tag = "past-questions", security(("bearer" = ["write"])),
    request_body = PastDetails,
    responses((status = 201, description = "It waits", body = Made, headers(("location" = String)))))]
async fn add_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(details): Json<PastDetails>,
) -> Result<Response, Failure> {
    let added = service::add(&app, &viewer, NewPastQuestion { request_id, details }).await?;
    let id = added.past.id;
    let location = [(LOCATION, format!("/api/v1/past-questions/{id}"))];
    Ok((StatusCode::CREATED, location, Json(Made { id })).into_response())
}

/// What the person handed in, newest first, with what became of it.
#[utoipa::path(get, path = "/past-questions/own", tag = "past-questions", security(("bearer" = ["read"])),
    responses((status = 200, description = "All of it", body = Page<OwnPastQuestion>)))]
async fn own_past_questions(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Page<OwnPastQuestion>>, Failure> {
    Ok(Json(service::own(&app, &viewer).await?.into()))
}

/// The companies that approved past questions name, with how many of theirs suit an interview, per field, level and language.
#[utoipa::path(get, path = "/past-questions/companies", tag = "past-questions", security(("bearer" = ["read"])),
    responses((status = 200, description = "All of them, in alphabetical order", body = Page<CompanyOption>)))]
async fn past_question_companies(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Page<CompanyOption>>, Failure> {
    Ok(Json(service::companies(&app, &viewer).await?.into()))
}

/// Questions of the bank and approved past questions that a text may repeat, the nearest first.
#[utoipa::path(get, path = "/past-questions/similar", tag = "past-questions", security(("bearer" = ["read"])),
    params(Repeated),
    responses((status = 200, description = "A few of them", body = Page<SimilarQuestion>)))]
async fn similar_questions(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(Repeated { text, language }): Query<Repeated>,
) -> Result<Json<Page<SimilarQuestion>>, Failure> {
    let language = language.and_then(|word| word.parse().ok()).unwrap_or(viewer.language);
    let text = text.unwrap_or_default();
    Ok(Json(service::similar(&app, &viewer, &text, language).await?.into()))
}

/// One approved past question, and the person's star, memo and earlier answers.
#[utoipa::path(get, path = "/past-questions/{id}", tag = "past-questions", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "The past question")),
    responses((status = 200, description = "The past question", body = PastQuestionPage)))]
async fn read_past_question(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path(id): Path<Uuid>,
) -> Result<Json<PastQuestionPage>, Failure> {
    Ok(Json(service::read(&app, &viewer, id).await?))
}

/// Hands in one's own past question that came with a takeout. One that waits already goes on waiting.
#[utoipa::path(post, path = "/past-questions/{id}/submission", tag = "past-questions", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    responses((status = 204, description = "It waits")))]
async fn hand_in_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::hand_in(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes one's own past question back.
#[utoipa::path(delete, path = "/past-questions/{id}", tag = "past-questions", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    responses((status = 204, description = "It is gone")))]
async fn withdraw_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::withdraw(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The past questions of a status, for administrators.
#[utoipa::path(get, path = "/admin/past-questions", tag = "admin", security(("bearer" = ["read"])),
    params(Moderated),
    responses((status = 200, description = "A page of them", body = ModerationPage)))]
async fn list_moderated(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(Moderated { status, page }): Query<Moderated>,
) -> Result<Json<ModerationPage>, Failure> {
    let status = status.and_then(|word| word.parse().ok()).unwrap_or(PastStatus::Pending);
    Ok(Json(service::moderation(&app, &viewer, status, page.unwrap_or_default()).await?))
}

/// Puts right what is told of a past question.
#[utoipa::path(put, path = "/admin/past-questions/{id}", tag = "admin", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    request_body = Edit,
    responses((status = 204, description = "It is kept")))]
async fn edit_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Edit { seen, details }): Json<Edit>,
) -> Result<StatusCode, Failure> {
    service::edit(&app, &viewer, id, seen, &details).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Approves a past question. When there is a model and no answer key, the model writes one.
#[utoipa::path(post, path = "/admin/past-questions/{id}/approval", tag = "admin", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    request_body = Edit,
    responses((status = 200, description = "Everybody reads it from now on", body = Approval)))]
async fn approve_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Edit { seen, details }): Json<Edit>,
) -> Result<Json<Approval>, Failure> {
    Ok(Json(service::approve(&app, &viewer, id, seen, &details).await?))
}

/// Rejects a past question for a reason that its person reads.
#[utoipa::path(post, path = "/admin/past-questions/{id}/rejection", tag = "admin", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    request_body = Rejection,
    responses((status = 204, description = "Nobody else reads it")))]
async fn reject_past_question(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(Rejection { seen, reason }): Json<Rejection>,
) -> Result<StatusCode, Failure> {
    service::reject(&app, &viewer, id, seen, &reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Saves what answers to a past question are judged by, or takes it away when nothing is written.
#[utoipa::path(put, path = "/admin/past-questions/{id}/key", tag = "admin", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The past question")),
    request_body = AnswerKey,
    responses((status = 200, description = "Whether it was saved, or what is wrong with it", body = KeyOutcome)))]
async fn save_answer_key(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
    Json(key): Json<AnswerKey>,
) -> Result<Json<KeyOutcome>, Failure> {
    Ok(Json(service::save_key(&app, &viewer, id, &key).await?))
}
