//! What the allowance page asks of the server.

use domain::quotas::{AllowanceView, LedgerEntryView};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::AppError;
use crate::json::Json;
use crate::time::LocalTime;

/// Everything that the allowance page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AllowancePage {
    pub allowance: AllowanceView,
    pub chat: AllowanceView,
    /// Drafts and readings of letters by the model.
    pub letters: AllowanceView,
    pub resets: LocalTime,
    pub zone: String,
    pub entries: Vec<EntryRow>,
}

/// One line of the ledger with its times as the person reads them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EntryRow {
    pub entry: LedgerEntryView,
    pub at: LocalTime,
    pub day: LocalTime,
}

/// What is left today, and the ledger.
#[server(prefix = "/web", endpoint = "quotas/allowance", input = Json, output = Json)]
pub async fn allowance() -> Result<AllowancePage, AppError> {
    use crate::context;
    use crate::time::{local_date, local_time};
    use domain::quotas::{LimitedAction, service};
    let (app, viewer) = (context::app(), context::viewer()?);
    let allowance = context::page(service::allowance(&app, &viewer, LimitedAction::Interview).await)?;
    let chat = context::page(service::allowance(&app, &viewer, LimitedAction::Chat).await)?;
    let letters = context::page(service::allowance(&app, &viewer, LimitedAction::LetterDraft).await)?;
    let entries = context::page(service::ledger(&app, &viewer).await)?;
    let zone = viewer.time_zone;
    Ok(AllowancePage {
        resets: local_time(allowance.resets_at, &zone),
        allowance,
        chat,
        letters,
        entries: entries
            .into_iter()
            .map(|entry| EntryRow { at: local_time(entry.at, &zone), day: local_date(entry.day), entry })
            .collect(),
        zone,
    })
}
