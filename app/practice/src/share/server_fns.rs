//! What share links ask of the server.

use domain::share::NewShare;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::interview::ReportPage;
use crate::json::Json;
use crate::time::LocalTime;

/// A link in the list, with its times as its owner reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareRow {
    pub id: Uuid,
    pub with_name: bool,
    pub with_material: bool,
    pub created: LocalTime,
    pub expires: LocalTime,
}

/// A link that was just made. The token is told this once; it has no `Debug`, so that it cannot reach a log.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewLink {
    pub row: ShareRow,
    pub token: String,
}

/// Everything that the page of a share link shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SharedPage {
    pub page: ReportPage,
    pub name: Option<String>,
    pub expires: LocalTime,
    /// The time zone that its times are told in: its owner's.
    pub zone: String,
}

/// Makes a link to the report on an interview.
#[server(prefix = "/web", endpoint = "share/create", input = Json, output = Json)]
pub async fn create_share(id: Uuid, share: NewShare) -> FormResult<NewLink> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let link = domain::share::service::create(&app, &viewer, id, share).await;
    context::form(link.map(|link| NewLink {
        row: crate::share::rows::row(&link.share, &viewer.time_zone),
        token: link.token,
    }))
}

/// The links to the report on an interview, newest first.
#[server(prefix = "/web", endpoint = "share/list", input = Json, output = Json)]
pub async fn list_shares(id: Uuid) -> Result<Vec<ShareRow>, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let shares = context::page(domain::share::service::list(&app, &viewer, id).await)?;
    Ok(shares.iter().map(|share| crate::share::rows::row(share, &viewer.time_zone)).collect())
}

/// Takes a link back.
#[server(prefix = "/web", endpoint = "share/revoke", input = Json, output = Json)]
pub async fn revoke_share(id: Uuid) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::share::service::revoke(&app, &viewer, id).await)
}

/// The report that a token opens, for whoever has it.
#[server(prefix = "/web", endpoint = "share/read", input = Json, output = Json)]
pub async fn read_shared(token: String) -> Result<SharedPage, AppError> {
    use crate::context;
    use crate::time::local_time;
    let app = context::app();
    let shared = context::page(domain::share::service::read(&app, &token).await)?;
    Ok(SharedPage {
        page: ReportPage {
            earlier: None,
            started: local_time(shared.report.interview.started_at, &shared.time_zone),
            topics: crate::interview::topics::named(&app, &shared.report.interview.topics),
            report: shared.report,
        },
        name: shared.name,
        expires: local_time(shared.expires_at, &shared.time_zone),
        zone: shared.time_zone,
    })
}
