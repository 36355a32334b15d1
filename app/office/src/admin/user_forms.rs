//! What can be done about an account, each thing a form of its own.

use domain::admin::LimitView;
use domain::{InputField, Role};
use leptos::prelude::*;
use uuid::Uuid;

use super::fresh_link::FreshLink;
use super::server_fns::{ban, make_reset_link, set_limit, set_role, unban};
use super::users_page::limit as limit_text;
use crate::time::{LocalTime, Moment};
use crate::ui::{AtOnce, FormNotice, FormState, SubmitButton, TextField, origin};
use crate::words;

/// The daily limit of every action.
#[component]
pub fn Limits(id: Uuid, limits: Vec<LimitView>, done: Callback<&'static str>) -> impl IntoView {
    let forms = limits.into_iter().map(|limit| view! { <LimitForm id limit done/> }).collect_view();
    view! {
        <section class="block" aria-labelledby="limits">
            <h2 id="limits">{tr!(admin.limits)}</h2>
            <p class="hint">{tr!(admin.limits_hint)}</p>
            {forms}
        </section>
    }
    .at_once()
}

#[component]
fn LimitForm(id: Uuid, limit: LimitView, done: Callback<&'static str>) -> impl IntoView {
    let form = FormState::new();
    let action = limit.action;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = set_limit(id, action.to_string(), form.value(InputField::DailyLimit));
        form.send(call, move |()| done.run(tr!(admin.limit_saved)));
    };
    // The page has one for each action, so each has its own id.
    let input = format!("limit-{action}");
    let error = format!("{input}-error");
    let hint = format!("{input}-hint");
    let own = limit.own.map(|own| own.to_string());
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <div class="field">
                <label for=input.clone()>{words::action(action)}</label>
                <p class="hint" id=hint.clone()>{limit_text(&limit)}</p>
                <div class="share-copy">
                    <input
                        id=input
                        name=InputField::DailyLimit.as_str()
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        value=own
                        placeholder=limit.default.to_string()
                        aria-describedby=format!("{hint} {error}")
                        aria-invalid=move || form.is_wrong(InputField::DailyLimit).then_some("true")
                    />
                    <SubmitButton form class="quiet" label=tr!(accounts.save) pending=tr!(accounts.saving)/>
                </div>
                <p class="field-error" id=error>{move || form.error_of(InputField::DailyLimit)}</p>
            </div>
        </form>
    }
    .at_once()
}

/// A link by which the person chooses a new password. It is shown once.
#[component]
pub fn ResetLink(id: Uuid) -> impl IntoView {
    let form = FormState::new();
    let link = RwSignal::new(None::<String>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(make_reset_link(id), move |fresh| {
            link.set(Some(format!("{}/reset/{}", origin(), fresh.token)));
        });
    };
    let fresh = move || {
        link.get().map(|link| {
            view! { <FreshLink id="reset-link" label=tr!(admin.reset_fresh) hint=tr!(admin.reset_once) link/> }
        })
    };
    view! {
        <section class="block" aria-labelledby="reset">
            <h2 id="reset">{tr!(admin.reset)}</h2>
            <p>{tr!(admin.reset_text)}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <div class="actions">
                    <SubmitButton form class="quiet" label=tr!(admin.reset_make) pending=tr!(share.creating)/>
                </div>
            </form>
            {fresh}
        </section>
    }
    .at_once()
}

/// Suspending the account, or letting it in again.
#[component]
pub fn Suspension(
    id: Uuid,
    since: Option<LocalTime>,
    reason: Option<String>,
    done: Callback<&'static str>,
) -> impl IntoView {
    let form = match since {
        Some(at) => view! { <Unban id at reason done/> }.at_once(),
        None => view! { <Ban id done/> }.at_once(),
    };
    view! {
        <section class="block" aria-labelledby="suspension">
            <h2 id="suspension">{tr!(admin.suspension)}</h2>
            {form}
        </section>
    }
    .at_once()
}

#[component]
fn Ban(id: Uuid, done: Callback<&'static str>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let call = ban(id, form.value(InputField::BanReason));
        form.send(call, move |()| done.run(tr!(admin.ban_done)));
    };
    view! {
        <p>{tr!(admin.ban_text)}</p>
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <TextField
                field=InputField::BanReason
                form
                label=tr!(admin.ban_reason)
                hint=tr!(admin.ban_reason_hint)
            />
            <div class="actions">
                <SubmitButton form class="danger" label=tr!(admin.ban) pending=tr!(admin.banning)/>
            </div>
        </form>
    }
    .at_once()
}

#[component]
fn Unban(id: Uuid, at: LocalTime, reason: Option<String>, done: Callback<&'static str>) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(unban(id), move |()| done.run(tr!(admin.unban_done)));
    };
    view! {
        <p>{tr!(admin.banned)} " · " <Moment at/></p>
        <p class="account-text">{reason}</p>
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <div class="actions">
                <SubmitButton form label=tr!(admin.unban) pending=tr!(admin.unbanning)/>
            </div>
        </form>
    }
    .at_once()
}

/// Making somebody an administrator, or taking that back.
#[component]
pub fn RoleForm(id: Uuid, role: Role, done: Callback<&'static str>) -> impl IntoView {
    let form = FormState::new();
    let (other, text, label, told) = match role {
        Role::Member => {
            (Role::Admin, tr!(admin.make_admin_text), tr!(admin.make_admin), tr!(admin.made_admin))
        }
        Role::Admin => {
            (Role::Member, tr!(admin.take_admin_text), tr!(admin.take_admin), tr!(admin.took_admin))
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(set_role(id, other), move |()| done.run(told));
    };
    view! {
        <section class="block" aria-labelledby="role">
            <h2 id="role">{tr!(admin.role)}</h2>
            <p>{text}</p>
            <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
                <FormNotice form/>
                <div class="actions">
                    <SubmitButton form class="quiet" label=label pending=tr!(accounts.saving)/>
                </div>
            </form>
        </section>
    }
    .at_once()
}
