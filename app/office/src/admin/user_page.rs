//! One account, and what can be done about it.

use domain::Role;
use domain::admin::{LedgerFilter, UserView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::filter::ledger_address;
use super::server_fns::{UserRow, admin_user};
use super::user_forms::{Limits, ResetLink, RoleForm, Suspension};
use super::users_page::last_active;
use crate::layout::AdminNav;
use crate::time::{LocalTime, Moment};
use crate::ui::{AtOnce, loaded};
use crate::words;

/// `/admin/users/:id`, for administrators.
pub fn user_page() -> AnyView {
    let params = use_params_map();
    // What is no id names the account that nobody has, so that the server answers to both alike.
    let id = move || {
        params.with(|params| params.get_str("id").and_then(|id| id.parse::<Uuid>().ok())).unwrap_or_default()
    };
    let page = Resource::new(id, admin_user);
    // What was done is told here: the rest of the page is made afresh after it.
    let told = RwSignal::new(None::<&'static str>);
    let done = Callback::new(move |text: &'static str| {
        told.set(Some(text));
        page.refetch();
    });
    view! {
        {loaded(page, 6, move |row| view! { <User row told done/> }.at_once())}
    }
    .at_once()
}

#[component]
fn User(row: UserRow, told: RwSignal<Option<&'static str>>, done: Callback<&'static str>) -> impl IntoView {
    let UserRow { user, joined, active, banned } = row;
    let title = user.username.clone();
    let (id, limits, is_own) = (user.id, user.limits.clone(), user.is_own);
    let (role, since, reason) = (user.role, banned, user.ban_reason.clone());
    // Some things are nobody's own to do.
    let about = match is_own {
        true => view! { <p class="hint">{tr!(admin.own_account)}</p> }.at_once(),
        false => view! {
            <Suspension id since reason done/>
            <RoleForm id role done/>
        }
        .at_once(),
    };
    view! {
        <Title text=title.clone()/>
        <div class="page admin">
            <AdminNav/>
            <header>
                <p><a href="/admin/users">{tr!(admin.to_users)}</a></p>
                <h1>{title}</h1>
            </header>
            <Facts user joined active banned/>
            <p role="status" class="done">{move || told.get()}</p>
            <Limits id limits done/>
            <ResetLink id/>
            {about}
        </div>
    }
    .at_once()
}

#[component]
fn Facts(
    user: UserView,
    joined: LocalTime,
    active: Option<LocalTime>,
    banned: Option<LocalTime>,
) -> impl IntoView {
    let ledger = ledger_address(&LedgerFilter { who: Some(user.username.clone()), ..Default::default() });
    let state = match banned {
        Some(at) => view! { <strong class="wrong">{tr!(admin.banned)}</strong> " · " <Moment at/> }.at_once(),
        None => tr!(admin.not_banned).at_once(),
    };
    let role = match user.role {
        Role::Admin => view! { <strong>{words::role(Role::Admin)}</strong> }.at_once(),
        role @ Role::Member => words::role(role).at_once(),
    };
    view! {
        <dl class="score-check-facts">
            <div><dt>{tr!(accounts.display_name)}</dt><dd>{user.display_name}</dd></div>
            <div><dt>{tr!(accounts.email)}</dt><dd class="account-text">{user.email}</dd></div>
            <div><dt>{tr!(admin.role)}</dt><dd>{role}</dd></div>
            <div><dt>{tr!(admin.joined)}</dt><dd><Moment at=joined/></dd></div>
            <div><dt>{tr!(admin.activity)}</dt><dd>{last_active(active)}</dd></div>
            <div><dt>{tr!(admin.state)}</dt><dd>{state}</dd></div>
        </dl>
        <p><a href=ledger>{tr!(admin.to_ledger)}</a></p>
        <p class="hint">{tr!(admin.cannot_read)}</p>
    }
    .at_once()
}
