//! The logins of an account: what is linked, what could be, and taking one away.

use domain::identities::{Provider, Wish};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::provider_buttons::ProviderButton;
use super::server_fns::{LinkedLogin, LoginRow, unlink};
use crate::AppError;
use crate::error::flat;
use crate::time::Moment;
use crate::ui::{AtOnce, Dialog};
use crate::words;

/// Taking a login away, behind a dialog that asks.
#[derive(Clone, Copy)]
struct Unlinking {
    rows: RwSignal<Vec<LoginRow>>,
    open: RwSignal<bool>,
    target: RwSignal<Option<(Provider, String)>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
}

impl Unlinking {
    fn ask(self, provider: Provider, name: String) {
        self.failure.set(None);
        self.target.set(Some((provider, name)));
        self.open.set(true);
    }

    fn confirm(self) {
        let Some((provider, _)) = self.target.get_untracked() else { return };
        self.pending.set(true);
        spawn_local(async move {
            let result = flat(unlink(provider).await);
            if self.pending.try_set(false).is_some() {
                return; // The page is gone.
            }
            match result {
                Ok(()) => {
                    self.open.set(false);
                    self.rows.update(|rows| {
                        rows.iter_mut()
                            .filter(|row| row.provider == provider)
                            .for_each(|row| row.linked = None);
                        rows.retain(|row| row.offered || row.linked.is_some());
                    });
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

/// The part of the profile with the logins. Nothing where no provider is offered or linked.
#[component]
pub fn LinkedLogins(logins: Vec<LoginRow>) -> impl IntoView {
    if logins.is_empty() {
        return ().at_once();
    }
    let unlinking = Unlinking {
        rows: RwSignal::new(logins),
        open: RwSignal::new(false),
        target: RwSignal::new(None),
        pending: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
    let rows = move || {
        let rows = unlinking.rows.get().into_iter();
        rows.map(|row| view! { <Row row unlinking/> }.at_once()).collect_view()
    };
    view! {
        <section class="block" aria-labelledby="logins-heading">
            <h2 id="logins-heading">{tr!(identities.heading)}</h2>
            <p class="hint">{tr!(identities.what)}</p>
            <ul class="access-list">{rows}</ul>
            <UnlinkDialog unlinking/>
        </section>
    }
    .at_once()
}

#[component]
fn Row(row: LoginRow, unlinking: Unlinking) -> impl IntoView {
    let LoginRow { provider, name, linked, .. } = row;
    match linked {
        Some(LinkedLogin { label, at }) => {
            let button = format!("{}: {name}", tr!(identities.unlink));
            let asked = name.clone();
            view! {
                <li>
                    <p>
                        {name} " · " {label} <br/>
                        <span class="hint">{tr!(identities.linked_at)} " " <Moment at day_only=true/></span>
                    </p>
                    <button
                        type="button"
                        class="button quiet small"
                        aria-label=button
                        on:click=move |_| unlinking.ask(provider, asked.clone())
                    >
                        {tr!(identities.unlink)}
                    </button>
                </li>
            }
            .at_once()
        }
        None => {
            let label = tr!(identities.link, name = name);
            view! {
                <li>
                    <p>{name}</p>
                    <ProviderButton provider label wish=Wish::Link class="button quiet small"/>
                </li>
            }
            .at_once()
        }
    }
}

#[component]
fn UnlinkDialog(unlinking: Unlinking) -> impl IntoView {
    let name = move || unlinking.target.get().map(|(_, name)| name);
    view! {
        <Dialog open=unlinking.open title=tr!(identities.unlink_title).to_owned()>
            <p><strong>{name}</strong></p>
            <p>{tr!(identities.unlink_text)}</p>
            <p class="form-notice" role="alert">{move || unlinking.failure.get().as_ref().map(words::failure)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || unlinking.pending.get()
                    on:click=move |_| unlinking.confirm()
                >
                    {tr!(identities.unlink)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| unlinking.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
