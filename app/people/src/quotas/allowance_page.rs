//! The page about the daily allowance.

use domain::quotas::AllowanceView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::server_fns::{AllowancePage, EntryRow, allowance};
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/allowance`, for members.
pub fn allowance_page() -> AnyView {
    let page = Resource::new(|| (), |()| allowance());
    loaded(page, 3, move |page| view! { <Allowance page/> }.at_once())
}

#[component]
fn Allowance(page: AllowancePage) -> impl IntoView {
    let AllowancePage { allowance, chat, letters, resets, zone, entries } = page;
    let used = tr!(quotas.used, used = allowance.used, limit = allowance.limit);
    let chat_used = tr!(quotas.chat_used, used = chat.used, limit = chat.limit);
    let letters_used = tr!(quotas.letters_used, used = letters.used, limit = letters.limit);
    view! {
        <Title text=tr!(quotas.title)/>
        <section class="page">
            <h1>{tr!(quotas.title)}</h1>
            <p class="figure">{used}</p>
            <Meter allowance/>
            <p class="figure">{chat_used}</p>
            <Meter allowance=chat/>
            <p class="figure">{letters_used}</p>
            <Meter allowance=letters/>
            <p>{tr!(quotas.resets)} " " <Moment at=resets/> " (" {zone} ")"</p>
            <p class="hint">{tr!(quotas.rules)}</p>
            <p class="hint">{tr!(quotas.chat_rules)}</p>
            <p class="hint">{tr!(quotas.letter_rules)}</p>
            <h2>{tr!(quotas.ledger)}</h2>
            <Ledger entries/>
        </section>
    }
    .at_once()
}

#[component]
fn Meter(allowance: AllowanceView) -> impl IntoView {
    let (limit, used) = (allowance.limit.to_string(), allowance.used.to_string());
    view! { <meter min="0" max=limit value=used aria-hidden="true"></meter> }.at_once()
}

#[component]
fn Ledger(entries: Vec<EntryRow>) -> impl IntoView {
    if entries.is_empty() {
        return view! { <p class="empty">{tr!(quotas.empty)}</p> }.at_once();
    }
    let rows = entries.into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <div class="table-frame">
            <table>
                <caption>{tr!(quotas.ledger_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(quotas.column_at)}</th>
                        <th scope="col">{tr!(quotas.column_what)}</th>
                        <th scope="col" class="number">{tr!(quotas.column_units)}</th>
                        <th scope="col">{tr!(quotas.column_day)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .at_once()
}

#[component]
fn Row(row: EntryRow) -> impl IntoView {
    let EntryRow { entry, at, day } = row;
    let what = format!("{}: {}", words::action(entry.action), words::entry(&entry));
    let what = match entry.interview_id {
        Some(id) => view! { <a href=format!("/interviews/{id}")>{what}</a> }.at_once(),
        None => what.at_once(),
    };
    let units = match entry.units {
        used @ 0.. => format!("+{used}"),
        back => format!("−{}", back.unsigned_abs()),
    };
    view! {
        <tr>
            <td><Moment at/></td>
            <td>{what}</td>
            <td class="number">{units}</td>
            <td><Moment at=day day_only=true/></td>
        </tr>
    }
    .at_once()
}
