//! What is typed and not sent yet: kept in this browser at every stroke, and on the server a moment later.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::room::Room;
use super::server_fns::save_draft;
use crate::ui::{recall, remember};

/// How long the hand must rest before the server is told.
const REST: f64 = 1_000.0;
/// How long the server is kept waiting at most while the hand does not rest.
const PATIENCE: f64 = 3_000.0;

/// The draft of one room.
#[derive(Clone, Copy)]
pub struct Draft {
    room: Room,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// When the first stroke fell that the server does not know.
    unsaved_since: StoredValue<Option<f64>>,
}

impl Draft {
    /// A draft that stops saving when the room is left.
    pub fn new(room: Room) -> Self {
        let draft = Self { room, timer: StoredValue::new(None), unsaved_since: StoredValue::new(None) };
        on_cleanup(move || draft.stop_timer());
        draft
    }

    fn key(self) -> String {
        format!("daedap-draft-{}", self.room.id)
    }

    /// The text to begin with: this browser's if it has one that was not sent, else the server's.
    pub fn text(self, of_server: &str) -> String {
        let here = recall(&self.key()).filter(|text| !text.trim().is_empty());
        let text = here.unwrap_or_else(|| of_server.to_owned());
        if !text.is_empty() && self.room.was_said(&text) {
            remember(&self.key(), None);
            return String::new();
        }
        text
    }

    /// Keeps what is typed now.
    pub fn typed(self, text: &str) {
        remember(&self.key(), Some(text).filter(|text| !text.is_empty()));
        let now = js_sys::Date::now();
        let since = self.unsaved_since.get_value().unwrap_or(now);
        self.unsaved_since.set_value(Some(since));
        self.stop_timer();
        let rest = REST.min(since + PATIENCE - now).max(0.0);
        let text = text.to_owned();
        let timer = set_timeout_with_handle(move || self.save(text), Duration::from_millis(rest as u64));
        self.timer.set_value(timer.ok());
    }

    /// Forgets the text: it was sent.
    pub fn sent(self) {
        self.stop_timer();
        let _ = self.unsaved_since.try_set_value(None);
        remember(&self.key(), None);
    }

    fn save(self, text: String) {
        let _ = self.unsaved_since.try_set_value(None);
        let room = self.room.id;
        spawn_local(async move {
            // It is kept in this browser, and the next stroke tries again.
            let _ = save_draft(room, text).await;
        });
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
