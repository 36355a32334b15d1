//! Listening to a room: what happened since, and what happens, in an order that a page can replay.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use super::room::{current, visible_feedback};
use crate::app::App;
use crate::error::Error;
use crate::interview::rooms::{Live, Room};
use crate::interview::store::{self, Loaded};
use crate::interview::{QuestionFeedback, RoomEvent, Status, TurnStatus, TurnView};
use crate::viewer::Viewer;

/// How often the database is looked at without being told to: another node may have written.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The same while a turn is spoken by another node, or will be after a crash.
const LOOK_OFTEN: Duration = Duration::from_millis(500);

/// Bytes of text from which on the rest of a room is told later, so that a page that does not read costs no more than this.
const AT_ONCE: usize = 64 << 10;

/// How far a page has read: the last turn that it knows, and how much of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub number: u32,
    pub attempt: u32,
    /// Bytes of the text.
    pub bytes: u32,
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.number, self.attempt, self.bytes)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.').map(|part| part.parse::<u32>().map_err(|_| ()));
        let mut part = || parts.next().unwrap_or(Err(()));
        Ok(Self { number: part()?, attempt: part()?, bytes: part()? })
    }
}

/// Somebody who listens to a room.
pub struct RoomListener {
    app: App,
    viewer: Viewer,
    interview: Uuid,
    room: Arc<Room>,
    live: watch::Receiver<Live>,
    /// Counts this one.
    _listening: Arc<()>,
    /// The version of the room at the last look at the database.
    seen_version: Option<u64>,
    /// Turns before this one are known.
    from: u32,
    /// What the page knows of each turn.
    known: HashMap<u32, Known>,
    known_feedback: HashMap<u32, bool>,
    known_state: Option<(Status, u32, bool)>,
    /// Whether a turn is running that no task of this node speaks.
    runs_elsewhere: bool,
    cursor: Cursor,
    waiting: VecDeque<(Cursor, RoomEvent)>,
    /// Text of the turns in it.
    waiting_bytes: usize,
}

#[derive(Clone, Copy)]
struct Known {
    attempt: u32,
    bytes: usize,
    status: TurnStatus,
}

impl RoomListener {
    /// Begins to listen to the viewer's interview, from a cursor or from the beginning.
    ///
    /// # Errors
    /// [`crate::Problem::NotFound`]; [`crate::Problem::TooManyAttempts`] when the viewer listens in too many places.
    pub async fn new(
        app: &App,
        viewer: &Viewer,
        interview: Uuid,
        since: Option<Cursor>,
    ) -> Result<Self, Error> {
        store::read_owned(&app.database, viewer, interview).await?;
        let listening = app.rooms.listen(viewer.id)?;
        let room = app.rooms.enter(interview);
        let since = since.unwrap_or_default();
        Ok(Self {
            app: app.clone(),
            viewer: viewer.clone(),
            interview,
            live: room.subscribe(),
            _listening: listening,
            room,
            seen_version: None,
            from: since.number,
            known: HashMap::new(),
            known_feedback: HashMap::new(),
            known_state: None,
            runs_elsewhere: false,
            cursor: since,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
        })
    }

