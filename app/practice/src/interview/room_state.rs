//! What the room knows: the page as it was loaded, and every event since, each applied once.

use domain::interview::{
    QuestionFeedback, RoomEvent, RoomView, Speaker, Status, TurnKind, TurnStatus, TurnView,
};

/// What an event changed, so that only that is drawn again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was known already.
    Nothing,
    /// The turn with this number is new or changed.
    Turn(u32),
    /// Feedback came or is on its way.
    Feedback,
    /// Status, position or clock changed.
    Progress,
    /// Words are missing before this event: the events must be asked for again.
    Gap,
}

/// An interview as far as this page has heard.
#[derive(Clone, Debug)]
pub struct RoomState {
    pub status: Status,
    pub position: u32,
    pub elapsed_seconds: u32,
    pub can_ask_intent: bool,
    /// In order of their numbers.
    pub turns: Vec<TurnView>,
    /// In order of their positions.
    pub feedback: Vec<QuestionFeedback>,
}

impl From<&RoomView> for RoomState {
    fn from(view: &RoomView) -> Self {
        Self {
            status: view.interview.status,
            position: view.position,
            elapsed_seconds: view.elapsed_seconds,
            can_ask_intent: view.can_ask_intent,
            turns: view.turns.clone(),
            feedback: view.feedback.clone(),
        }
    }
}

impl RoomState {
    /// Takes an event in.
    pub fn apply(&mut self, event: RoomEvent) -> Applied {
        match event {
            RoomEvent::Started { turn } => self.started(turn),
            RoomEvent::Delta { number, attempt, offset, text } => self.delta(number, attempt, offset, &text),
            RoomEvent::Finished { turn } | RoomEvent::Failed { turn } => self.settled(turn),
            RoomEvent::Scored { feedback } => self.scored(feedback),
            RoomEvent::Changed { status, position, elapsed_seconds, can_ask_intent } => {
                (self.status, self.position) = (status, position);
                (self.elapsed_seconds, self.can_ask_intent) = (elapsed_seconds, can_ask_intent);
                Applied::Progress
            }
        }
    }

    fn started(&mut self, turn: TurnView) -> Applied {
        let number = turn.number;
        match self.place(number) {
            Ok(place) => {
                let known = &mut self.turns[place];
                let newer = turn.attempt > known.attempt
                    || (turn.attempt == known.attempt
                        && known.status == TurnStatus::Running
                        && turn.text.len() > known.text.len());
                if !newer {
                    return Applied::Nothing;
                }
                *known = turn;
            }
            Err(place) => self.turns.insert(place, turn),
        }
        Applied::Turn(number)
    }

    fn delta(&mut self, number: u32, attempt: u32, offset: u32, text: &str) -> Applied {
        let Ok(place) = self.place(number) else { return Applied::Gap };
        let known = &mut self.turns[place];
        if attempt < known.attempt || (attempt == known.attempt && known.status != TurnStatus::Running) {
            return Applied::Nothing;
        }
        if attempt > known.attempt {
            return Applied::Gap;
        }
        let (offset, length) = (offset as usize, known.text.len());
        if offset + text.len() <= length {
            return Applied::Nothing;
        }
        // The part that is known already is left out; it ends where a character ends, or else something is wrong.
        match length.checked_sub(offset).and_then(|known| text.get(known..)) {
            Some(rest) => {
                known.text.push_str(rest);
                Applied::Turn(number)
            }
            None => Applied::Gap,
        }
    }

    fn settled(&mut self, turn: TurnView) -> Applied {
        let number = turn.number;
        match self.place(number) {
            Ok(place) if self.turns[place].attempt > turn.attempt || self.turns[place] == turn => {
                return Applied::Nothing;
            }
            Ok(place) => self.turns[place] = turn,
            Err(place) => self.turns.insert(place, turn),
        }
        Applied::Turn(number)
    }

    fn scored(&mut self, feedback: QuestionFeedback) -> Applied {
        match self.feedback.binary_search_by_key(&feedback.position, |known| known.position) {
            Ok(place) if self.feedback[place] == feedback => return Applied::Nothing,
            Ok(place) => self.feedback[place] = feedback,
            Err(place) => self.feedback.insert(place, feedback),
        }
        Applied::Feedback
    }

    fn place(&self, number: u32) -> Result<usize, usize> {
        self.turns.binary_search_by_key(&number, |turn| turn.number)
    }

    /// The turn with this number, if it is known.
    pub fn turn(&self, number: u32) -> Option<&TurnView> {
        self.turns.get(self.place(number).ok()?)
    }

    /// Where the events go on: the last turn, its attempt, and how many bytes of its text are here.
    pub fn since(&self) -> Option<String> {
        let last = self.turns.last()?;
        Some(format!("{}.{}.{}", last.number, last.attempt, last.text.len()))
    }

    /// The number that the candidate's next turn will get, when it is their turn.
    pub fn awaited_turn(&self) -> Option<u32> {
        let last = self.turns.last()?;
        let done = last.speaker == Speaker::Interviewer && last.status == TurnStatus::Done;
        (done && self.status == Status::Running && last.kind != TurnKind::Closing).then_some(last.number + 1)
    }

    /// The number that the next turn will get, whoever speaks: where an action is meant to happen.
    pub fn next_turn(&self) -> u32 {
        self.turns.last().map_or(0, |turn| turn.number + 1)
    }

    /// Whether the interviewer is in the middle of a turn.
    pub fn speaking(&self) -> bool {
        self.turns.last().is_some_and(|turn| turn.status == TurnStatus::Running)
    }

    /// Whether nothing more is going to happen.
    pub fn over(&self) -> bool {
        matches!(self.status, Status::Finished | Status::Failed)
            && !self.speaking()
            && self.feedback.iter().all(|feedback| feedback.feedback.is_some())
    }

