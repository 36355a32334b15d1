//! The part of a report where its owner makes links to it.

use domain::InputField;
use domain::share::{NewShare, SHARES_MAX, ShareDays};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::server_fns::{NewLink, create_share, list_shares};
use super::share_list::{ShareList, Shares};
use crate::ui::{AtOnce, FieldError, FormNotice, FormState, SubmitButton, copy, origin};

/// The form for a new link, the link that was just made, and the links that work now.
#[component]
pub fn ShareSection(
    interview: Uuid,
    /// Whether the interview was about material that may be shown along.
    has_material: bool,
) -> impl IntoView {
    let shares = Shares::new();
    let link = RwSignal::new(None::<String>);
    // Reports are read more often than shared: the list comes when the page is alive.
    Effect::new(move |_| {
        spawn_local(async move {
            let listed = list_shares(interview).await;
            let _ = shares.0.try_set(Some(listed));
        });
    });
    let made = move |new: NewLink| {
        link.set(Some(format!("{}/share/{}", origin(), new.token)));
        shares.add(new.row);
    };
    view! {
        <section class="share no-print" aria-labelledby="share">
            <h2 id="share">{tr!(share.title)}</h2>
            <p>{tr!(share.lead)}</p>
            <ShareForm interview has_material made/>
            {move || link.get().map(|link| view! { <FreshLink link/> })}
            <ShareList shares/>
        </section>
    }
    .at_once()
}

#[component]
fn ShareForm(interview: Uuid, has_material: bool, made: impl Fn(NewLink) + Copy + 'static) -> impl IntoView {
    let form = FormState::new();
    // It stays the same until a link has arrived: one wish makes one link, however often it has to be sent.
    let request = StoredValue::new(None::<Uuid>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let request_id = request.get_value().unwrap_or_else(Uuid::now_v7);
        request.set_value(Some(request_id));
        let share = NewShare {
            request_id,
            days: form.value(InputField::Days),
            with_name: !form.values(InputField::WithName).is_empty(),
            with_material: !form.values(InputField::WithMaterial).is_empty(),
        };
        form.send(create_share(interview, share), move |link| {
            request.set_value(None);
            made(link);
        });
    };
    let days = ShareDays::ALL
        .iter()
        .map(|days| {
            let chosen = *days == ShareDays::Seven;
            view! {
                <label class="choice compact">
                    <input type="radio" name=InputField::Days.as_str() value=days.as_str() checked=chosen/>
                    <span>{day_count(*days)}</span>
                </label>
            }
        })
        .collect_view();
    let material = has_material.then(|| {
        view! {
            <div class="field">
                <label class="choice">
                    <input
                        type="checkbox"
                        name=InputField::WithMaterial.as_str()
                        value="yes"
                        aria-describedby="with-material-hint"
                    />
                    <span>{tr!(share.with_material)}</span>
                </label>
                <p class="hint" id="with-material-hint">{tr!(share.with_material_hint)}</p>
            </div>
        }
    });
    view! {
        <form class="stack" method="post" novalidate node_ref=form.element on:submit=submit>
            <FormNotice form/>
            <fieldset class="field">
                <legend>{tr!(share.days)}</legend>
                <div class="choices">{days}</div>
                <FieldError field=InputField::Days form/>
            </fieldset>
            <div class="field">
                <label class="choice">
                    <input
                        type="checkbox"
                        name=InputField::WithName.as_str()
                        value="yes"
                        aria-describedby="with-name-hint"
                    />
                    <span>{tr!(share.with_name)}</span>
                </label>
                <p class="hint" id="with-name-hint">{tr!(share.with_name_hint)}</p>
            </div>
            {material}
            <div class="actions">
                <SubmitButton form class="quiet" label=tr!(share.create) pending=tr!(share.creating)/>
                <p class="hint">{tr!(share.most, n = SHARES_MAX)}</p>
            </div>
        </form>
    }
    .at_once()
}

/// A number of days. English has a singular.
fn day_count(days: ShareDays) -> String {
    match days {
        ShareDays::One => tr!(share.one_day).to_owned(),
        days => tr!(share.more_days, n = days.count()),
    }
}

/// The link that was just made. It cannot be shown a second time.
#[component]
fn FreshLink(link: String) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let copied = RwSignal::new(None::<bool>);
    let press = move |_| copied.set(field.get_untracked().map(|field| copy(&field)));
    // The person pressed a button above: what came of it is read, and can be copied at once.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // It fails only for an element that was taken off the page.
            let _ = field.focus();
            field.select();
        }
    });
    let told =
        move || copied.get().map(|copied| if copied { tr!(share.copied) } else { tr!(share.not_copied) });
    view! {
        <div class="share-link">
            <label for="share-link">{tr!(share.link)}</label>
            <p class="hint" id="share-link-hint">{tr!(share.once)}</p>
            <div class="share-copy">
                <input id="share-link" type="text" readonly node_ref=field value=link aria-describedby="share-link-hint"/>
                <button type="button" class="button" on:click=press>{tr!(share.copy)}</button>
            </div>
            <p role="status" class="done">{told}</p>
        </div>
    }
    .at_once()
}