    /// The next event, with the cursor to come back to after it. None when the interview was deleted or cannot be read.
    pub async fn next(&mut self) -> Option<(Cursor, RoomEvent)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            let version = self.live.borrow_and_update().version;
            if self.seen_version != Some(version) {
                // What is left is told once the page has read this.
                if self.look().await? {
                    self.seen_version = Some(version);
                }
                continue;
            }
            self.hear_speech();
            if !self.waiting.is_empty() {
                continue;
            }
            let wait = if self.runs_elsewhere { LOOK_OFTEN } else { LOOK_EVERY };
            match tokio::time::timeout(wait, self.live.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => self.seen_version = None,
            }
        }
    }

    /// Compares the database with what the page knows. Says whether everything was told.
    async fn look(&mut self) -> Option<bool> {
        let loaded = store::read_owned(&self.app.database, &self.viewer, self.interview).await.ok()?;
        self.waiting_bytes = 0;
        let live = self.room.subscribe().borrow().speech.as_ref().map(|speech| speech.number);
        self.runs_elsewhere = false;
        let from = self.from;
        for turn in loaded.turns.iter().filter(|turn| turn.view.number >= from) {
            let view = current(&self.app, &loaded, turn);
            self.runs_elsewhere |= view.status == TurnStatus::Running && live != Some(view.number);
            self.tell_turn(view);
            if self.waiting_bytes > AT_ONCE {
                return Some(false);
            }
        }
        for feedback in visible_feedback(&loaded) {
            self.tell_feedback(feedback);
        }
        self.tell_state(&loaded);
        Some(true)
    }

    fn tell_turn(&mut self, view: TurnView) {
        let number = view.number;
        let now = Known { attempt: view.attempt, bytes: view.text.len(), status: view.status };
        let before = self.known.insert(number, now);
        let is_new = before.is_none_or(|before| before.attempt < now.attempt);
        if is_new {
            self.push(&view, RoomEvent::Started { turn: view.clone() });
        } else if let Some(before) = before
            && view.status == TurnStatus::Running
            && let Some(text) = view.text.get(before.bytes..).filter(|text| !text.is_empty())
        {
            let (attempt, offset) = (view.attempt, bytes(before.bytes));
            self.push(&view, RoomEvent::Delta { number, attempt, offset, text: text.to_owned() });
        }
        if view.status != TurnStatus::Running
            && before.is_none_or(|before| before.status != view.status || is_new)
        {
            let event = match view.status {
                TurnStatus::Failed => RoomEvent::Failed { turn: view.clone() },
                _ => RoomEvent::Finished { turn: view.clone() },
            };
            self.push(&view, event);
        }
    }

    fn push(&mut self, view: &TurnView, event: RoomEvent) {
        self.cursor = Cursor { number: view.number, attempt: view.attempt, bytes: bytes(view.text.len()) };
        self.waiting_bytes += view.text.len();
        self.waiting.push_back((self.cursor, event));
    }

    fn tell_feedback(&mut self, feedback: QuestionFeedback) {
        let written = feedback.feedback.is_some();
        if self.known_feedback.insert(feedback.position, written) != Some(written) {
            self.waiting.push_back((self.cursor, RoomEvent::Scored { feedback }));
        }
    }

    fn tell_state(&mut self, loaded: &Loaded) {
        let (status, position) = (loaded.summary.status, loaded.position());
        let can_ask_intent = loaded.can_ask_intent();
        if self.known_state.replace((status, position, can_ask_intent))
            != Some((status, position, can_ask_intent))
        {
            let elapsed_seconds = loaded.elapsed_seconds(self.app.now());
            let event = RoomEvent::Changed { status, position, elapsed_seconds, can_ask_intent };
            self.waiting.push_back((self.cursor, event));
        }
    }

    /// Takes what was spoken since the last time.
    fn hear_speech(&mut self) {
        let live = self.live.borrow();
        let Some(speech) = &live.speech else { return };
        let Some(known) = self.known.get_mut(&speech.number) else { return };
        if known.attempt != speech.attempt {
            return;
        }
        let Some(text) = speech.text.get(known.bytes..).filter(|text| !text.is_empty()) else { return };
        let offset = bytes(known.bytes);
        known.bytes = speech.text.len();
        let (number, attempt) = (speech.number, speech.attempt);
        let event = RoomEvent::Delta { number, attempt, offset, text: text.to_owned() };
        self.cursor = Cursor { number, attempt, bytes: bytes(known.bytes) };
        drop(live);
        self.waiting.push_back((self.cursor, event));
    }
}

fn bytes(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn cursors_are_read_as_written() {
        let cursor = Cursor { number: 12, attempt: 1, bytes: 340 };
        assert_eq!(cursor.to_string(), "12.1.340");
        assert_eq!("12.1.340".parse(), Ok(cursor));
        for wrong in ["", "12", "12.1", "a.b.c", "1.2.-3"] {
            assert_eq!(wrong.parse::<Cursor>(), Err(()), "{wrong}");
        }
    }
}
