//! What was said, in order, with the feedback between the questions.

use domain::Problem;
use domain::interview::{
    Mode, QuestionFeedback, RoomAction, Speaker, Status, TurnKind, TurnStatus, TurnView,
};
use leptos::html::Div;
use leptos::prelude::*;

use super::feedback::FeedbackView;
use super::room::{Room, TurnCell};
use crate::material::CueView;
use crate::ui::AtOnce;
use crate::words;

/// So close to the end, in pixels, counts as being there.
const NEAR: i32 = 80;

/// The part of the room that scrolls. It follows what is new only for somebody who reads the end.
#[component]
pub fn Transcript(room: Room) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let at_end = RwSignal::new(true);
    let unseen = RwSignal::new(false);
    let last_top = StoredValue::new(0);
    let to_end = move || {
        if let Some(frame) = frame.get_untracked() {
            frame.set_scroll_top(frame.scroll_height());
        }
        at_end.set(true);
        unseen.set(false);
    };
    Effect::new(move |_| {
        let news = room.news.get();
        request_animation_frame(move || match at_end.try_get_untracked() {
            Some(true) => to_end(),
            Some(false) if news > 0 => unseen.set(true),
            _ => {}
        });
    });
    Effect::new(move |_| {
        room.layout.track();
        request_animation_frame(move || {
            if at_end.try_get_untracked() == Some(true) {
                to_end();
            }
        });
    });
    Effect::new(move |_| {
        let resized = window_event_listener(leptos::ev::resize, move |_| room.laid_out());
        on_cleanup(move || resized.remove());
    });
    let scrolled = move |_| {
        let Some(frame) = frame.get_untracked() else { return };
        let top = frame.scroll_top();
        let before = last_top.get_value();
        last_top.set_value(top);
        // Text that grows moves the end away, too. Only somebody who scrolls back has left it.
        if frame.scroll_height() - top - frame.client_height() < NEAR {
            at_end.set(true);
            unseen.set(false);
        } else if top < before {
            at_end.set(false);
        }
    };
    view! {
        <div class="transcript-frame">
            <div
                class="transcript"
                node_ref=frame
                on:scroll=scrolled
                role="region"
                aria-label=tr!(interview.transcript)
                tabindex="0"
            >
                <ol class="turns">
                    <For each=move || room.turns.get() key=|cell| cell.number children=move |cell| view! { <Turn room cell/> }/>
                </ol>
                <Ending room/>
            </div>
            <button type="button" class="button quiet to-end" hidden=move || !unseen.get() on:click=move |_| to_end()>
                {tr!(interview.see_news)}
            </button>
            <p class="visually-hidden" aria-live="polite">{move || room.announcement.get()}</p>
        </div>
    }
    .at_once()
}

#[component]
fn Turn(room: Room, cell: TurnCell) -> impl IntoView {
    let TurnCell { number, turn } = cell;
    let first = turn.get_untracked();
    let (speaker, position, kind) = (first.speaker, first.position, first.kind);
    let text = {
        let turn = turn.clone();
        move || turn.with(|turn| turn.text.clone())
    };
    // A press of a button has no words.
    let wordless = matches!(kind, TurnKind::Skip | TurnKind::AskIntent);
    let status = {
        let turn = turn.clone();
        Memo::new(move |_| turn.with(|turn| turn.status))
    };
    // It is settled while the question is being spoken.
    let cue = {
        let turn = turn.clone();
        let cue = Memo::new(move |_| turn.with(|turn| turn.cue.clone()));
        move || cue.get().map(|cue| view! { <CueView cue/> })
    };
    let is_last =
        Memo::new(move |_| room.turns.with(|turns| turns.last().is_some_and(|last| last.number == number)));
    let failed = move || {
        (status.get() == TurnStatus::Failed)
            .then(|| view! { <FailedTurn room problem=turn.get().problem is_last/> })
    };
    let heading = (kind == TurnKind::Question).then(|| {
        let all = room.interview.with_value(|interview| interview.question_count);
        view! { <h2 class="question-number">{tr!(interview.question_number, n = position + 1, all = all)}</h2> }
    });
    view! {
        <li class="turn-item">
            {heading}
            {cue}
            <article class="turn" class=(speaker.as_str(), true) data-kind=kind.as_str()>
                <p class="who">{words::speaker(speaker)} " " {tag(&first)}</p>
                <p class="said" hidden=wordless class:speaking=move || status.get() == TurnStatus::Running>{text}</p>
                <Stop room running=Signal::derive(move || status.get() == TurnStatus::Running)/>
                {failed}
            </article>
            <FeedbackAfter room number position/>
        </li>
    }
    .at_once()
}

