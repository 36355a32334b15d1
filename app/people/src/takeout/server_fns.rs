//! What the page about one's data asks of the server.

use domain::takeout::Holdings;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::json::Json;
use crate::retention::RetentionPage;

/// Everything that the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DataPage {
    pub holdings: Holdings,
    pub retention: RetentionPage,
}

/// The page.
#[server(prefix = "/web", endpoint = "takeout/overview", input = Json, output = Json)]
pub async fn overview() -> Result<DataPage, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    let holdings = context::page(domain::takeout::service::holdings(&app, &viewer).await)?;
    let retention = context::page(domain::retention::service::view(&app, &viewer).await)?;
    Ok(DataPage { holdings, retention: crate::retention::page(retention, &viewer.time_zone) })
}

/// How much is stored of the viewer.
#[server(prefix = "/web", endpoint = "takeout/holdings", input = Json, output = Json)]
pub async fn read_holdings() -> Result<Holdings, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::takeout::service::holdings(&app, &viewer).await)
}
