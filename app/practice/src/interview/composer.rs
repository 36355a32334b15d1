//! Where the answer is written.

use domain::Problem;
use domain::interview::{ANSWER_MAX, Status};
use leptos::html::Textarea;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::draft::Draft;
use super::room::Room;
use super::server_fns::answer;
use crate::error::flat;
use crate::ui::AtOnce;
use crate::viewer::login_path;
use crate::{AppError, words};

/// From this many characters on, the count is shown.
const COUNT_FROM: usize = ANSWER_MAX as usize - 2_000;

/// What came of the last attempt to send.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Outcome {
    None,
    Failed(AppError),
}

#[derive(Clone, Copy)]
struct Composer {
    room: Room,
    draft: Draft,
    field: NodeRef<Textarea>,
    /// Characters in the field.
    length: RwSignal<usize>,
    blank: RwSignal<bool>,
    sending: RwSignal<bool>,
    outcome: RwSignal<Outcome>,
    /// The text that is being sent. It stays until it has arrived, so that it arrives once.
    request: StoredValue<Option<Request>>,
}

/// A text as it was sent.
#[derive(Clone, Debug)]
struct Request {
    id: Uuid,
    turn: u32,
    text: String,
}

impl Composer {
    fn text(self) -> String {
        self.field.get_untracked().map(|field| field.value()).unwrap_or_default()
    }

    fn show(self, text: &str) {
        if let Some(field) = self.field.get_untracked() {
            field.set_value(text);
        }
        self.measure(text);
    }

    fn measure(self, text: &str) {
        self.length.set(text.chars().count());
        self.blank.set(text.trim().is_empty());
        self.fit();
        self.room.laid_out();
    }

    /// As high as its text, within what the style allows. Browsers that do this themselves need no help.
    fn fit(self) {
        let Some(field) = self.field.get_untracked() else { return };
        let style = web_sys::HtmlElement::style(&field);
        if style.get_property_value("field-sizing").is_ok_and(|own| !own.is_empty()) {
            return;
        }
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", field.scroll_height() + 2));
    }

    fn too_long(self) -> bool {
        self.length.get() > ANSWER_MAX as usize
    }

    fn can_send(self) -> bool {
        self.room.awaited.get().is_some() && !self.sending.get() && !self.blank.get() && !self.too_long()
    }

    fn send(self) {
        let Some(turn) = self.room.awaited.get_untracked().filter(|_| untrack(|| self.can_send())) else {
            return;
        };
        let text = self.text();
        let id = match self.request.get_value() {
            Some(sent) if sent.text == text => sent.id,
            _ => Uuid::now_v7(),
        };
        self.request.set_value(Some(Request { id, turn, text: text.clone() }));
        self.keep_focus();
        self.sending.set(true);
        self.outcome.set(Outcome::None);
        spawn_local(async move {
            let result = flat(answer(self.room.id, turn, id, text.clone()).await);
            if self.sending.try_set(false).is_some() {
                return; // The room was left. The draft is still there.
            }
            match result {
                Ok(()) => self.arrived(&text),
                Err(error) => self.outcome.set(Outcome::Failed(error)),
            }
        });
    }

    /// The reply may be lost on a line that brings the answer itself as an event: then it has arrived.
    fn look_for_lost_reply(self) {
        if self.sending.get_untracked() || self.outcome.get_untracked() == Outcome::None {
            return;
        }
        let Some(sent) = self.request.get_value() else { return };
        if self.room.said(sent.turn).is_some_and(|said| said.trim() == sent.text.trim()) {
            self.outcome.set(Outcome::None);
            self.arrived(&sent.text);
        }
    }

    /// The button that was pressed with a key is about to be disabled and would lose the focus. A finger that pressed it
    /// wants the screen's keyboard to go.
    fn keep_focus(self) {
        let by_key = document().query_selector(".send:focus-visible").is_ok_and(|button| button.is_some());
        if by_key && let Some(field) = self.field.get_untracked() {
            // It fails only for elements that cannot have the focus.
            let _ = field.focus();
        }
    }

    fn arrived(self, text: &str) {
        self.request.set_value(None);
        self.draft.sent();
        // What was typed while the answer was on its way stays.
        let now = self.text();
        let rest = now.strip_prefix(text).unwrap_or(if now == text { "" } else { &now }).to_owned();
        self.show(&rest);
        if !rest.is_empty() {
            self.draft.typed(&rest);
        }
    }

    fn key(self, event: &leptos::ev::KeyboardEvent) {
        // While a syllable is being put together, Enter belongs to the input method. Safari says so only by the code.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            if !event.repeat() {
                self.send();
            }
        }
    }
}

