//! When a card comes back: the FSRS algorithm, with what it needs to know of a card.

use chrono::{DateTime, Utc};
use rs_fsrs::{Card, FSRS, Parameters, State};

use super::{CardState, Choice, Rating};

/// Days after which a card comes back at the latest: one learns for interviews of this year, not for life.
const MOST_DAYS: i32 = 365;
/// Below this stability, in days, nothing is told apart any more. At zero the formulas would divide by it.
const LEAST_STABILITY: f64 = 0.01;

/// What is remembered of how a card was reviewed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    pub state: CardState,
    pub due_at: DateTime<Utc>,
    /// Days after which nine of ten cards like this one are still known.
    pub stability: f64,
    /// 1 to 10.
    pub difficulty: f64,
    pub reps: u32,
    /// How often it was forgotten after it was known.
    pub lapses: u32,
    pub last_review_at: Option<DateTime<Utc>>,
}

impl Memory {
    /// Of a card that was never reviewed: due at once.
    pub const fn new(now: DateTime<Utc>) -> Self {
        Self {
            state: CardState::New,
            due_at: now,
            stability: 0.0,
            difficulty: 0.0,
            reps: 0,
            lapses: 0,
            last_review_at: None,
        }
    }

    /// The same after a review.
    pub fn reviewed(&self, rating: Rating, now: DateTime<Utc>) -> Self {
        // A clock that was set back counts as standing still.
        let now = self.last_review_at.map_or(now, |last| now.max(last));
        let card = fsrs().next(self.card(now), now, fsrs_rating(rating)).card;
        Self {
            state: match card.state {
                State::New => CardState::New,
                State::Learning => CardState::Learning,
                State::Review => CardState::Review,
                State::Relearning => CardState::Relearning,
            },
            due_at: card.due,
            stability: card.stability.max(LEAST_STABILITY),
            difficulty: card.difficulty,
            reps: u32::try_from(card.reps).unwrap_or(u32::MAX),
            lapses: u32::try_from(card.lapses).unwrap_or(u32::MAX),
            last_review_at: Some(now),
        }
    }

    /// What each rating would lead to.
    pub fn choices(&self, now: DateTime<Utc>) -> Vec<Choice> {
        let choice = |rating| {
            let reviewed = self.reviewed(rating, now);
            let away = reviewed.due_at - reviewed.last_review_at.unwrap_or(now);
            Choice { rating, seconds: u32::try_from(away.num_seconds()).unwrap_or(0) }
        };
        Rating::ALL.iter().copied().map(choice).collect()
    }

    fn card(&self, now: DateTime<Utc>) -> Card {
        Card {
            due: self.due_at,
            stability: self.stability,
            difficulty: self.difficulty,
            reps: i32::try_from(self.reps).unwrap_or(i32::MAX - 1),
            lapses: i32::try_from(self.lapses).unwrap_or(i32::MAX - 1),
            state: match self.state {
                CardState::New => State::New,
                CardState::Learning => State::Learning,
                CardState::Review => State::Review,
                CardState::Relearning => State::Relearning,
            },
            last_review: self.last_review_at.unwrap_or(now),
            // Worked out afresh with every review.
            ..Card::default()
        }
    }
}

/// Nine of ten cards are to be known when they come back. Nothing is left to chance, so that a button says what will be.
fn fsrs() -> FSRS {
    FSRS::new(Parameters { maximum_interval: MOST_DAYS, ..Parameters::default() })
}

const fn fsrs_rating(rating: Rating) -> rs_fsrs::Rating {
    match rating {
        Rating::Again => rs_fsrs::Rating::Again,
        Rating::Hard => rs_fsrs::Rating::Hard,
        Rating::Good => rs_fsrs::Rating::Good,
        Rating::Easy => rs_fsrs::Rating::Easy,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    const MINUTE: u32 = 60;
    const DAY: u32 = 24 * 60 * MINUTE;

    fn now() -> DateTime<Utc> {
        "2026-11-21T15:00:00Z".parse().expect("a moment")
    }

    /// A card that was reviewed as these ratings say, each time when it was due.
    fn after(ratings: &[Rating]) -> Memory {
        ratings.iter().fold(Memory::new(now()), |memory, rating| memory.reviewed(*rating, memory.due_at))
    }

    fn seconds(memory: &Memory) -> Vec<u32> {
        memory.choices(memory.due_at).iter().map(|choice| choice.seconds).collect()
    }

    #[test]
    fn a_new_card_comes_back_within_minutes_unless_it_was_easy() {
        assert_eq!(seconds(&Memory::new(now())), [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * DAY]);
        let learning = after(&[Rating::Again]);
        assert_eq!((learning.state, learning.reps, learning.lapses), (CardState::Learning, 1, 0));
        assert_eq!(learning.due_at, now() + Duration::minutes(1));
    }

    #[test]
    fn what_is_known_comes_back_later_and_later() {
        let known = after(&[Rating::Good, Rating::Good]);
        assert_eq!(known.state, CardState::Review);
        let mut memory = known;
        let mut before = 0;
        for _ in 0..4 {
            let away = (memory.due_at - memory.last_review_at.expect("reviewed")).num_days();
            assert!(away > before, "{away} after {before}");
            before = away;
            memory = memory.reviewed(Rating::Good, memory.due_at);
        }
    }

    #[test]
    fn what_was_forgotten_is_learnt_again() {
        let forgotten = after(&[Rating::Good, Rating::Good, Rating::Again]);
        assert_eq!((forgotten.state, forgotten.lapses), (CardState::Relearning, 1));
        assert_eq!((forgotten.due_at - forgotten.last_review_at.expect("reviewed")).num_minutes(), 5);
    }

    #[test]
    fn a_button_says_what_will_be_and_better_means_later() {
        for ratings in
            [&[][..], &[Rating::Hard], &[Rating::Easy], &[Rating::Easy, Rating::Again], &[Rating::Good; 9]]
        {
            let memory = after(ratings);
            let choices = memory.choices(memory.due_at);
            assert!(choices.is_sorted_by_key(|choice| choice.seconds), "{choices:?}");
            for choice in choices {
                let due = memory.reviewed(choice.rating, memory.due_at).due_at;
                assert_eq!((due - memory.due_at).num_seconds(), i64::from(choice.seconds));
            }
        }
    }

    #[test]
    fn nothing_runs_away() {
        let easy = after(&[Rating::Easy; 40]);
        // The four ratings are a day apart at the end of the scale.
        assert!(seconds(&easy)[3] <= (MOST_DAYS.unsigned_abs() + 2) * DAY);
        for rating in [Rating::Again, Rating::Hard] {
            let mut memory = after(&vec![rating; 3_000]);
            for rating in Rating::ALL {
                memory = memory.reviewed(*rating, memory.due_at + Duration::days(4_000));
                assert!(memory.stability.is_finite() && memory.difficulty.is_finite(), "{memory:?}");
                assert!(memory.due_at > memory.last_review_at.expect("reviewed"), "{memory:?}");
            }
        }
    }

    #[test]
    fn a_clock_that_was_set_back_stands_still() {
        let known = after(&[Rating::Good, Rating::Good]);
        let last = known.last_review_at.expect("reviewed");
        let again = known.reviewed(Rating::Good, last - Duration::days(4_000));
        assert_eq!(again, known.reviewed(Rating::Good, last));
        assert!(again.stability.is_finite() && again.due_at > last);
    }
}
