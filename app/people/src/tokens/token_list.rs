//! The tokens that work now, and revoking them.

use domain::tokens::TokenOrigin;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::server_fns::{TokenRow, revoke_token};
use crate::AppError;
use crate::error::flat;
use crate::time::Moment;
use crate::ui::{AtOnce, Dialog};
use crate::words;

/// The tokens, newest first.
#[derive(Clone, Copy)]
pub struct Tokens(RwSignal<Vec<TokenRow>>);

impl Tokens {
    /// As the server told them.
    pub fn new(rows: Vec<TokenRow>) -> Self {
        Self(RwSignal::new(rows))
    }

    /// A token was made.
    pub fn add(self, row: TokenRow) {
        self.0.update(|rows| rows.insert(0, row));
    }

    /// A token works no more.
    fn remove(self, id: Uuid) {
        let _ = self.0.try_update(|rows| rows.retain(|row| row.token.id != id));
    }
}

/// What a token is called.
fn name(row: &TokenRow) -> String {
    match row.token.origin {
        TokenOrigin::Person => row.token.name.clone(),
        TokenOrigin::SignIn => tr!(tokens.sign_in_name).to_owned(),
    }
}

/// The list, with a dialog that asks before a token is revoked.
#[component]
pub fn TokenList(tokens: Tokens) -> impl IntoView {
    let revocation = Revocation::new(tokens);
    let list = move || {
        let rows = tokens.0.get();
        if rows.is_empty() {
            return view! { <p class="empty">{tr!(tokens.none)}</p> }.at_once();
        }
        let rows = rows.into_iter().map(|row| view! { <Row row revocation/> }).collect_view();
        view! { <ul class="token-list">{rows}</ul> }.at_once()
    };
    view! {
        {list}
        <RevokeDialog revocation/>
    }
    .at_once()
}

#[component]
fn Row(row: TokenRow, revocation: Revocation) -> impl IntoView {
    let name = name(&row);
    let button = format!("{}: {name}", tr!(tokens.revoke));
    let (shown, id, scope) = (name.clone(), row.token.id, words::scope(row.token.scope));
    let expires = match row.expires {
        Some(at) => view! { <Moment at/> }.at_once(),
        None => tr!(tokens.never_ends).at_once(),
    };
    let last_used = match row.last_used {
        Some(at) => view! { <Moment at/> }.at_once(),
        None => tr!(tokens.never_used).at_once(),
    };
    view! {
        <li>
            <div class="token-head">
                <h3>{shown}</h3>
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=button
                    on:click=move |_| revocation.ask(id, name.clone())
                >
                    {tr!(tokens.revoke)}
                </button>
            </div>
            <dl class="token-facts">
                <div><dt>{tr!(tokens.scope)}</dt><dd>{scope}</dd></div>
                <div><dt>{tr!(tokens.expires)}</dt><dd>{expires}</dd></div>
                <div><dt>{tr!(tokens.last_used)}</dt><dd>{last_used}</dd></div>
                <div><dt>{tr!(tokens.made)}</dt><dd><Moment at=row.created/></dd></div>
            </dl>
        </li>
    }
    .at_once()
}

/// A token that is about to be revoked.
#[derive(Clone, Copy)]
struct Revocation {
    open: RwSignal<bool>,
    target: RwSignal<Option<(Uuid, String)>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    tokens: Tokens,
}

impl Revocation {
    fn new(tokens: Tokens) -> Self {
        Self {
            open: RwSignal::new(false),
            target: RwSignal::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            tokens,
        }
    }

    fn ask(self, id: Uuid, name: String) {
        self.failure.set(None);
        self.target.set(Some((id, name)));
        self.open.set(true);
    }

    fn confirm(self) {
        let Some((id, _)) = self.target.get_untracked() else { return };
        self.pending.set(true);
        spawn_local(async move {
            let result = flat(revoke_token(id).await);
            let _ = self.pending.try_set(false);
            match result {
                Ok(()) => {
                    let _ = self.open.try_set(false);
                    self.tokens.remove(id);
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
    let name = move || revocation.target.get().map(|(_, name)| name);
    view! {
        <Dialog open=revocation.open title=tr!(tokens.revoke_title).to_owned()>
            <p><strong>{name}</strong></p>
            <p>{tr!(tokens.revoke_text)}</p>
            <p class="form-notice" role="alert">{move || revocation.failure.get().as_ref().map(words::failure)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || revocation.pending.get()
                    on:click=move |_| revocation.confirm()
                >
                    {tr!(tokens.revoke)}
                </button>
                <button type="button" class="button quiet" on:click=move |_| revocation.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
