//! Making, listing and revoking invitation links.

use domain::InputField;
use domain::admin::{INVITATIONS_MAX, InvitationDays};
use domain::settings::Registration;
use leptos::prelude::*;

use super::fresh_link::FreshLink;
use super::server_fns::{InvitationRow, create_invitation, list_invitations, revoke_invitation};
use crate::time::Moment;
use crate::ui::{
    AtOnce, FieldError, FormNotice, FormState, Removal, RemovalDialog, SubmitButton, loaded, origin,
};

/// The form for a new link, the link that was just made, and the links that work now.
#[component]
pub fn Invitations(registration: RwSignal<Registration>) -> impl IntoView {
    let list = Resource::new(|| (), |()| list_invitations());
    let link = RwSignal::new(None::<String>);
    let removal = Removal::new();
    let made = move |token: String| {
        link.set(Some(format!("{}/register?invitation={token}", origin())));
        list.refetch();
    };
    let fresh = move || {
        link.get().map(|link| {
            view! { <FreshLink id="invitation" label=tr!(admin.invitation_fresh) hint=tr!(admin.invitation_once) link/> }
        })
    };
    // An invitation counts only where one is needed.
    let holds = move || match registration.get() {
        Registration::Open => Some(tr!(admin.invitation_not_needed)),
        Registration::Closed => Some(tr!(admin.invitation_no_use)),
        Registration::Invitation => None,
    };
    view! {
        <section class="block" aria-labelledby="invitations">
            <h2 id="invitations">{tr!(admin.invitations)}</h2>
            <p>{tr!(admin.invitations_text)}</p>
            <p class="hint">{holds}</p>
            <InvitationForm made/>
            {fresh}
            {loaded(list, 2, move |rows| view! { <List rows removal/> }.at_once())}
            <RemovalDialog
                removal
                title=tr!(share.revoke_title)
                text=tr!(admin.invitation_revoke_text)
                confirm=tr!(share.revoke)
                remove=revoke_invitation
                removed=Callback::new(move |_| list.refetch())
            />
        </section>
    }
    .at_once()
}

#[component]
fn InvitationForm(made: impl Fn(String) + Copy + 'static) -> impl IntoView {
    let form = FormState::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.send(create_invitation(form.value(InputField::Days)), move |fresh| made(fresh.token));
    };
    let days = InvitationDays::ALL
        .iter()
        .map(|days| {
            let chosen = *days == InvitationDays::Seven;
            view! {
                <label class="choice compact">
                    <input type="radio" name=InputField::Days.as_str() value=days.as_str() checked=chosen/>
                    <span>{day_count(*days)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <fieldset class="field">
                <legend>{tr!(admin.invitation_days)}</legend>
                <div class="choices">{days}</div>
                <FieldError field=InputField::Days form/>
            </fieldset>
            <div class="actions">
                <SubmitButton form class="quiet" label=tr!(admin.invite) pending=tr!(share.creating)/>
                <p class="hint">{tr!(share.most, n = INVITATIONS_MAX)}</p>
            </div>
        </form>
    }
    .at_once()
}

/// A number of days. English has a singular.
fn day_count(days: InvitationDays) -> String {
    match days {
        InvitationDays::One => tr!(share.one_day).to_owned(),
        days => tr!(share.more_days, n = days.count()),
    }
}

#[component]
fn List(rows: Vec<InvitationRow>, removal: Removal) -> impl IntoView {
    if rows.is_empty() {
        return view! { <p class="hint">{tr!(admin.no_invitations)}</p> }.at_once();
    }
    let rows = rows
        .into_iter()
        .map(|row| {
            let label = tr!(admin.invitation_made, at = row.created.full());
            let (shown, button) = (label.clone(), format!("{}: {label}", tr!(share.revoke)));
            view! {
                <li>
                    <p>{shown} <br/> <span class="hint">{tr!(admin.invitation_until)} " " <Moment at=row.expires/></span></p>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=button
                        on:click=move |_| removal.ask(row.id, label.clone())
                    >
                        {tr!(share.revoke)}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{tr!(share.links)}</h3>
        <ul class="share-list">{rows}</ul>
    }
    .at_once()
}
