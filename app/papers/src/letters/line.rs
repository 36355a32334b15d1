//! The line over which a page hears a proposal being made. It comes back by itself, and closes when the proposal is over.

use std::time::Duration;

use domain::Problem;
use domain::letters::proposals::{ProposalEvent, ProposalStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use super::editor::Editor;
use super::server_fns::read_proposal;
use crate::AppError;

/// Before the server that refuses is asked again.
const PAUSE: Duration = Duration::from_secs(2);

/// An open line. Dropping it closes it.
struct Line {
    source: EventSource,
    _hear: Closure<dyn Fn(MessageEvent)>,
    _failed: Closure<dyn Fn(Event)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Who keeps the line to one proposal open.
#[derive(Clone, Copy)]
struct Keeper {
    editor: Editor,
    id: Uuid,
    line: StoredValue<Option<Line>, LocalStorage>,
}

/// Listens to a proposal until it is over. To be called in the browser only.
pub fn listen(editor: Editor, id: Uuid) {
    let keeper = Keeper { editor, id, line: StoredValue::new_local(None) };
    keeper.open();
}

impl Keeper {
    fn open(self) {
        // The page may have been left.
        if self.editor.ready.try_get_untracked().is_none() {
            return;
        }
        let address = format!("/letters/proposals/{}/events?since={}", self.id, self.editor.heard(self.id));
        let Ok(source) = EventSource::new(&address) else { return };
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event| self.hear(&event));
        let failed = Closure::<dyn Fn(Event)>::new(move |_| self.failed());
        source.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let line = Line { source, _hear: hear, _failed: failed };
        let _ = self.line.try_update_value(|kept| *kept = Some(line));
    }

    fn close(self) {
        // The line must not be dropped by one of its own listeners while that still runs.
        if let Some(line) = self.line.try_update_value(Option::take).flatten() {
            line.source.close();
            set_timeout(move || drop(line), Duration::ZERO);
        }
    }

    fn hear(self, message: &MessageEvent) {
        let Some(text) = message.data().as_string() else { return };
        // An event of a newer server that this page does not know changes nothing here.
        let Ok(event) = serde_json::from_str::<ProposalEvent>(&text) else { return };
        if self.editor.apply(self.id, event) {
            self.close();
        }
    }

    fn failed(self) {
        let given_up = self.line.try_with_value(|line| {
            line.as_ref().is_none_or(|line| line.source.ready_state() == EventSource::CLOSED)
        });
        if given_up == Some(true) {
            self.close();
            set_timeout(move || self.ask(), PAUSE);
        }
    }

    /// The line does not say why it was refused. Asking for the proposal does.
    fn ask(self) {
        spawn_local(async move {
            let read = read_proposal(self.id).await;
            if self.editor.ready.try_get_untracked().is_none() {
                return;
            }
            match read {
                Ok(proposal) if proposal.status != ProposalStatus::Running => {
                    self.editor.apply(self.id, ProposalEvent::Ended { proposal: Box::new(proposal) });
                }
                // It was forgotten elsewhere.
                Err(AppError::Problem(Problem::NotFound)) => {
                    let id = self.id;
                    self.editor.proposals.update(|proposals| proposals.retain(|proposal| proposal.id != id));
                }
                Ok(_) => self.open(),
                Err(_) => set_timeout(move || self.ask(), PAUSE),
            }
        });
    }
}
