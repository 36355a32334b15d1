//! The page about one's data.

use leptos::prelude::*;
use leptos_meta::Title;

use super::holdings_list::HoldingsList;
use super::import_section::ImportSection;
use super::server_fns::{DataPage, overview};
use crate::retention::RetentionForm;
use crate::ui::{AtOnce, loaded};

/// `/profile/data`, for members.
pub fn data_page() -> AnyView {
    let page = Resource::new(|| (), |()| overview());
    loaded(page, 8, move |page| view! { <Data page/> }.at_once())
}

#[component]
fn Data(page: DataPage) -> impl IntoView {
    let DataPage { holdings, retention } = page;
    view! {
        <Title text=tr!(takeout.title)/>
        <div class="page narrow my-data">
            <h1>{tr!(takeout.title)}</h1>
            <p class="lead">{tr!(takeout.lead)} " " <a href="/privacy">{tr!(takeout.to_privacy)}</a></p>
            <section class="block" aria-labelledby="held">
                <h2 id="held">{tr!(takeout.held)}</h2>
                <HoldingsList holdings/>
            </section>
            <section class="block" aria-labelledby="export">
                <h2 id="export">{tr!(takeout.export_heading)}</h2>
                <p>{tr!(takeout.export_text)}</p>
                <p class="hint">{tr!(takeout.export_hint)}</p>
                <p class="actions">
                    <a class="button" href="/account/export.zip" rel="external" download="">{tr!(takeout.export)}</a>
                </p>
            </section>
            <ImportSection/>
            <RetentionForm page=retention/>
            <section class="block" aria-labelledby="leave">
                <h2 id="leave">{tr!(takeout.delete_heading)}</h2>
                <p>{tr!(takeout.delete_text)}</p>
                <p class="actions"><a class="button quiet" rel="external" href="/profile#delete">{tr!(takeout.to_delete)}</a></p>
            </section>
        </div>
    }
    .at_once()
}
