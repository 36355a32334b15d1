//! Asking before something is deleted for good.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::{AtOnce, Dialog};
use crate::error::{FormResult, flat};
use crate::{AppError, words};

/// Something that is about to be deleted.
#[derive(Clone, Copy)]
pub struct Removal {
    open: RwSignal<bool>,
    /// What it is, and how it is called.
    target: RwSignal<Option<(Uuid, String)>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
}

impl Default for Removal {
    fn default() -> Self {
        Self::new()
    }
}

impl Removal {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            target: RwSignal::new(None),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Asks whether this is to be deleted.
    pub fn ask(self, id: Uuid, label: String) {
        self.failure.set(None);
        self.target.set(Some((id, label)));
        self.open.set(true);
    }

    fn confirm<F>(self, remove: fn(Uuid) -> F, removed: Callback<Uuid>)
    where
        F: Future<Output = FormResult<()>> + 'static,
    {
        let Some((id, _)) = self.target.get_untracked() else { return };
        self.pending.set(true);
        spawn_local(async move {
            let result = flat(remove(id).await);
            let _ = self.pending.try_set(false);
            match result {
                Ok(()) => {
                    let _ = self.open.try_set(false);
                    removed.try_run(id);
                }
                Err(error) => {
                    let _ = self.failure.try_set(Some(error));
                }
            }
        });
    }
}

/// The question, with the two ways to answer it.
#[component]
pub fn RemovalDialog<F>(
    removal: Removal,
    title: &'static str,
    text: &'static str,
    /// What the button that deletes says.
    confirm: &'static str,
    remove: fn(Uuid) -> F,
    /// What follows once it is gone.
    removed: Callback<Uuid>,
) -> impl IntoView
where
    F: Future<Output = FormResult<()>> + 'static,
{
    let label = move || removal.target.get().map(|(_, label)| label);
    view! {
        <Dialog open=removal.open title=title.to_owned()>
            <p><strong>{label}</strong></p>
            <p>{text}</p>
            <p class="form-notice" role="alert">{move || removal.failure.get().as_ref().map(words::failure)}</p>
            <div class="actions">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || removal.pending.get()
                    on:click=move |_| removal.confirm(remove, removed)
                >
                    {confirm}
                </button>
                <button type="button" class="button quiet" on:click=move |_| removal.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
