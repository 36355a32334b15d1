//! What the interview pages ask of the server.

use domain::interview::{
    Comparison, HistoryFilter, InterviewSummary, NewAssessment, NewInterview, NewPractice, ReportView,
    Retake, RoomAction, RoomView, SetupOptions,
};
use domain::material::MaterialChoices;
use domain::past_questions::CompanyOption;
use domain::questions::Field;
use domain::quotas::AllowanceView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the setup shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetupPage {
    pub options: SetupOptions,
    pub allowance: AllowanceView,
    pub resets: LocalTime,
    /// The person's fields of interest.
    pub interests: Vec<Field>,
    /// What the interview can be about besides.
    pub materials: MaterialChoices,
    /// Whose past questions can come first.
    pub companies: Vec<CompanyOption>,
}

/// One line of the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HistoryRow {
    pub interview: InterviewSummary,
    pub started: LocalTime,
    /// Names of the topics, in the language of the page.
    pub topics: Vec<String>,
}

/// A page of the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HistoryList {
    pub rows: Vec<HistoryRow>,
    pub next: Option<Uuid>,
}

/// Everything that the report shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportPage {
    pub report: ReportView,
    pub started: LocalTime,
    pub topics: Vec<String>,
    /// The interview that this one repeats, if it can be compared with.
    pub earlier: Option<Uuid>,
}

/// Two sittings side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ComparePage {
    pub comparison: Comparison,
    pub before_started: LocalTime,
    pub after_started: LocalTime,
}

/// What can be set up, and what is left of the allowance.
#[server(prefix = "/web", endpoint = "interview/setup", input = Json, output = Json)]
pub async fn setup() -> Result<SetupPage, AppError> {
    use crate::context;
    use domain::quotas::LimitedAction;
    let (app, viewer) = (context::app(), context::viewer()?);
    let allowance = domain::quotas::service::allowance(&app, &viewer, LimitedAction::Interview).await;
    let allowance = context::page(allowance)?;
    let profile = context::page(domain::accounts::service::profile(&app, &viewer).await)?;
    Ok(SetupPage {
        options: domain::interview::service::setup_options(&app),
        resets: crate::time::local_time(allowance.resets_at, &viewer.time_zone),
        allowance,
        interests: profile.fields,
        materials: context::page(domain::material::service::choices(&app, &viewer).await)?,
        companies: context::page(domain::past_questions::service::companies(&app, &viewer).await)?,
    })
}

/// Starts an interview and uses one unit. The same form starts one interview, however often it is sent.
#[server(prefix = "/web", endpoint = "interview/start", input = Json, output = Json)]
pub async fn start_interview(interview: NewInterview) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::start(&app, &viewer, interview).await)
}

/// Holds a finished interview once more and uses one unit. The same request id starts one interview.
#[server(prefix = "/web", endpoint = "interview/retake", input = Json, output = Json)]
pub async fn retake_interview(id: Uuid, retake: Retake) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::retake(&app, &viewer, id, retake).await)
}

/// Starts an interview on chosen questions and uses one unit. The same request id starts one interview.
#[server(prefix = "/web", endpoint = "interview/practise", input = Json, output = Json)]
pub async fn practise(practice: NewPractice) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::practise(&app, &viewer, practice).await)
}

/// Two finished interviews side by side.
#[server(prefix = "/web", endpoint = "interview/compare", input = Json, output = Json)]
pub async fn compare(id: Uuid, other: Uuid) -> Result<ComparePage, AppError> {
    use crate::context;
    use crate::time::local_time;
    let (app, viewer) = (context::app(), context::viewer()?);
    let comparison = context::page(domain::interview::service::compare(&app, &viewer, id, other).await)?;
    Ok(ComparePage {
        before_started: local_time(comparison.before.interview.started_at, &viewer.time_zone),
        after_started: local_time(comparison.after.interview.started_at, &viewer.time_zone),
        comparison,
    })
}

/// Everything that the room shows when it is opened.
#[server(prefix = "/web", endpoint = "interview/room", input = Json, output = Json)]
pub async fn room(id: Uuid) -> Result<RoomView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::interview::service::room(&app, &viewer, id).await)
}

/// Takes an answer to the awaited turn. The same request id is the same answer.
#[server(prefix = "/web", endpoint = "interview/answer", input = Json, output = Json)]
pub async fn answer(id: Uuid, turn_number: u32, request_id: Uuid, text: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::answer(&app, &viewer, id, turn_number, request_id, text).await)
}

/// Does something else than answering.
#[server(prefix = "/web", endpoint = "interview/act", input = Json, output = Json)]
pub async fn act(id: Uuid, turn_number: u32, action: RoomAction) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::act(&app, &viewer, id, turn_number, action).await)
}

/// Keeps what was typed and not sent.
#[server(prefix = "/web", endpoint = "interview/save-draft", input = Json, output = Json)]
pub async fn save_draft(id: Uuid, text: String) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::save_draft(&app, &viewer, id, text).await)
}

/// The report on a finished interview.
#[server(prefix = "/web", endpoint = "interview/report", input = Json, output = Json)]
pub async fn report(id: Uuid) -> Result<ReportPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let report = context::page(domain::interview::service::report(&app, &viewer, id).await)?;
    Ok(ReportPage {
        started: crate::time::local_time(report.interview.started_at, &viewer.time_zone),
        topics: crate::interview::topics::named(&app, &report.interview.topics),
        earlier: context::page(domain::interview::service::earlier(&app, &viewer, &report.interview).await)?,
        report,
    })
}

/// Has the answers to one question judged again.
#[server(prefix = "/web", endpoint = "interview/assess-again", input = Json, output = Json)]
pub async fn assess_again(id: Uuid, assessment: NewAssessment) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::assess_again(&app, &viewer, id, assessment).await)
}

/// Holds a key point for made, or takes that back.
#[server(prefix = "/web", endpoint = "interview/set-override", input = Json, output = Json)]
pub async fn set_override(id: Uuid, position: u32, point: String, said: bool) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::set_override(&app, &viewer, id, position, &point, said).await)
}

/// A page of the history, newest first.
#[server(prefix = "/web", endpoint = "interview/history", input = Json, output = Json)]
pub async fn history(filter: HistoryFilter) -> Result<HistoryList, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let page = context::page(domain::interview::service::history(&app, &viewer, filter).await)?;
    let row = |interview: InterviewSummary| HistoryRow {
        started: crate::time::local_time(interview.started_at, &viewer.time_zone),
        topics: crate::interview::topics::named(&app, &interview.topics),
        interview,
    };
    Ok(HistoryList { rows: page.interviews.into_iter().map(row).collect(), next: page.next })
}

/// Deletes an interview and everything in it.
#[server(prefix = "/web", endpoint = "interview/delete", input = Json, output = Json)]
pub async fn delete_interview(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::interview::service::delete(&app, &viewer, id).await)
}
