//! The audit log.

use domain::audit::{AUDIT_DAYS, AuditAction, AuditFilter, Party};
use domain::identities::Provider;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde_json::Value;

use super::filter::{audit_address, audit_filter};
use super::server_fns::{AuditList, AuditRow, admin_audit};
use crate::layout::AdminNav;
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/admin/audit`, for administrators. The filter stands in the address.
pub fn audit_page() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(audit_filter));
    let page = Resource::new(move || filter.get(), admin_audit);
    loaded(page, 8, move |list| view! { <Audit list filter=filter.get_untracked()/> }.at_once())
}

#[component]
fn Audit(list: AuditList, filter: AuditFilter) -> impl IntoView {
    let more = list.next.map(|after| {
        let href = audit_address(&AuditFilter { after: Some(after), ..filter.clone() });
        view! { <p class="more"><a class="button quiet" href=href>{tr!(admin.more)}</a></p> }
    });
    view! {
        <Title text=tr!(admin.audit_title)/>
        <div class="page admin">
            <AdminNav/>
            <header>
                <h1>{tr!(admin.audit_title)}</h1>
                <p class="lead">{tr!(admin.audit_lead, time = words::days(AUDIT_DAYS))}</p>
            </header>
            <Filter filter/>
            <Lines rows=list.rows/>
            {more}
        </div>
    }
    .at_once()
}

#[component]
fn Filter(filter: AuditFilter) -> impl IntoView {
    let chosen = filter.action.clone().unwrap_or_default();
    let actions = AuditAction::ALL
        .iter()
        .map(|action| {
            let word = action.as_str();
            view! { <option value=word selected=word == chosen>{words::audit_action(*action)}</option> }
        })
        .collect_view();
    let reset = (filter != AuditFilter::default())
        .then(|| view! { <a class="button quiet" href="/admin/audit">{tr!(history.reset)}</a> });
    view! {
        <form class="admin-search" method="get" action="/admin/audit" role="search" aria-label=tr!(history.filter)>
            <label>
                <span>{tr!(admin.column_what)}</span>
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
fn Lines(rows: Vec<AuditRow>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="empty">{tr!(admin.no_lines)}</p> }.at_once();
    }
    let rows = rows.into_iter().map(line).collect_view();
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=tr!(admin.audit_title)>
            <table>
                <caption>{tr!(admin.audit_caption)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{tr!(quotas.column_at)}</th>
                        <th scope="col">{tr!(admin.column_who)}</th>
                        <th scope="col">{tr!(admin.column_what)}</th>
                        <th scope="col">{tr!(admin.column_whom)}</th>
                        <th scope="col">{tr!(admin.column_details)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .at_once()
}

fn line(row: AuditRow) -> AnyView {
    let AuditRow { line, at } = row;
    let actor = match line.actor {
        Some(actor) => party(actor),
        None => tr!(admin.command_line).at_once(),
    };
    view! {
        <tr>
            <td><Moment at/></td>
            <td>{actor}</td>
            <td>{words::audit_action(line.action)}</td>
            <td>{line.subject.map(party)}</td>
            <td>{details(&line.details)}</td>
        </tr>
    }
    .at_once()
}

fn party(party: Party) -> AnyView {
    match party {
        Party::Account { id, username } => {
            view! { <a href=format!("/admin/users/{id}")>{username}</a> }.at_once()
        }
        Party::Deleted => tr!(admin.deleted_account).at_once(),
    }
}

/// What was set, in words as far as this version knows it.
fn details(details: &Value) -> String {
    let Value::Object(details) = details else { return String::new() };
    let of_retention = details.get("setting").and_then(Value::as_str) == Some("retention-max-days");
    let told = details.iter().map(|(name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match name.as_str() {
            "role" => text.parse().map_or(text, |role| words::role(role).to_owned()),
            "action" => text.parse().map_or(text, |action| words::action(action).to_owned()),
            "daily_limit" => tr!(admin.a_day, n = text),
            "days" => lasting(text),
            "setting" if text == "registration" => tr!(admin.registration).to_owned(),
            "setting" if text == "retention-max-days" => tr!(admin.retention_max).to_owned(),
            "value" if of_retention && value.is_null() => tr!(admin.retention_max_none).to_owned(),
            "value" if of_retention => lasting(text),
            "value" => text.parse().map_or(text, |value| words::registration(value).to_owned()),
            "provider" => text.parse().map_or(text, |found| provider(found).to_owned()),
            "by" if text == "setup-link" => tr!(admin.by_setup_link).to_owned(),
            "setting" => text,
            _ => format!("{name}: {text}"),
        }
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// For how many days something is, as people count them.
fn lasting(days: String) -> String {
    days.parse().map_or(days, |days| tr!(admin.works_for, time = words::days(days)))
}

/// What people call a provider of logins. The OpenID Connect server has a name that only its operator knows.
fn provider(provider: Provider) -> &'static str {
    match provider {
        Provider::Github => "GitHub",
        Provider::Kakao => tr!(admin.kakao),
        Provider::Oidc => "OpenID Connect",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn details_are_told_in_words() {
        let check = |value: Value, expected: &str| assert_eq!(details(&value), expected, "{value}");
        check(json!({}), "");
        check(json!({ "role": "admin" }), "관리자");
        check(json!({ "action": "interview", "daily_limit": 3 }), "면접 · 하루 3번");
        check(json!({ "setting": "registration", "value": "closed" }), "가입 · 받지 않음");
        check(json!({ "setting": "retention-max-days", "value": 90 }), "면접 보관 기간의 상한 · 90일 동안");
        check(json!({ "setting": "retention-max-days", "value": 730 }), "면접 보관 기간의 상한 · 2년 동안");
        check(json!({ "setting": "retention-max-days", "value": null }), "면접 보관 기간의 상한 · 상한 없음");
        check(json!({ "setting": "something-new", "value": 7 }), "something-new · 7");
        check(json!({ "provider": "kakao" }), "카카오");
        check(json!({ "file": 1 }), "file: 1");
    }
}
