//! The line over which the room hears what happens. It comes back by itself.

use std::time::Duration;

use domain::Problem;
use domain::interview::RoomEvent;
use leptos::ev;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventSource, MessageEvent};

use super::room::Room;
use super::server_fns::room;
use crate::AppError;

/// Pauses between attempts to reach a server that refuses: seconds.
const PAUSES: [u64; 5] = [1, 2, 4, 8, 15];

/// An open line. Dropping it closes it.
struct Line {
    source: EventSource,
    _hear: Closure<dyn Fn(MessageEvent)>,
    _opened: Closure<dyn Fn(Event)>,
    _failed: Closure<dyn Fn(Event)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.source.set_onmessage(None);
        self.source.set_onopen(None);
        self.source.set_onerror(None);
        self.source.close();
    }
}

/// Who keeps the line open.
#[derive(Clone, Copy)]
struct Keeper {
    room: Room,
    line: StoredValue<Option<Line>, LocalStorage>,
    failures: StoredValue<usize>,
}

/// Listens to the room for as long as the page is open.
pub fn listen(room: Room) {
    // All of it in the effect: on the server there is no line, and nothing of it may be made or dropped there.
    Effect::new(move |_| {
        let keeper = Keeper { room, line: StoredValue::new_local(None), failures: StoredValue::new(0) };
        keeper.open();
        // A line over a network that went away hears nothing, and does not notice for minutes.
        let changes = [
            window_event_listener(ev::offline, move |_| keeper.open_afresh()),
            window_event_listener(ev::online, move |_| keeper.open_afresh()),
        ];
        on_cleanup(move || {
            changes.into_iter().for_each(WindowListenerHandle::remove);
            keeper.close();
        });
    });
}

impl Keeper {
    fn open(self) {
        if self.room.over() {
            return;
        }
        let mut address = format!("/interviews/{}/events", self.room.id);
        if let Some(since) = self.room.since() {
            address.push_str("?since=");
            address.push_str(&since);
        }
        let Ok(source) = EventSource::new(&address) else { return };
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event| self.hear(&event));
        let opened = Closure::<dyn Fn(Event)>::new(move |_| self.opened());
        let failed = Closure::<dyn Fn(Event)>::new(move |_| self.failed());
        source.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        source.set_onopen(Some(opened.as_ref().unchecked_ref()));
        source.set_onerror(Some(failed.as_ref().unchecked_ref()));
        let line = Line { source, _hear: hear, _opened: opened, _failed: failed };
        // The room may have been left meanwhile: then the line is dropped here.
        let _ = self.line.try_update_value(|kept| *kept = Some(line));
    }

    fn close(self) {
        // The line must not be dropped by one of its own listeners while that still runs.
        if let Some(line) = self.line.try_update_value(Option::take).flatten() {
            line.source.close();
            set_timeout(move || drop(line), Duration::ZERO);
        }
    }

    fn open_afresh(self) {
        self.close();
        self.open();
    }

    fn opened(self) {
        let _ = self.failures.try_update_value(|failures| *failures = 0);
        let _ = self.room.connected.try_set(true);
        let _ = self.room.refused.try_set(None);
    }

    fn hear(self, message: &MessageEvent) {
        let Some(text) = message.data().as_string() else { return };
        // An event of a newer server that this page does not know changes nothing here.
        let Ok(event) = serde_json::from_str::<RoomEvent>(&text) else { return };
        if !self.room.apply(event) {
            self.close();
            self.open_later(Duration::from_millis(300));
        } else if self.room.over() {
            self.close();
        }
    }

    fn failed(self) {
        let _ = self.room.connected.try_set(false);
        let given_up = self.line.try_with_value(|line| {
            line.as_ref().is_none_or(|line| line.source.ready_state() == EventSource::CLOSED)
        });
        if given_up == Some(true) {
            self.close();
            let failures = self.failures.try_update_value(|failures| {
                *failures += 1;
                *failures
            });
            let pause = PAUSES[failures.unwrap_or(1).min(PAUSES.len()) - 1];
            self.open_later(Duration::from_secs(pause));
            self.ask_why();
        }
    }

    /// The line does not say why it was refused. Asking for the room does.
    fn ask_why(self) {
        spawn_local(async move {
            let answer = room(self.room.id).await;
            if let Err(AppError::Problem(problem @ (Problem::SignInRequired | Problem::NotFound))) = answer {
                let _ = self.room.refused.try_set(Some(problem));
            }
        });
    }

    fn open_later(self, pause: Duration) {
        set_timeout(
            move || {
                let free = self.line.try_with_value(Option::is_none);
                if free == Some(true) {
                    self.open();
                }
            },
            pause,
        );
    }
}
