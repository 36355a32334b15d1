//! The browsers in which somebody is signed in, and signing them out.

use domain::accounts::Device;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::server_fns::{SessionRow, end_other_sessions, end_session};
use crate::AppError;
use crate::error::{FormResult, flat};
use crate::time::Moment;
use crate::ui::AtOnce;
use crate::words;

/// What the list shows and what is under way in it.
#[derive(Clone, Copy)]
struct Sessions {
    rows: RwSignal<Vec<SessionRow>>,
    pending: RwSignal<bool>,
    failure: RwSignal<Option<AppError>>,
    /// A press before the page is alive would do nothing.
    ready: RwSignal<bool>,
    done: RwSignal<bool>,
}

impl Sessions {
    fn new(rows: Vec<SessionRow>) -> Self {
        let ready = RwSignal::new(false);
        Effect::new(move |_| ready.set(true));
        Self {
            rows: RwSignal::new(rows),
            pending: RwSignal::new(false),
            failure: RwSignal::new(None),
            ready,
            done: RwSignal::new(false),
        }
    }

    fn is_blocked(self) -> bool {
        !self.ready.get() || self.pending.get()
    }

    /// Ends sessions, and keeps the rows that `stays` says stay.
    fn end(
        self,
        call: impl Future<Output = FormResult<()>> + 'static,
        stays: impl Fn(&SessionRow) -> bool + 'static,
    ) {
        self.pending.set(true);
        self.failure.set(None);
        self.done.set(false);
        spawn_local(async move {
            let result = flat(call.await);
            if self.pending.try_set(false).is_some() {
                return; // The page is gone.
            }
            match result {
                Ok(()) => {
                    self.rows.update(|rows| rows.retain(stays));
                    self.done.set(true);
                }
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }
}

/// The part of the profile with the signed-in browsers.
#[component]
pub fn SessionList(sessions: Vec<SessionRow>) -> impl IntoView {
    let sessions = Sessions::new(sessions);
    let list = move || {
        let rows = sessions.rows.get().into_iter();
        rows.map(|row| view! { <Row row sessions/> }.at_once()).collect_view()
    };
    let others = move || sessions.rows.with(|rows| rows.iter().any(|row| !row.current));
    let end_others = move |_| sessions.end(end_other_sessions(), |row| row.current);
    let all_others = move || {
        others().then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet"
                    disabled=move || sessions.is_blocked()
                    on:click=end_others
                >
                    {tr!(accounts.sessions_end_others)}
                </button>
            }
        })
    };
    view! {
        <section class="block" aria-labelledby="sessions-heading">
            <h2 id="sessions-heading">{tr!(accounts.sessions_heading)}</h2>
            <p class="hint">{tr!(accounts.sessions_what)}</p>
            <p class="form-notice" role="alert">{move || sessions.failure.get().as_ref().map(words::failure)}</p>
            <ul class="access-list">{list}</ul>
            <div class="actions">
                {all_others}
                <p role="status" class="done">{move || sessions.done.get().then(|| tr!(accounts.sessions_ended))}</p>
            </div>
        </section>
    }
    .at_once()
}

#[component]
fn Row(row: SessionRow, sessions: Sessions) -> impl IntoView {
    let name = device(row.device);
    let action = match row.current {
        true => view! { <span class="tag">{tr!(accounts.sessions_this)}</span> }.at_once(),
        false => {
            let label = format!("{}: {name}", tr!(accounts.sessions_end));
            let key = row.key.clone();
            let end = move |_| {
                let ended = key.clone();
                sessions.end(end_session(key.clone()), move |row| row.key != ended);
            };
            view! {
                <button
                    type="button"
                    class="button quiet small"
                    aria-label=label
                    disabled=move || sessions.is_blocked()
                    on:click=end
                >
                    {tr!(accounts.sessions_end)}
                </button>
            }
            .at_once()
        }
    };
    let signed_in =
        row.signed_in.map(|at| view! { {tr!(accounts.sessions_signed_in)} " " <Moment at/> <br/> }.at_once());
    let seen = row.last_seen.map(|at| view! { {tr!(accounts.sessions_seen)} " " <Moment at/> }.at_once());
    view! {
        <li>
            <p>{name} <br/> <span class="hint">{signed_in} {seen}</span></p>
            {action}
        </li>
    }
    .at_once()
}

/// A browser and its system, as people call them.
fn device(device: Device) -> String {
    use domain::accounts::{Browser, System};
    let browser = match device.browser {
        Browser::Chrome => "Chrome",
        Browser::Edge => "Edge",
        Browser::Firefox => "Firefox",
        Browser::Safari => "Safari",
        Browser::Samsung => tr!(accounts.browser_samsung),
        Browser::Whale => tr!(accounts.browser_whale),
        Browser::Opera => "Opera",
        Browser::KakaoTalk => tr!(accounts.browser_kakaotalk),
        Browser::Other => tr!(accounts.browser_other),
    };
    let system = match device.system {
        System::Windows => "Windows",
        System::Macos => "macOS",
        System::Ios => "iOS",
        System::Android => "Android",
        System::ChromeOs => "ChromeOS",
        System::Linux => "Linux",
        System::Other => return browser.to_owned(),
    };
    format!("{browser} · {system}")
}
