//! The daily allowance and its ledger.

use axum::Json;
use axum::extract::State;
use domain::App;
use domain::quotas::{AllowanceView, LedgerEntryView, LimitedAction, service};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::ApiState;
use crate::api::access::Reader;
use crate::api::page::{Listed, Page, PageQuery, Paging};
use crate::api::problem::Failure;

pub fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(read_allowances)).routes(routes!(list_ledger))
}

/// What is left today of everything that is counted.
#[derive(Debug, Serialize, ToSchema)]
pub struct Allowances {
    allowances: Vec<AllowanceView>,
}

/// What is left of today's allowance.
#[utoipa::path(get, path = "/allowance", tag = "allowance", security(("bearer" = ["read"])),
    responses((status = 200, description = "One allowance for each action that is counted", body = Allowances)))]
async fn read_allowances(
    State(app): State<App>,
    Reader(viewer): Reader,
) -> Result<Json<Allowances>, Failure> {
    let mut allowances = Vec::new();
    for action in LimitedAction::ALL {
        allowances.push(service::allowance(&app, &viewer, *action).await?);
    }
    Ok(Json(Allowances { allowances }))
}

/// The ledger of the allowance, newest line first.
#[utoipa::path(get, path = "/allowance/ledger", tag = "allowance", security(("bearer" = ["read"])),
    params(PageQuery),
    responses((status = 200, description = "A page of it", body = Page<LedgerEntryView>)))]
async fn list_ledger(
    State(app): State<App>,
    Reader(viewer): Reader,
    paging: Paging,
) -> Result<Listed<LedgerEntryView>, Failure> {
    let found = service::ledger_page(&app, &viewer, paging.after()?, paging.size).await?;
    Ok(paging.reply(found.entries, found.next))
}
