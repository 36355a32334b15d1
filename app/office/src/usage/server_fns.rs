//! What the page of the model's calls asks of the server.

use domain::usage::{Trial, UsageView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UsagePage {
    pub usage: UsageView,
    /// When the configured model last answered, and last failed.
    pub last_success: Option<LocalTime>,
    pub last_failure: Option<LocalTime>,
}

/// The calls of the last `days`, which is a word of `Span`.
#[server(prefix = "/web", endpoint = "usage/overview", input = Json, output = Json)]
pub async fn usage_overview(days: Option<String>) -> Result<UsagePage, AppError> {
    use crate::context;
    use crate::time::local_time;
    use domain::usage::Span;
    let (app, viewer) = (context::app(), context::viewer()?);
    let span = Span::of(days.as_deref());
    let usage = context::page(domain::usage::service::overview(&app, &viewer, span).await)?;
    let model = usage.model.as_ref();
    let last_success = model.and_then(|model| model.last_success);
    let last_failure = model.and_then(|model| model.last_failure).map(|failure| failure.at);
    let local = |at| local_time(at, &viewer.time_zone);
    Ok(UsagePage { last_success: last_success.map(local), last_failure: last_failure.map(local), usage })
}

/// Makes one small call to the configured model.
#[server(prefix = "/web", endpoint = "usage/try-model", input = Json, output = Json)]
pub async fn try_model() -> FormResult<Trial> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::usage::service::try_model(&app, &viewer).await)
}
