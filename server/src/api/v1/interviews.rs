//! Beginning interviews, listing them, and deleting them.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::App;
use domain::interview::{
    Comparison, HistoryFilter, InterviewSummary, Mode, NewInterview, NewPractice, Retake, RetakeQuestions,
    SetupOptions, service,
};
use domain::material::NewMaterials;
use domain::questions::{Field, Language, Level};
use http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::{Made, begun};
use crate::api::ApiState;
use crate::api::access::{Reader, Writer};
use crate::api::once::RequestId;
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(interview_options))
        .routes(routes!(list_interviews, start_interview))
        .routes(routes!(practise))
        .routes(routes!(retake_interview))
        .routes(routes!(compare_interviews))
        .routes(routes!(delete_interview))
}

/// The setup of a new interview.
#[derive(Debug, Deserialize, ToSchema)]
pub struct InterviewSetup {
    #[schema(value_type = Field)]
    field: String,
    /// Ids of topics; none means all topics of the field.
    #[serde(default)]
    topics: Vec<String>,
    #[schema(value_type = Level)]
    level: String,
    #[schema(value_type = Language)]
    language: String,
    #[schema(minimum = 3, maximum = 10)]
    question_count: u32,
    #[schema(value_type = Mode)]
    mode: String,
    /// What it is about besides: questions about it are mixed with those of the bank.
    #[serde(default)]
    materials: NewMaterials,
    /// A company whose past questions come first: one of `/past-questions/companies` for this field, level and language.
    #[serde(default)]
    company: Option<String>,
}

/// An interview on chosen questions of the bank.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PracticeSetup {
    /// In the order in which they are asked.
    #[schema(min_items = 1, max_items = 10)]
    question_ids: Vec<String>,
    #[schema(value_type = Language)]
    language: String,
    #[schema(value_type = Mode)]
    mode: String,
}

/// A finished interview is to be held once more.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RetakeSetup {
    questions: RetakeQuestions,
}

/// Which interviews to list. What is left out, or not known, filters nothing.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InterviewFilter {
    #[param(value_type = Option<Field>, inline)]
    field: Option<String>,
    /// A band, or `running` for those that are not finished.
    result: Option<String>,
    /// First day in the person's time zone, as `YYYY-MM-DD`.
    from: Option<String>,
    /// Last day in the person's time zone, as `YYYY-MM-DD`.
    to: Option<String>,
}

/// What can be set up here and now.
#[utoipa::path(get, path = "/interviews/options", tag = "interviews", security(("bearer" = ["read"])),
    responses((status = 200, description = "The interviewer, and fields with their topics", body = SetupOptions)))]
async fn interview_options(State(app): State<App>, Reader(_): Reader) -> Json<SetupOptions> {
    Json(service::setup_options(&app))
}

/// The person's interviews, newest first.
#[utoipa::path(get, path = "/interviews", tag = "interviews", security(("bearer" = ["read"])),
    params(InterviewFilter, PageQuery),
    responses((status = 200, description = "A page of them", body = Page<InterviewSummary>)))]
async fn list_interviews(
    State(app): State<App>,
    Reader(viewer): Reader,
    Query(filter): Query<InterviewFilter>,
    paging: Paging,
) -> Result<Listed<InterviewSummary>, Failure> {
    let InterviewFilter { field, result, from, to } = filter;
    let filter = HistoryFilter { field, result, from, to, after: paging.after()? };
    let found = service::history_page(&app, &viewer, filter, paging.size).await?;
    Ok(paging.reply(found.interviews, found.next))
}

/// Begins an interview. It uses one unit of the allowance, and the interviewer begins to speak by itself.
#[utoipa::path(post, path = "/interviews", tag = "interviews", security(("bearer" = ["write"])),
    request_body = InterviewSetup,
    responses((status = 201, description = "It has begun", body = Made, headers(("location" = String)))))]
async fn start_interview(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(setup): Json<InterviewSetup>,
) -> Result<Response, Failure> {
    let InterviewSetup { field, topics, level, language, question_count, mode, materials, company } = setup;
    let new =
        NewInterview { request_id, field, topics, level, language, question_count, mode, materials, company };
    Ok(begun(service::start(&app, &viewer, new).await?))
}

/// Begins an interview on chosen questions. It uses one unit of the allowance.
#[utoipa::path(post, path = "/interviews/practice", tag = "interviews", security(("bearer" = ["write"])),
    request_body = PracticeSetup,
    responses((status = 201, description = "It has begun", body = Made, headers(("location" = String)))))]
async fn practise(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Json(setup): Json<PracticeSetup>,
) -> Result<Response, Failure> {
    let PracticeSetup { question_ids, language, mode } = setup;
    let new = NewPractice { request_id, question_ids, language, mode };
    Ok(begun(service::practise(&app, &viewer, new).await?))
}

/// Holds a finished interview once more. It uses one unit of the allowance.
#[utoipa::path(post, path = "/interviews/{id}/retakes", tag = "interviews", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The finished interview")), request_body = RetakeSetup,
    responses((status = 201, description = "It has begun", body = Made, headers(("location" = String)))))]
async fn retake_interview(
    State(app): State<App>,
    Writer(viewer): Writer,
    RequestId(request_id): RequestId,
    Path(id): Path<Uuid>,
    Json(RetakeSetup { questions }): Json<RetakeSetup>,
) -> Result<Response, Failure> {
    Ok(begun(service::retake(&app, &viewer, id, Retake { request_id, questions }).await?))
}

/// Two finished interviews side by side, the earlier one first.
#[utoipa::path(get, path = "/interviews/{id}/comparison/{other}", tag = "interviews", security(("bearer" = ["read"])),
    params(("id" = Uuid, Path, description = "One interview"), ("other" = Uuid, Path, description = "The other")),
    responses((status = 200, description = "What changed", body = Comparison)))]
async fn compare_interviews(
    State(app): State<App>,
    Reader(viewer): Reader,
    Path((id, other)): Path<(Uuid, Uuid)>,
) -> Result<Json<Comparison>, Failure> {
    Ok(Json(service::compare(&app, &viewer, id, other).await?))
}

/// Deletes an interview and everything in it. The ledger keeps its line.
#[utoipa::path(delete, path = "/interviews/{id}", tag = "interviews", security(("bearer" = ["write"])),
    params(("id" = Uuid, Path, description = "The interview")),
    responses((status = 204, description = "It is gone")))]
async fn delete_interview(
    State(app): State<App>,
    Writer(viewer): Writer,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, Failure> {
    service::delete(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
