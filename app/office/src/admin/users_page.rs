//! The list of accounts.

use domain::Role;
use domain::admin::{LimitView, UserFilter};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::filter::{user_filter, users_address};
use super::server_fns::{UserList, UserRow, admin_users};
use crate::layout::AdminNav;
use crate::time::Moment;
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/admin/users`, for administrators. What is searched for stands in the address.
pub fn users_page() -> AnyView {
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(user_filter));
    let page = Resource::new(move || filter.get(), admin_users);
    loaded(page, 6, move |list| view! { <Users list filter=filter.get_untracked()/> }.at_once())
}

#[component]
fn Users(list: UserList, filter: UserFilter) -> impl IntoView {
    let found = list.rows.len();
    let more = list.next.map(|after| {
        let href = users_address(&UserFilter { after: Some(after), ..filter.clone() });
        view! { <p class="more"><a class="button quiet" href=href>{tr!(admin.more)}</a></p> }
    });
    let rows = list.rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <Title text=tr!(admin.users_title)/>
        <div class="page admin">
            <AdminNav/>
            <header>
                <h1>{tr!(admin.users_title)}</h1>
                <p class="lead">{tr!(admin.users_lead)}</p>
            </header>
            <Search filter/>
            {(found == 0).then(|| view! { <p class="empty">{tr!(admin.nobody_fits)}</p> })}
            <ul class="people">{rows}</ul>
            {more}
        </div>
    }
    .at_once()
}

/// A plain form: what is searched for stands in the address.
#[component]
fn Search(filter: UserFilter) -> impl IntoView {
    let reset = (filter != UserFilter::default())
        .then(|| view! { <a class="button quiet" href="/admin/users">{tr!(history.reset)}</a> });
    view! {
        <form class="admin-search" method="get" action="/admin/users" role="search" aria-label=tr!(admin.search)>
            <label>
                <span>{tr!(admin.search_text)}</span>
                <input type="search" name="q" value=filter.text autocapitalize="none" spellcheck="false"/>
            </label>
            <div class="actions">
                <button class="button">{tr!(admin.search)}</button>
                {reset}
            </div>
        </form>
    }
    .at_once()
}

#[component]
fn Row(row: UserRow) -> impl IntoView {
    let UserRow { user, joined, active, banned } = row;
    let admin =
        (user.role == Role::Admin).then(|| view! { " " <span class="tag">{words::role(Role::Admin)}</span> });
    let banned = banned.is_some().then(|| view! { " " <span class="tag banned">{tr!(admin.banned)}</span> });
    let name = (user.display_name != user.username).then(|| format!("{} · ", user.display_name));
    let limits: Vec<String> = user.limits.iter().map(limit).collect();
    view! {
        <li>
            <h2><a href=format!("/admin/users/{}", user.id)>{user.username}</a> {admin} {banned}</h2>
            <p class="account-text">{name} {user.email}</p>
            <p class="hint">
                {tr!(admin.joined)} " " <Moment at=joined day_only=true/> " · " {last_active(active)}
            </p>
            <p class="hint">{limits.join(" · ")}</p>
        </li>
    }
    .at_once()
}

/// The last day on which somebody did something.
pub fn last_active(active: Option<crate::time::LocalTime>) -> AnyView {
    match active {
        Some(at) => view! { {tr!(admin.active)} " " <Moment at day_only=true/> }.at_once(),
        None => tr!(admin.never_active).at_once(),
    }
}

/// What holds, and whether it is the account's own.
pub fn limit(limit: &LimitView) -> String {
    let action = words::action(limit.action);
    match limit.own {
        Some(own) => tr!(admin.limit_own, action = action, n = own),
        None => tr!(admin.limit_default, action = action, n = limit.default),
    }
}
