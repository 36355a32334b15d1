//! What the page of a profile asks of the server.

use domain::github::{Calls, GithubFailure, NameOrigin, Part, Profile};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the page shows before a button is pressed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GithubPage {
    /// A name to begin with, and where it comes from.
    pub user_name: Option<String>,
    pub origin: Option<NameOrigin>,
    /// Empty when the operator has switched it off.
    pub host: String,
    pub calls: CallsRow,
    pub shown: Option<ShownProfile>,
}

/// Calls, with their time as the person reads it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CallsRow {
    pub calls: Calls,
    pub resets: Option<LocalTime>,
}

/// A profile with its ages and times as the person reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ShownProfile {
    pub profile: Profile,
    pub age_minutes: u32,
    pub calls: CallsRow,
    pub problems: Vec<ProblemRow>,
}

/// Something that GitHub did not give.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ProblemRow {
    pub part: Part,
    pub failure: GithubFailure,
    pub times: u32,
    pub again: Option<LocalTime>,
    /// How old what is shown instead is; none where nothing is.
    pub age_minutes: Option<u32>,
}

/// The name to begin with, and what is kept of it. GitHub is not asked.
#[server(prefix = "/web", endpoint = "github/read", input = Json, output = Json)]
pub async fn read_github() -> Result<GithubPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let view = context::page(domain::github::service::view(&app, &viewer).await)?;
    Ok(crate::github::rows::page(view, app.now(), &viewer.time_zone))
}

/// Looks a name up.
#[server(prefix = "/web", endpoint = "github/look-up", input = Json, output = Json)]
pub async fn look_up_github(github_name: String) -> FormResult<ShownProfile> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let profile = domain::github::service::profile(&app, &viewer, &github_name).await;
    context::form(profile.map(|profile| crate::github::rows::shown(profile, app.now(), &viewer.time_zone)))
}

/// Forgets which name was looked up last.
#[server(prefix = "/web", endpoint = "github/forget", input = Json, output = Json)]
pub async fn forget_github() -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::github::service::forget(&app, &viewer).await)
}
