//! Holding an interview of the history once more. It costs a unit, so a dialog comes first.

use domain::interview::RetakeQuestions;
use leptos::prelude::*;
use uuid::Uuid;

use super::retake::RetakeButton;
use crate::ui::{AtOnce, Dialog};

/// An interview that may be held once more.
#[derive(Clone, Copy)]
pub struct Again {
    open: RwSignal<bool>,
    /// Which one it is, and how it is called.
    target: RwSignal<Option<(Uuid, String)>>,
}

impl Again {
    /// None yet.
    pub fn new() -> Self {
        Self { open: RwSignal::new(false), target: RwSignal::new(None) }
    }

    /// Asks how.
    pub fn ask(self, id: Uuid, label: String) {
        self.target.set(Some((id, label)));
        self.open.set(true);
    }
}

/// What it costs, and the ways to do it.
#[component]
pub fn AgainDialog(again: Again) -> impl IntoView {
    let ways = move || {
        again.target.get().map(|(id, label)| {
            view! {
                <p><strong>{label}</strong></p>
                <p>{tr!(retake.cost)}</p>
                <div class="actions">
                    <RetakeButton id questions=RetakeQuestions::Same label=tr!(retake.same).to_owned()/>
                    <RetakeButton id questions=RetakeQuestions::New label=tr!(retake.new).to_owned()/>
                </div>
            }
            .at_once()
        })
    };
    view! {
        <Dialog open=again.open title=tr!(retake.title).to_owned()>
            {ways}
            <div class="actions">
                <button type="button" class="button quiet" on:click=move |_| again.open.set(false)>
                    {tr!(ui.cancel)}
                </button>
            </div>
        </Dialog>
    }
    .at_once()
}
