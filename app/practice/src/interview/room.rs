//! The open room: its state as signals that the parts of the page draw, and the actions that they take.

use domain::Problem;
use domain::interview::{
    InterviewSummary, QuestionFeedback, RoomAction, RoomEvent, RoomView, Speaker, Status, TurnStatus,
    TurnView,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::room_state::{Applied, RoomState};
use super::server_fns::act;
use crate::error::flat;
use crate::{AppError, words};

/// A turn on the page. Its number stays, its words may grow.
#[derive(Clone)]
pub struct TurnCell {
    pub number: u32,
    pub turn: ArcRwSignal<TurnView>,
}

/// The room as the parts of the page share it.
#[derive(Clone, Copy)]
pub struct Room {
    pub id: Uuid,
    pub interview: StoredValue<InterviewSummary>,
    state: StoredValue<RoomState>,
    pub turns: RwSignal<Vec<TurnCell>>,
    pub feedback: RwSignal<Vec<QuestionFeedback>>,
    pub status: RwSignal<Status>,
    pub position: RwSignal<u32>,
    pub can_ask_intent: RwSignal<bool>,
    pub awaited: RwSignal<Option<u32>>,
    pub speaking: RwSignal<bool>,
    /// Seconds as the server last told them.
    pub clock: RwSignal<u32>,
    /// Raised whenever there is something new to see.
    pub news: RwSignal<u32>,
    /// Raised whenever the conversation may have got more or less room.
    pub layout: RwSignal<u32>,
    /// The last whole turn of the interviewer, for screen readers.
    pub announcement: RwSignal<String>,
    pub connected: RwSignal<bool>,
    /// Why the server lets this page hear nothing more.
    pub refused: RwSignal<Option<Problem>>,
    /// An action that is under way.
    pub acting: RwSignal<Option<RoomAction>>,
    /// Why the last action failed.
    pub notice: RwSignal<Option<String>>,
}

impl Room {
    /// The room as the page was rendered with.
    pub fn new(view: RoomView) -> Self {
        let state = RoomState::from(&view);
        let cells = state
            .turns
            .iter()
            .map(|turn| TurnCell { number: turn.number, turn: ArcRwSignal::new(turn.clone()) });
        Self {
            id: view.interview.id,
            turns: RwSignal::new(cells.collect()),
            feedback: RwSignal::new(state.feedback.clone()),
            status: RwSignal::new(state.status),
            position: RwSignal::new(state.position),
            can_ask_intent: RwSignal::new(state.can_ask_intent),
            awaited: RwSignal::new(state.awaited_turn()),
            speaking: RwSignal::new(state.speaking()),
            clock: RwSignal::new(state.elapsed_seconds),
            news: RwSignal::new(0),
            layout: RwSignal::new(0),
            announcement: RwSignal::new(String::new()),
            connected: RwSignal::new(true),
            refused: RwSignal::new(None),
            acting: RwSignal::new(None),
            notice: RwSignal::new(None),
            interview: StoredValue::new(view.interview),
            state: StoredValue::new(state),
        }
    }

    /// Takes an event in and draws what it changed. False when words are missing before it.
    pub fn apply(self, event: RoomEvent) -> bool {
        let Some(applied) = self.state.try_update_value(|state| state.apply(event)) else { return true };
        match applied {
            Applied::Nothing => return true,
            Applied::Gap => return false,
            Applied::Turn(number) => self.draw_turn(number),
            Applied::Feedback => self.feedback.set(self.state.with_value(|state| state.feedback.clone())),
            Applied::Progress => self.clock.set(self.state.with_value(|state| state.elapsed_seconds)),
        }
        self.draw_progress();
        self.news.update(|news| *news = news.wrapping_add(1));
        true
    }

    fn draw_turn(self, number: u32) {
        let Some(turn) = self.state.with_value(|state| state.turn(number).cloned()) else { return };
        if turn.speaker == Speaker::Interviewer && turn.status == TurnStatus::Done {
            self.announcement.set(format!("{}: {}", words::speaker(turn.speaker), turn.text));
        }
        let known = self.turns.with_untracked(|cells| {
            cells.iter().find(|cell| cell.number == number).map(|cell| cell.turn.clone())
        });
        match known {
            Some(cell) => cell.set(turn),
            None => self.turns.update(|cells| {
                let place = cells.partition_point(|cell| cell.number < number);
                cells.insert(place, TurnCell { number, turn: ArcRwSignal::new(turn) });
            }),
        }
    }

    fn draw_progress(self) {
        self.state.with_value(|state| {
            set_if_new(self.status, state.status);
            set_if_new(self.position, state.position);
            set_if_new(self.can_ask_intent, state.can_ask_intent);
            set_if_new(self.awaited, state.awaited_turn());
            set_if_new(self.speaking, state.speaking());
        });
    }

    /// Tells the conversation that it may have got more or less room.
    pub fn laid_out(self) {
        self.layout.update(|layout| *layout = layout.wrapping_add(1));
    }

    /// Where the events go on.
    pub fn since(self) -> Option<String> {
        self.state.try_with_value(RoomState::since)?
    }

    /// Whether nothing more is going to happen.
    pub fn over(self) -> bool {
        self.state.try_with_value(RoomState::over).unwrap_or(true)
    }

    /// The candidate's answers to a question.
    pub fn answers(self, position: u32) -> Vec<String> {
        self.state.with_value(|state| state.answers(position).into_iter().map(str::to_owned).collect())
    }

    /// What the candidate said in the turn with this number.
    pub fn said(self, turn: u32) -> Option<String> {
        self.state.with_value(|state| {
            let turn = state.turn(turn).filter(|turn| turn.speaker == Speaker::Candidate)?;
            Some(turn.text.clone())
        })
    }

    /// Whether a text was said by the candidate already.
    pub fn was_said(self, text: &str) -> bool {
        self.state.with_value(|state| {
            state
                .turns
                .iter()
                .any(|turn| turn.speaker == Speaker::Candidate && turn.text.trim() == text.trim())
        })
    }

    /// Asks the server to act. What follows comes as events.
    pub fn act(self, action: RoomAction) {
        if self.acting.get_untracked().is_some() {
            return;
        }
        self.acting.set(Some(action));
        self.notice.set(None);
        let turn = self.state.with_value(RoomState::next_turn);
        spawn_local(async move {
            let result = flat(act(self.id, turn, action).await);
            if self.acting.try_set(None).is_some() {
                return; // The room was left.
            }
            match result {
                // Somebody acted elsewhere; the events say what happened.
                Ok(()) | Err(AppError::Problem(Problem::OutOfDate)) => {}
                Err(error) => self.notice.set(Some(words::failure(&error))),
            }
        });
    }
}

fn set_if_new<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}
