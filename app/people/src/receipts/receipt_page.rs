//! The page of a receipt: to be kept, printed, or taken away.

use domain::receipts::RECEIPT_DAYS;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::server_fns::{ReceiptPage, read_receipt};
use crate::takeout::HoldingsList;
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/receipts/:receipt`, for whoever has its address.
pub fn receipt_page() -> AnyView {
    let params = use_params_map();
    // What is no id is nobody's.
    let id = move || -> Uuid {
        params.with(|params| params.get("receipt").and_then(|id| id.parse().ok()).unwrap_or_default())
    };
    let page = Resource::new(id, read_receipt);
    view! {
        <Meta name="robots" content="noindex"/>
        {loaded(page, 6, move |page| view! { <Receipt page/> }.at_once())}
    }
    .at_once()
}

#[component]
fn Receipt(page: ReceiptPage) -> impl IntoView {
    let ReceiptPage { id, deleted, at, host } = page;
    let print = move |_| {
        // A browser without a printer says so itself.
        let _ = window().print();
    };
    view! {
        <Title text=tr!(receipts.title)/>
        <article class="page narrow receipt">
            <h1>{tr!(receipts.title)}</h1>
            <p class="lead">{tr!(receipts.lead)}</p>
            <dl class="holdings">
                <div><dt>{tr!(receipts.at)}</dt><dd><Moment at/> " (UTC)"</dd></div>
                <div><dt>{tr!(receipts.installation)}</dt><dd>{host}</dd></div>
                <div><dt>{tr!(receipts.number)}</dt><dd class="receipt-number">{id.to_string()}</dd></div>
            </dl>
            <h2>{tr!(receipts.deleted)}</h2>
            <HoldingsList holdings=deleted/>
            <p class="note">{tr!(receipts.backups)}</p>
            <p class="note">{tr!(receipts.kept, time = words::days(RECEIPT_DAYS))}</p>
            <p class="actions no-print">
                <button type="button" class="button quiet" on:click=print>{tr!(receipts.print)}</button>
                <a class="button quiet" rel="external" download="" href=format!("/receipts/{id}/receipt.json")>
                    {tr!(receipts.download)}
                </a>
            </p>
        </article>
    }
    .at_once()
}