fn tag(turn: &TurnView) -> Option<impl IntoView + use<>> {
    let tag = match (turn.speaker, turn.kind) {
        (Speaker::Interviewer, TurnKind::Probe) => tr!(interview.probe),
        (Speaker::Interviewer, TurnKind::Intent) => tr!(interview.intent),
        (Speaker::Interviewer, TurnKind::Closing) => tr!(interview.closing),
        (Speaker::Candidate, TurnKind::Skip) => tr!(interview.skipped),
        (Speaker::Candidate, TurnKind::AskIntent) => tr!(interview.asked_intent),
        _ => return None,
    };
    Some(view! { <span class="tag">{tag}</span> })
}

/// The button that shows the rest of a running turn at once.
#[component]
fn Stop(room: Room, running: Signal<bool>) -> impl IntoView {
    move || {
        running.get().then(|| {
            view! {
                <button
                    type="button"
                    class="plain stop"
                    disabled=move || room.acting.get().is_some()
                    on:click=move |_| room.act(RoomAction::Stop)
                >
                    {tr!(interview.stop)}
                </button>
            }
        })
    }
}

/// What happened to a turn that failed, and the two ways on.
#[component]
fn FailedTurn(room: Room, problem: Option<Problem>, is_last: Memo<bool>) -> impl IntoView {
    let why = problem.as_ref().map(words::problem);
    let choices = move || {
        (is_last.get() && room.status.get() == Status::Running).then(|| {
            let busy = move || room.acting.get().is_some();
            view! {
                <p class="actions">
                    <button type="button" class="button" disabled=busy on:click=move |_| room.act(RoomAction::Retry)>
                        {tr!(interview.retry)}
                    </button>
                    <button
                        type="button"
                        class="button quiet"
                        disabled=busy
                        on:click=move |_| room.act(RoomAction::RetryBuiltin)
                    >
                        {tr!(interview.retry_builtin)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <div class="turn-failed" role="alert">
            <p>{tr!(interview.turn_failed)} " " {why}</p>
            {choices}
        </div>
    }
    .at_once()
}

/// In coaching mode: the feedback on a question, behind the last turn that belongs to it.
#[component]
fn FeedbackAfter(room: Room, number: u32, position: u32) -> impl IntoView {
    let coaching = room.interview.with_value(|interview| interview.mode == Mode::Coaching);
    let here = Memo::new(move |_| {
        coaching
            && room.turns.with(|turns| {
                let last = turns.iter().filter(|cell| {
                    cell.turn
                        .with_untracked(|turn| turn.position == position && turn.kind != TurnKind::Closing)
                });
                last.map(|cell| cell.number).max() == Some(number)
            })
    });
    let feedback: Memo<Option<QuestionFeedback>> = Memo::new(move |_| {
        here.get().then(|| {
            room.feedback.with(|all| all.iter().find(|feedback| feedback.position == position).cloned())
        })?
    });
    move || {
        let feedback = feedback.get()?;
        let body = match feedback.feedback {
            Some(feedback) => view! { <FeedbackView feedback answers=room.answers(position)/> }.at_once(),
            None => view! { <p class="note" role="status">{tr!(interview.feedback_pending)}</p> }.at_once(),
        };
        Some(view! {
            <section class="feedback-card" aria-label=tr!(interview.feedback_on, n = position + 1)>{body}</section>
        })
    }
}

/// What comes when the interview is over.
#[component]
fn Ending(room: Room) -> impl IntoView {
    let link = NodeRef::<leptos::html::A>::new();
    let was_open = room.status.get_untracked() != Status::Finished;
    Effect::new(move |_| {
        // Only for somebody who was there when it ended: a reload should not move the focus.
        if let Some(link) = link.get()
            && was_open
        {
            let _ = link.focus();
        }
    });
    move || {
        match room.status.get() {
        Status::Finished if !room.speaking.get() => Some(
            view! {
                <section class="ending">
                    <h2>{tr!(interview.finished)}</h2>
                    <p>{tr!(interview.finished_text)}</p>
                    <p><a class="button" node_ref=link href=format!("/interviews/{}/report", room.id)>{tr!(interview.to_report)}</a></p>
                </section>
            }
            .at_once(),
        ),
        Status::Failed => Some(
            view! {
                <section class="ending" role="alert">
                    <h2>{tr!(interview.failed)}</h2>
                    <p>{tr!(interview.failed_text)}</p>
                    <p><a class="button" href="/interviews/new">{tr!(interview.start_again)}</a></p>
                </section>
            }
            .at_once(),
        ),
        _ => None,
    }
    }
}
