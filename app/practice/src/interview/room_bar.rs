//! The line above the conversation: where it stands, and what can be done besides answering.

use domain::interview::{RoomAction, Status};
use leptos::prelude::*;
use leptos_use::use_interval_fn;

use super::room::Room;
use crate::time::stopwatch;
use crate::ui::{AtOnce, Dialog};
use crate::words;

/// Progress, clock and actions.
#[component]
pub fn RoomBar(room: Room) -> impl IntoView {
    let ending = RwSignal::new(false);
    let busy = move || room.acting.get().is_some();
    let open = move || matches!(room.status.get(), Status::Running | Status::Paused);
    let paused = move || room.status.get() == Status::Paused;
    let own_turn = move || room.awaited.get().is_some();
    let all = room.interview.with_value(|interview| interview.question_count);
    let progress = move || tr!(interview.progress, n = (room.position.get() + 1).min(all), all = all);
    let title = room.interview.with_value(|interview| words::field(interview.field));
    view! {
        <div class="room-bar">
            <div class="room-facts">
                <h1>{tr!(interview.room_title, field = title)}</h1>
                <p class="room-progress">
                    <span>{progress}</span>
                    <Clock room/>
                    {move || paused().then(|| view! { <span class="tag">{tr!(words.status_paused)}</span> })}
                </p>
            </div>
            <div class="room-actions" role="group" aria-label=tr!(interview.actions) hidden=move || !open()>
                <button
                    type="button"
                    class="button quiet small"
                    disabled=move || busy() || !own_turn() || !room.can_ask_intent.get()
                    on:click=move |_| room.act(RoomAction::AskIntent)
                >
                    {tr!(interview.ask_intent)}
                </button>
                <button
                    type="button"
                    class="button quiet small"
                    disabled=move || busy() || !own_turn()
                    on:click=move |_| room.act(RoomAction::Skip)
                >
                    {tr!(interview.skip)}
                </button>
                <button
                    type="button"
                    class="button quiet small"
                    disabled=busy
                    on:click=move |_| room.act(if paused() { RoomAction::Resume } else { RoomAction::Pause })
                >
                    {move || if paused() { tr!(interview.resume) } else { tr!(interview.pause) }}
                </button>
            </div>
            <button
                type="button"
                class="button quiet small"
                hidden=move || !open()
                disabled=busy
                on:click=move |_| ending.set(true)
            >
                {tr!(interview.finish)}
            </button>
            <Dialog open=ending title=tr!(interview.finish_title).to_owned()>
                <p>{tr!(interview.finish_text)}</p>
                <div class="actions">
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| {
                            ending.set(false);
                            room.act(RoomAction::Finish);
                        }
                    >
                        {tr!(interview.finish_confirm)}
                    </button>
                    <button type="button" class="button quiet" on:click=move |_| ending.set(false)>
                        {tr!(interview.go_on)}
                    </button>
                </div>
            </Dialog>
        </div>
    }
    .at_once()
}

/// The time spent, counted on from what the server last told.
#[component]
fn Clock(room: Room) -> impl IntoView {
    let shown = RwSignal::new(room.clock.get_untracked());
    let told_at = StoredValue::new(0.0);
    Effect::new(move |_| {
        let told = room.clock.get();
        // A change of status is told together with the time.
        room.status.track();
        told_at.set_value(js_sys::Date::now());
        shown.set(told);
    });
    let tick = move || {
        if room.status.get_untracked() == Status::Running {
            let passed = (js_sys::Date::now() - told_at.get_value()) / 1_000.0;
            shown.set(room.clock.get_untracked().saturating_add(passed as u32));
        }
    };
    use_interval_fn(tick, 1_000_u64);
    view! {
        <span class="clock" role="timer" aria-label=tr!(interview.time_spent)>{move || stopwatch(shown.get())}</span>
    }
    .at_once()
}
