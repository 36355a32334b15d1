//! What the progress page asks of the server.

use domain::progress::{ProgressFilter, ProgressView};
use leptos::prelude::*;

use crate::AppError;
use crate::json::Json;

/// Everything that the page shows, with the scores of a field and a topic.
#[server(prefix = "/web", endpoint = "progress/read", input = Json, output = Json)]
pub async fn read_progress(filter: ProgressFilter) -> Result<ProgressView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::progress::service::progress(&app, &viewer, filter).await)
}
