//! Saving by itself: kept in this browser at every stroke, and on the server within three seconds. What could not be saved is tried
//! again; what was changed elsewhere is never overwritten unasked.

use std::time::Duration;

use domain::Problem;
use domain::letters::{ChangedLetter, Letter, LetterContent, SaveOutcome};
use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::editor::{Editor, SaveState};
use super::server_fns::save_letter;
use crate::AppError;
use crate::error::flat;
use crate::ui::{recall, remember};

/// How long the hand must rest before the server is told.
const REST: f64 = 1_000.0;
/// How long the server is kept waiting at most while the hand does not rest.
const PATIENCE: f64 = 2_500.0;
/// Before the next attempts after one that failed: seconds.
const PAUSES: [u64; 4] = [3, 6, 12, 30];

/// What is kept in this browser until the server has it.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The revision that it was written on.
    revision: u32,
    content: LetterContent,
}

impl Editor {
    fn key(self) -> String {
        format!("daedap-letter-{}", self.id)
    }

    /// Watches what is written, for as long as the page is open.
    pub fn keep_saved(self) {
        Effect::new(move |begun: Option<bool>| {
            let content = self.content.get();
            if begun.is_none() {
                self.recover(&content);
                self.ready.set(true);
            } else {
                self.written(&content);
            }
            true
        });
        Effect::new(move |_| {
            let online = window_event_listener(ev::online, move |_| self.save());
            on_cleanup(move || {
                WindowListenerHandle::remove(online);
                self.stop_timer();
            });
        });
    }

    /// Takes up what this browser has kept, when the server never got it.
    fn recover(self, of_server: &LetterContent) {
        let kept = recall(&self.key()).and_then(|text| serde_json::from_str::<Kept>(&text).ok());
        let Some(kept) = kept.filter(|kept| kept.content != *of_server) else {
            remember(&self.key(), None);
            return;
        };
        // The change is heard by the effect that called this.
        self.content.set(kept.content);
        let of_server_revision = self.revision.get_untracked();
        if kept.revision != of_server_revision {
            let theirs = Letter {
                id: self.id,
                revision: of_server_revision,
                content: of_server.clone(),
                created_at: chrono::DateTime::UNIX_EPOCH,
                updated_at: chrono::DateTime::UNIX_EPOCH,
            };
            // What is written stays known as written on what it was written on, until the person has decided.
            self.revision.set(kept.revision);
            self.state.set(SaveState::Conflict(Box::new(theirs)));
        }
    }

    fn written(self, content: &LetterContent) {
        let is_stored = self.stored.with_untracked(|stored| stored == content);
        if is_stored && !matches!(self.state.get_untracked(), SaveState::Conflict(_)) {
            self.settled();
            return;
        }
        let kept = Kept { revision: self.revision.get_untracked(), content: content.clone() };
        remember(&self.key(), serde_json::to_string(&kept).ok().as_deref());
        match self.state.get_untracked() {
            SaveState::Conflict(_) => {}
            SaveState::Saving => self.schedule(),
            _ => {
                self.state.set(SaveState::Unsaved);
                self.schedule();
            }
        }
    }

    fn schedule(self) {
        let now = js_sys::Date::now();
        let since = self.unsaved_since.get_value().unwrap_or(now);
        self.unsaved_since.set_value(Some(since));
        let rest = REST.min(since + PATIENCE - now).max(0.0);
        self.save_in(Duration::from_millis(rest as u64));
    }

    fn save_in(self, pause: Duration) {
        self.stop_timer();
        self.timer.set_value(set_timeout_with_handle(move || self.save(), pause).ok());
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// Everything that is written is on the server.
    fn settled(self) {
        self.stop_timer();
        self.unsaved_since.set_value(None);
        self.failures.set_value(0);
        remember(&self.key(), None);
        if !self.in_flight.get_value() {
            self.state.set(SaveState::Saved);
        }
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        waiting.into_iter().for_each(|wait| wait.run(()));
    }

    /// Does something once everything that is written is on the server. It is not done when saving fails.
    pub fn when_saved(self, then: Callback<()>) {
        let all =
            self.content.with_untracked(|content| self.stored.with_untracked(|stored| stored == content));
        if all && !self.in_flight.get_value() {
            then.run(());
            return;
        }
        self.waiting.update_value(|waiting| waiting.push(then));
        self.save();
    }

    /// Saves now what is not saved yet.
    pub fn save(self) {
        let blocked = self.in_flight.try_get_value().unwrap_or(true)
            || matches!(self.state.get_untracked(), SaveState::Conflict(_));
        if blocked {
            return;
        }
        self.stop_timer();
        let content = self.content.get_untracked();
        if self.stored.with_untracked(|stored| *stored == content) {
            self.settled();
            return;
        }
        let save = ChangedLetter {
            revision: self.revision.get_untracked(),
            content: content.clone(),
            drafted: self.drafted.get_value(),
            overwrites: self.overwrites.get_value(),
        };
        self.in_flight.set_value(true);
        self.unsaved_since.set_value(None);
        self.state.set(SaveState::Saving);
        spawn_local(async move {
            let result = flat(save_letter(self.id, save).await);
            if self.in_flight.try_set_value(false).is_some() {
                return; // The page was left. What was written is kept in this browser.
            }
            match result {
                Ok(SaveOutcome::Saved { revision, .. }) => self.saved(revision, content),
                Ok(SaveOutcome::ChangedElsewhere(theirs)) => {
                    self.waiting.set_value(Vec::new());
                    self.state.set(SaveState::Conflict(theirs));
                }
                Err(error) => self.not_saved(error),
            }
        });
    }

    fn saved(self, revision: u32, content: LetterContent) {
        self.revision.set(revision);
        self.stored.set(content);
        self.drafted.set_value(false);
        self.overwrites.set_value(false);
        self.failures.set_value(0);
        let all = self.content.with_untracked(|now| self.stored.with_untracked(|stored| stored == now));
        if all {
            self.settled();
        } else {
            // Written while it was on its way.
            self.state.set(SaveState::Unsaved);
            let content = self.content.get_untracked();
            self.written(&content);
        }
    }

    fn not_saved(self, error: AppError) {
        self.waiting.set_value(Vec::new());
        // What cannot be stored as it is waits for the next stroke.
        let can_pass = !matches!(error, AppError::Problem(Problem::Invalid { .. } | Problem::NotFound));
        self.state.set(SaveState::Failed(error));
        if can_pass {
            let failures = self.failures.get_value();
            self.failures.set_value(failures + 1);
            self.save_in(Duration::from_secs(PAUSES[failures.min(PAUSES.len() - 1)]));
        }
    }

    /// Takes what the server has: what is written here is given up.
    pub fn load(self, revision: u32, content: LetterContent) {
        self.stop_timer();
        self.revision.set(revision);
        self.stored.set(content.clone());
        self.state.set(SaveState::Saved);
        remember(&self.key(), None);
        self.content.set(content);
    }

    /// Saves what is written here over what was written elsewhere, which stays in the history.
    pub fn overwrite(self, theirs: &Letter) {
        self.revision.set(theirs.revision);
        self.stored.set(theirs.content.clone());
        self.overwrites.set_value(true);
        self.state.set(SaveState::Unsaved);
        self.save();
    }
}
