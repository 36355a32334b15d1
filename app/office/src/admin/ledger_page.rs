//! The allowance ledger of all people.

use domain::admin::LedgerFilter;
use domain::quotas::LimitedAction;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::filter::{ledger_address, ledger_filter};
use super::server_fns::{LedgerList, LedgerRow, admin_ledger};
use crate::layout::AdminNav;
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/admin/ledger`, for administrators. The filter stands in the address.
pub fn ledger_page() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(ledger_filter));
    let page = Resource::new(move || filter.get(), admin_ledger);
    loaded(page, 8, move |list| view! { <Ledger list filter=filter.get_untracked()/> }.at_once())
}

#[component]
fn Ledger(list: LedgerList, filter: LedgerFilter) -> impl IntoView {
    let more = list.next.map(|after| {
        let href = ledger_address(&LedgerFilter { after: Some(after), ..filter.clone() });
        view! { <p class="more"><a class="button quiet" href=href>{tr!(admin.more)}</a></p> }
    });
    view! {
        <Title text=tr!(admin.ledger_title)/>
        <div class="page admin">
            <AdminNav/>
            <header>
                <h1>{tr!(admin.ledger_title)}</h1>
                <p class="lead">{tr!(admin.ledger_lead)}</p>
            </header>
            <Filter filter/>
            <Lines rows=list.rows/>
            {more}
        </div>
    }
    .at_once()
}

#[component]
fn Filter(filter: LedgerFilter) -> impl IntoView {
    let chosen = filter.action.clone().unwrap_or_default();
    let actions = LimitedAction::ALL
        .iter()
        .map(|action| {
            let word = action.as_str();
            view! { <option value=word selected=word == chosen>{words::action(*action)}</option> }
        })
        .collect_view();
    let reset = (filter != LedgerFilter::default())
        .then(|| view! { <a class="button quiet" href="/admin/ledger">{tr!(history.reset)}</a> });
    view! {
        <form class="admin-search" method="get" action="/admin/ledger" role="search" aria-label=tr!(history.filter)>
            <label>
                <span>{tr!(admin.ledger_who)}</span>
                <input type="search" name="who" value=filter.who autocapitalize="none" spellcheck="false"/>
            </label>
            <label>
                <span>{tr!(admin.column_action)}</span>
                <select name="action"><option value="">{tr!(history.all)}</option> {actions}</select>
            </label>
            <div class="actions">
                <button class="button quiet">{tr!(history.apply)}</button>
                {reset}
            </div>
        </form>
    }
    .at_once()
}

#[component]
fn Lines(rows: Vec<LedgerRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="empty">{tr!(admin.no_lines)}</p> }.at_once();
    }
    let rows = rows.into_iter().map(line).collect_view();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(admin.ledger_title)>
            <table>
                <caption>{tr!(admin.ledger_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(quotas.column_at)}</th>
                        <th scope="col">{tr!(admin.column_who)}</th>
                        <th scope="col">{tr!(admin.column_action)}</th>
                        <th scope="col">{tr!(admin.column_reason)}</th>
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

fn line(row: LedgerRow) -> AnyView {
    let LedgerRow { line, at, day } = row;
    let units = match line.units {
        used @ 0.. => format!("+{used}"),
        back => format!("−{}", back.unsigned_abs()),
    };
    view! {
        <tr>
            <td><Moment at/></td>
            <td><a href=format!("/admin/users/{}", line.user_id)>{line.username}</a></td>
            <td>{words::action(line.action)}</td>
            <td>{words::entry_reason(line.reason)}</td>
            <td class="number">{units}</td>
            <td><Moment at=day day_only=true/></td>
        </tr>
    }
    .at_once()
}
