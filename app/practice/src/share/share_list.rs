//! The links to a report that work now, and revoking them.

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::server_fns::{ShareRow, revoke_share};
use crate::AppError;
use crate::error::flat;
use crate::time::Moment;
use crate::ui::{AtOnce, Dialog};
use crate::words;

/// The links, newest first; none until the server told them.
#[derive(Clone, Copy)]
pub struct Shares(pub RwSignal<Option<Result<Vec<ShareRow>, AppError>>>);

impl Shares {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// A link was made.
    pub fn add(self, row: ShareRow) {
        self.0.update(|shares| match shares {
            Some(Ok(rows)) => rows.insert(0, row),
            _ => *shares = Some(Ok(vec![row])),
        });
    }

    /// A link works no more.
    fn remove(self, id: Uuid) {
        let _ = self.0.try_update(|shares| {
            if let Some(Ok(rows)) = shares {
                rows.retain(|row| row.id != id);
            }
        });
    }
}

/// What a link is called.
fn label(row: &ShareRow) -> String {
    let named = if row.with_name { tr!(share.named) } else { tr!(share.nameless) };
    let made = tr!(share.made, at = row.created.full(), named = named);
    match row.with_material {
        true => format!("{made} · {}", tr!(share.shows_material)),
        false => made,
    }
}

/// The list, with a dialog that asks before a link is revoked.
#[component]
pub fn ShareList(shares: Shares) -> impl IntoView {
    let revocation = Revocation::new(shares);
    let list = move || match shares.0.get() {
        None => ().at_once(),
        Some(Err(error)) => {
            view! { <p class="form-notice" role="alert">{words::failure(&error)}</p> }.at_once()
        }
        Some(Ok(rows)) if rows.is_empty() => view! { <p class="hint">{tr!(share.none)}</p> }.at_once(),
        Some(Ok(rows)) => {
            let rows = rows.into_iter().map(|row| view! { <Row row revocation/> }).collect_view();
            view! {
                <h3>{tr!(share.links)}</h3>
                <ul class="share-list">{rows}</ul>
            }
            .at_once()
        }
    };
    view! {
        {list}
        <RevokeDialog revocation/>
    }
    .at_once()
}

#[component]
fn Row(row: ShareRow, revocation: Revocation) -> impl IntoView {
    let label = label(&row);
    let button = format!("{}: {label}", tr!(share.revoke));
    let shown = label.clone();
    view! {
        <li>
            <p>{shown} <br/> <span class="hint">{tr!(share.until)} " " <Moment at=row.expires/></span></p>
            <button
                type="button"
                class="button quiet small"
                aria-label=button
                on:click=move |_| revocation.ask(row.id, label.clone())
            >
                {tr!(share.revoke)}
            </button>
        </li>
    }
    .at_once()
}

/// A link that is about to be revoked.
#[derive(Clone, Copy)]
struct Revocation {
    open: RwSignal<bool>,
    target: RwSignal<Option<(Uuid, String)>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    shares: Shares,
}

impl Revocation {
    fn new(shares: Shares) -> Self {
        Self {
            open: RwSignal::new(false),
            target: RwSignal::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            shares,
        }
    }

    fn ask(self, id: Uuid, label: String) {
        self.failure.set(None);
        self.target.set(Some((id, label)));
        self.open.set(true);
    }

    fn confirm(self) {
        let Some((id, _)) = self.target.get_untracked() else { return };
        self.pending.set(true);
        spawn_local(async move {
            let result = flat(revoke_share(id).await);
            let _ = self.pending.try_set(false);
            match result {
                Ok(()) => {
                    let _ = self.open.try_set(false);
                    self.shares.remove(id);
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }
}

#[component]
fn RevokeDialog(revocation: Revocation) -> impl IntoView {
    let label = move || revocation.target.get().map(|(_, label)| label);
    view! {
        <Dialog open=revocation.open title=tr!(share.revoke_title).to_owned()>
            <p><strong>{label}</strong></p>
            <p>{tr!(share.revoke_text)}</p>
            <p class="form-notice" role="alert">{move || revocation.failure.get().as_ref().map(words::failure)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || revocation.pending.get()
                    on:click=move |_| revocation.confirm()
                >
                    {tr!(share.revoke)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| revocation.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
