//! What the card of today's question asks of the server.

use domain::today::TodayView;
use leptos::prelude::*;
use uuid::Uuid;

use crate::AppError;
use crate::error::FormResult;
use crate::json::Json;

/// Today's question, and what became of it.
#[server(prefix = "/web", endpoint = "today/read", input = Json, output = Json)]
pub async fn today() -> Result<TodayView, AppError> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::page(domain::today::service::today(&app, &viewer).await)
}

/// Takes another question for today. `swaps` is how often that was done as the page knows it.
#[server(prefix = "/web", endpoint = "today/swap", input = Json, output = Json)]
pub async fn swap_today(swaps: u32) -> FormResult<()> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::today::service::swap(&app, &viewer, swaps).await)
}

/// Starts an interview on today's question alone, and uses one unit. The same request id gives the same interview.
#[server(prefix = "/web", endpoint = "today/answer", input = Json, output = Json)]
pub async fn answer_today(swaps: u32, request_id: Uuid) -> FormResult<Uuid> {
    use crate::context;
    let (app, viewer) = (context::app(), context::viewer()?);
    context::form(domain::today::service::answer(&app, &viewer, swaps, request_id).await)
}