/// The field, the button that sends, and what came of it.
#[component]
pub fn ComposerView(room: Room, draft_of_server: String) -> impl IntoView {
    let composer = Composer {
        room,
        draft: Draft::new(room),
        field: NodeRef::new(),
        length: RwSignal::new(0),
        blank: RwSignal::new(true),
        sending: RwSignal::new(false),
        outcome: RwSignal::new(Outcome::None),
        request: StoredValue::new(None),
    };
    Effect::new(move |done: Option<bool>| {
        if done == Some(true) {
            return true;
        }
        let Some(field) = composer.field.get() else { return false };
        // Something may have been typed before the page was alive.
        let text = match field.value() {
            typed if typed.is_empty() => composer.draft.text(&draft_of_server),
            typed => typed,
        };
        composer.show(&text);
        if !text.is_empty() && text != draft_of_server {
            composer.draft.typed(&text);
        }
        true
    });
    Effect::new(move |_| {
        room.news.track();
        composer.look_for_lost_reply();
    });
    Effect::new(move |_| {
        // What is told above the field takes room.
        composer.outcome.track();
        room.laid_out();
    });
    let open = move || matches!(room.status.get(), Status::Running | Status::Paused);
    view! {
        <form
            class="composer"
            class:closed=move || !open()
            on:submit=move |event| {
                event.prevent_default();
                composer.send();
            }
        >
            <Notice composer/>
            <div class="composer-line">
                <label class="visually-hidden" for="answer">{tr!(interview.your_answer)}</label>
                <textarea
                    id="answer"
                    name="answer"
                    rows="2"
                    node_ref=composer.field
                    placeholder=tr!(interview.placeholder)
                    aria-describedby="answer-count answer-help"
                    aria-invalid=move || composer.too_long().then_some("true")
                    readonly=move || composer.sending.get()
                    enterkeyhint="send"
                    on:input=move |_| {
                        let text = composer.text();
                        composer.measure(&text);
                        composer.draft.typed(&text);
                    }
                    on:keydown=move |event| composer.key(&event)
                ></textarea>
                <button
                    type="submit"
                    class="button send"
                    disabled=move || !composer.can_send()
                    aria-busy=move || composer.sending.get().then_some("true")
                >
                    {move || match (composer.sending.get(), composer.outcome.get()) {
                        (true, _) => tr!(interview.sending),
                        (false, Outcome::Failed(AppError::ConnectionLost)) => tr!(interview.send_again),
                        _ => tr!(interview.send),
                    }}
                </button>
            </div>
            <p class="composer-foot">
                <span id="answer-help" class:keys=move || room.awaited.get().is_some()>
                    {move || help(room)}
                </span>
                <span id="answer-count" class:wrong=move || composer.too_long()>{move || count(composer)}</span>
            </p>
        </form>
    }
    .at_once()
}

/// What the person can do now.
fn help(room: Room) -> &'static str {
    match (room.status.get(), room.speaking.get(), room.awaited.get()) {
        (Status::Paused, ..) => tr!(interview.help_paused),
        (_, true, _) => tr!(interview.help_speaking),
        (_, _, Some(_)) => tr!(interview.help_keys),
        _ => tr!(interview.help_waiting),
    }
}

fn count(composer: Composer) -> Option<String> {
    let length = composer.length.get();
    if composer.too_long() {
        let over = length - ANSWER_MAX as usize;
        return Some(tr!(interview.too_long, over = over, max = ANSWER_MAX));
    }
    (length >= COUNT_FROM).then(|| tr!(interview.count, n = length, max = ANSWER_MAX))
}

/// Why the answer did not arrive. The text is still in the field.
#[component]
fn Notice(composer: Composer) -> impl IntoView {
    let text = |error: &AppError| match error {
        AppError::ConnectionLost => tr!(interview.not_sent).to_owned(),
        AppError::Problem(Problem::OutOfDate) => tr!(interview.answered_elsewhere).to_owned(),
        AppError::Problem(Problem::SignInRequired) => tr!(interview.signed_out).to_owned(),
        error => format!("{} {}", words::failure(error), tr!(interview.text_is_kept)),
    };
    let sign_in = move |error: &AppError| {
        (*error == AppError::Problem(Problem::SignInRequired)).then(|| {
            let path = login_path(&format!("/interviews/{}", composer.room.id));
            view! { " " <a href=path rel="external">{tr!(ui.sign_in)}</a> }
        })
    };
    let notice = move || match composer.outcome.get() {
        Outcome::None => None,
        Outcome::Failed(error) => {
            Some(view! { <p class="composer-notice">{text(&error)} {sign_in(&error)}</p> })
        }
    };
    view! { <div role="alert">{notice}</div> }
}