    /// The candidate's answers to a question, in order: what the spans of its feedback count.
    pub fn answers(&self, position: u32) -> Vec<&str> {
        answers(&self.turns, position)
    }
}

/// The candidate's answers to a question among turns.
pub fn answers(turns: &[TurnView], position: u32) -> Vec<&str> {
    turns
        .iter()
        .filter(|turn| turn.position == position && turn.kind == TurnKind::Answer)
        .map(|turn| turn.text.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(number: u32, attempt: u32, status: TurnStatus, text: &str) -> TurnView {
        TurnView {
            number,
            position: 0,
            speaker: if number.is_multiple_of(2) { Speaker::Interviewer } else { Speaker::Candidate },
            kind: if number.is_multiple_of(2) { TurnKind::Question } else { TurnKind::Answer },
            status,
            attempt,
            text: text.to_owned(),
            problem: None,
            at: chrono::DateTime::UNIX_EPOCH,
            cue: None,
        }
    }

    fn state(turns: Vec<TurnView>) -> RoomState {
        RoomState {
            status: Status::Running,
            position: 0,
            elapsed_seconds: 0,
            can_ask_intent: true,
            turns,
            feedback: Vec::new(),
        }
    }

    fn delta(number: u32, attempt: u32, offset: u32, text: &str) -> RoomEvent {
        RoomEvent::Delta { number, attempt, offset, text: text.to_owned() }
    }

    #[test]
    fn words_are_added_once_and_in_order() {
        let mut room = state(vec![]);
        let started = RoomEvent::Started { turn: turn(0, 1, TurnStatus::Running, "") };
        assert_eq!(room.apply(started.clone()), Applied::Turn(0));
        assert_eq!(room.apply(delta(0, 1, 0, "프로세스와 ")), Applied::Turn(0));
        assert_eq!(room.apply(delta(0, 1, 0, "프로세스와 ")), Applied::Nothing);
        assert_eq!(room.apply(started), Applied::Nothing);
        let here = "프로세스와 ".len() as u32;
        assert_eq!(room.apply(delta(0, 1, here, "스레드")), Applied::Turn(0));
        assert_eq!(room.turns[0].text, "프로세스와 스레드");
        assert_eq!(room.apply(delta(0, 1, 0, "프로세스와 스레드는")), Applied::Turn(0));
        assert_eq!(room.turns[0].text, "프로세스와 스레드는");
    }

    #[test]
    fn a_gap_is_noticed() {
        let mut room = state(vec![turn(0, 1, TurnStatus::Running, "abc")]);
        assert_eq!(room.apply(delta(0, 1, 5, "fg")), Applied::Gap);
        assert_eq!(room.apply(delta(2, 1, 0, "x")), Applied::Gap);
        assert_eq!(room.apply(delta(0, 2, 0, "x")), Applied::Gap);
        assert_eq!(room.turns[0].text, "abc");
        assert_eq!(room.since().as_deref(), Some("0.1.3"));
    }

    #[test]
    fn a_new_attempt_starts_afresh_and_an_old_one_is_ignored() {
        let mut room = state(vec![turn(0, 1, TurnStatus::Failed, "half a")]);
        assert_eq!(room.apply(delta(0, 1, 6, " word")), Applied::Nothing);
        let again = RoomEvent::Started { turn: turn(0, 2, TurnStatus::Running, "") };
        assert_eq!(room.apply(again), Applied::Turn(0));
        assert_eq!(room.turns[0].text, "");
        let late = RoomEvent::Failed { turn: turn(0, 1, TurnStatus::Failed, "half a") };
        assert_eq!(room.apply(late), Applied::Nothing);
        let done = RoomEvent::Finished { turn: turn(0, 2, TurnStatus::Done, "whole") };
        assert_eq!(room.apply(done.clone()), Applied::Turn(0));
        assert_eq!(room.apply(done), Applied::Nothing);
        assert_eq!(room.apply(delta(0, 2, 0, "whole and more")), Applied::Nothing);
    }

    #[test]
    fn turns_stay_in_order() {
        let mut room = state(vec![turn(0, 1, TurnStatus::Done, "q")]);
        room.apply(RoomEvent::Started { turn: turn(2, 1, TurnStatus::Running, "") });
        room.apply(RoomEvent::Finished { turn: turn(1, 1, TurnStatus::Done, "a") });
        let numbers: Vec<u32> = room.turns.iter().map(|turn| turn.number).collect();
        assert_eq!(numbers, [0, 1, 2]);
        assert_eq!(room.answers(0), ["a"]);
    }

    #[test]
    fn the_candidate_is_awaited_only_after_a_whole_turn() {
        let mut room = state(vec![turn(0, 1, TurnStatus::Running, "q")]);
        assert_eq!((room.awaited_turn(), room.speaking()), (None, true));
        room.apply(RoomEvent::Finished { turn: turn(0, 1, TurnStatus::Done, "q?") });
        assert_eq!((room.awaited_turn(), room.speaking()), (Some(1), false));
        let pause = RoomEvent::Changed {
            status: Status::Paused,
            position: 0,
            elapsed_seconds: 9,
            can_ask_intent: true,
        };
        assert_eq!(room.apply(pause), Applied::Progress);
        assert_eq!(room.awaited_turn(), None);
    }

    #[test]
    fn it_is_over_when_the_last_feedback_is_there() {
        let mut room = state(vec![turn(0, 1, TurnStatus::Done, "bye")]);
        room.apply(RoomEvent::Scored { feedback: QuestionFeedback { position: 0, feedback: None } });
        room.status = Status::Finished;
        assert!(!room.over());
        room.feedback.clear();
        assert!(room.over());
    }
}
