//! The rooms that are in use on this node: the words that are being spoken right now, and who wants to hear that something changed.
//!
//! Everything here is also in the database, a moment later. A reader holds no queue: it remembers how far it has read and takes the rest
//! of the text when it is ready, so a slow one costs nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::Problem;

/// Most who listen for one person at a time. A page has one line, and each costs a look at the database now and then.
const LISTENERS_MAX: usize = 100;

/// What is happening in a room.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Raised whenever something other than the running text changed in the database.
    pub version: u64,
    /// The turn that is being spoken by a task of this node.
    pub speech: Option<Speech>,
}

/// Words that are being spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speech {
    pub number: u32,
    pub attempt: u32,
    pub text: String,
}

/// A room in use.
pub struct Room {
    live: watch::Sender<Live>,
    /// Stops the running turn.
    stop: Mutex<CancellationToken>,
    /// Programs that wait for the turn as a whole.
    hurrying: AtomicUsize,
    /// Held by the one answer that is being looked at.
    answering: tokio::sync::Mutex<()>,
}

/// As long as it is there, the program's own words come at once: who waits for the whole turn does not read along.
pub struct Hurry(Arc<Room>);

impl Drop for Hurry {
    fn drop(&mut self) {
        self.0.hurrying.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Room {
    /// Lets the program's own words come at once for as long as the result is kept.
    pub fn hurry(self: &Arc<Self>) -> Hurry {
        self.hurrying.fetch_add(1, Ordering::Relaxed);
        Hurry(self.clone())
    }

    /// Whether a program waits for the turn as a whole.
    pub fn is_hurried(&self) -> bool {
        self.hurrying.load(Ordering::Relaxed) > 0
    }

    /// Waits until no other answer is being looked at on this node. The next ones wait as long as the result is kept.
    pub async fn answering(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.answering.lock().await
    }

    /// Listens to what happens here.
    pub fn subscribe(&self) -> watch::Receiver<Live> {
        self.live.subscribe()
    }

    /// Tells everybody in the room to look at the database.
    pub fn notify(&self) {
        self.live.send_modify(|live| live.version += 1);
    }

    /// Begins a turn; its text grows by [`Room::say`]. The token is cancelled when the candidate wants to hear no more of it.
    pub fn begin(&self, number: u32, attempt: u32) -> CancellationToken {
        let stop = CancellationToken::new();
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = stop.clone();
        self.live.send_modify(|live| {
            live.version += 1;
            live.speech = Some(Speech { number, attempt, text: String::new() });
        });
        stop
    }

    /// Adds words to the running turn.
    pub fn say(&self, words: &str) {
        self.live.send_modify(|live| {
            if let Some(speech) = &mut live.speech {
                speech.text.push_str(words);
            }
        });
    }

    /// The text so far.
    pub fn spoken(&self) -> String {
        self.live.borrow().speech.as_ref().map(|speech| speech.text.clone()).unwrap_or_default()
    }

    /// The running turn is over and in the database.
    pub fn end(&self) {
        self.live.send_modify(|live| {
            live.version += 1;
            live.speech = None;
        });
    }

    /// Lets the running turn end. Without one it does nothing.
    pub fn stop(&self) {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner).cancel();
    }
}

/// The rooms of this node, by interview.
#[derive(Default)]
pub struct Rooms {
    rooms: Mutex<HashMap<Uuid, Arc<Room>>>,
    /// By person, held once more by each who listens.
    listening: Mutex<HashMap<Uuid, Arc<()>>>,
}

impl Rooms {
    /// The room of an interview.
    pub fn enter(&self, interview: Uuid) -> Arc<Room> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms
            .entry(interview)
            .or_insert_with(|| {
                Arc::new(Room {
                    live: watch::Sender::new(Live::default()),
                    stop: Mutex::default(),
                    hurrying: AtomicUsize::new(0),
                    answering: tokio::sync::Mutex::default(),
                })
            })
            .clone()
    }

    /// The room of an interview, if anybody uses it.
    pub fn find(&self, interview: Uuid) -> Option<Arc<Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner).get(&interview).cloned()
    }

    /// Counts one more who listens for a person, for as long as the result is kept.
    ///
    /// # Errors
    /// [`Problem::TooManyAttempts`] while too many others do.
    pub fn listen(&self, person: Uuid) -> Result<Arc<()>, Problem> {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        let count = listening.entry(person).or_default();
        // The table has one itself.
        match Arc::strong_count(count) > LISTENERS_MAX {
            true => Err(Problem::TooManyAttempts { retry_after_seconds: 5 }),
            false => Ok(Arc::clone(count)),
        }
    }

    /// Forgets rooms that nobody uses. To be called now and then.
    pub fn close_empty(&self) {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.retain(|_, room| Arc::strong_count(room) > 1 || room.live.receiver_count() > 0);
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        listening.retain(|_, count| Arc::strong_count(count) > 1);
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn answers_are_looked_at_one_by_one() {
        let rooms = Rooms::default();
        let (room, other) = (rooms.enter(Uuid::from_u128(1)), rooms.enter(Uuid::from_u128(2)));
        let answering = room.answering().now_or_never();
        assert!(answering.is_some());
        assert!(room.answering().now_or_never().is_none(), "another one waits");
        assert!(other.answering().now_or_never().is_some(), "other rooms are not concerned");
        drop(answering);
        assert!(room.answering().now_or_never().is_some());
    }

    #[test]
    fn a_room_is_hurried_as_long_as_somebody_waits() {
        let rooms = Rooms::default();
        let room = rooms.enter(Uuid::now_v7());
        let (one, other) = (room.hurry(), room.hurry());
        drop(one);
        assert!(room.is_hurried());
        drop(other);
        assert!(!room.is_hurried());
    }

    #[test]
    fn a_person_listens_so_often_at_once() {
        let rooms = Rooms::default();
        let (mina, jun) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let all: Vec<_> = (0..LISTENERS_MAX).map(|_| rooms.listen(mina).expect("there is room")).collect();
        assert!(matches!(rooms.listen(mina), Err(Problem::TooManyAttempts { .. })));
        assert!(rooms.listen(jun).is_ok());
        rooms.close_empty();
        assert!(rooms.listen(mina).is_err(), "they are still there");
        drop(all);
        rooms.close_empty();
        assert!(rooms.listen(mina).is_ok());
    }

    #[tokio::test]
    async fn a_late_listener_hears_everything_and_empty_rooms_close() {
        let rooms = Rooms::default();
        let interview = Uuid::now_v7();
        let room = rooms.enter(interview);
        let stop = room.begin(0, 1);
        room.say("안녕하세요, ");
        let listener = room.subscribe();
        room.say("반갑습니다.");
        assert_eq!(
            listener.borrow().speech.as_ref().map(|speech| speech.text.as_str()),
            Some("안녕하세요, 반갑습니다.")
        );
        room.stop();
        assert!(stop.is_cancelled());
        room.end();
        assert_eq!(listener.borrow().speech, None);
        drop((room, listener));
        rooms.close_empty();
        assert!(rooms.find(interview).is_none());
    }
}
