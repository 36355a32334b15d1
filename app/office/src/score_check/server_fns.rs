//! What the page of the scorer's checks asks of the server.

use std::collections::BTreeMap;

use domain::score_check::{RunState, ScoreCheckView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScoreCheckPage {
    pub check: ScoreCheckView,
    /// When the last run was kept.
    pub last_at: Option<LocalTime>,
    /// The same for each of the earlier runs.
    pub earlier_at: Vec<LocalTime>,
    /// Names of the criteria by their ids, in the language of the page.
    pub criteria: BTreeMap<String, String>,
}

/// The configured scorer, its last run, and the runs before.
#[server(prefix = "/web", endpoint = "score-check/overview", input = Json, output = Json)]
pub async fn score_check_overview() -> Result<ScoreCheckPage, AppError> {
    use crate::context;
    use crate::language::language;
    use crate::time::local_time;
    let (app, viewer) = (context::app(), context::viewer()?);
    let check = context::page(domain::score_check::service::overview(&app, &viewer).await)?;
    let zone = &viewer.time_zone;
    let criteria = domain::rubric::rubric().criteria.iter();
    Ok(ScoreCheckPage {
        last_at: check.last.as_ref().map(|run| local_time(run.at, zone)),
        earlier_at: check.earlier.iter().map(|run| local_time(run.at, zone)).collect(),
        criteria: criteria
            .map(|criterion| (criterion.id.to_string(), criterion.text(language()).name.clone()))
            .collect(),
        check,
    })
}

/// Starts a run that goes on by itself. While one is under way nothing more is started.
#[server(prefix = "/web", endpoint = "score-check/start", input = Json, output = Json)]
pub async fn start_score_check() -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::score_check::service::start(&app, &viewer))
}

/// Ends the run. Nothing of it is kept.
#[server(prefix = "/web", endpoint = "score-check/stop", input = Json, output = Json)]
pub async fn stop_score_check() -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::score_check::service::stop(&app, &viewer))
}

/// How far the run is.
#[server(prefix = "/web", endpoint = "score-check/state", input = Json, output = Json)]
pub async fn score_check_state() -> Result<RunState, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::score_check::service::state(&app, &viewer))
}
