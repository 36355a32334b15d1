//! Which card comes next, and how many there are: first what is to be kept, then what is new, the essential before the rest.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{CardCounts, CardState};

/// New cards that a day brings at most. What was begun comes back without limit.
const NEW_A_DAY: usize = 20;

/// What the order of cards depends on.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: Uuid,
    pub state: CardState,
    pub due_at: DateTime<Utc>,
    pub begun_at: Option<DateTime<Utc>>,
    pub must: bool,
    pub weight: i32,
}

/// How things stand at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    pub due: u32,
    pub counts: CardCounts,
    pub next: Option<Uuid>,
    /// When the next card comes, while nothing is due.
    pub next_at: Option<DateTime<Utc>>,
}

/// Puts the cards of a person in order. The person's day is given by its first moment and the first one behind it.
pub fn queue(cards: &[Waiting], now: DateTime<Utc>, day: (DateTime<Utc>, DateTime<Utc>)) -> Queue {
    let begun = cards.iter().filter(|card| card.begun_at.is_some_and(|begun| begun >= day.0)).count();
    let of_state = |wanted: &'static [CardState]| cards.iter().filter(|card| wanted.contains(&card.state));
    let new = || of_state(&[CardState::New]);
    let new_left = NEW_A_DAY.saturating_sub(begun);
    let begun_cards = || cards.iter().filter(|card| card.state != CardState::New);
    let reviews = begun_cards().filter(|card| card.due_at <= now);
    let due = reviews.clone().count() + new().count().min(new_left);

    let next_review = reviews.min_by_key(|card| (card.due_at, card.id));
    let next_new =
        new().filter(|_| new_left > 0).min_by_key(|card| (Reverse(card.must), Reverse(card.weight), card.id));
    let next = next_review.or(next_new).map(|card| card.id);
    let later = begun_cards().map(|card| card.due_at).min();
    let tomorrow = new().next().map(|_| day.1);
    let next_at = later.into_iter().chain(tomorrow).min().filter(|_| next.is_none());
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Queue {
        due: count(due),
        counts: CardCounts {
            new: count(new().count()),
            learning: count(of_state(&[CardState::Learning, CardState::Relearning]).count()),
            review: count(of_state(&[CardState::Review]).count()),
        },
        next,
        next_at,
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a moment")
    }

    fn now() -> DateTime<Utc> {
        at("2026-11-21T03:00:00Z")
    }

    fn day() -> (DateTime<Utc>, DateTime<Utc>) {
        (at("2026-11-20T15:00:00Z"), at("2026-11-21T15:00:00Z"))
    }

    fn card(number: u128, state: CardState, minutes: i64) -> Waiting {
        Waiting {
            id: Uuid::from_u128(number),
            state,
            due_at: now() + Duration::minutes(minutes),
            begun_at: None,
            must: false,
            weight: 1,
        }
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(queue(&[], now(), day()), Queue::default());
    }

    #[test]
    fn what_is_due_longest_comes_before_what_is_new() {
        let cards = [
            card(1, CardState::New, -9),
            card(2, CardState::Review, -1),
            card(3, CardState::Learning, -5),
            card(4, CardState::Relearning, 5),
        ];
        let found = queue(&cards, now(), day());
        assert_eq!(found.next, Some(Uuid::from_u128(3)));
        assert_eq!((found.due, found.next_at), (3, None));
        assert_eq!(found.counts, CardCounts { new: 1, learning: 2, review: 1 });
        assert_eq!(found.counts.all(), 4);
    }

    #[test]
    fn of_new_cards_the_essential_and_weighty_come_first() {
        let light = card(1, CardState::New, 0);
        let weighty = Waiting { weight: 3, ..card(2, CardState::New, 0) };
        let must = Waiting { must: true, ..card(3, CardState::New, 0) };
        let next = |cards: &[Waiting]| queue(cards, now(), day()).next.map(|id| id.as_u128());
        assert_eq!(next(&[light.clone(), weighty.clone(), must]), Some(3));
        assert_eq!(next(&[light.clone(), weighty]), Some(2));
        assert_eq!(next(&[card(7, CardState::New, 0), light]), Some(1));
    }

    #[test]
    fn a_day_brings_so_many_new_cards_and_no_more() {
        let begun_at = |moment: &str| Waiting {
            begun_at: Some(at(moment)),
            ..card(1_000, CardState::Review, 3 * 24 * 60)
        };
        let mut cards: Vec<Waiting> = (0..30).map(|number| card(number, CardState::New, 0)).collect();
        assert_eq!(queue(&cards, now(), day()).due, 20);
        // A minute before the day began it was yesterday.
        cards.extend((0..5).map(|_| begun_at("2026-11-20T14:59:00Z")));
        assert_eq!(queue(&cards, now(), day()).due, 20);
        cards.extend((0..19).map(|_| begun_at("2026-11-20T15:00:00Z")));
        assert_eq!(queue(&cards, now(), day()).due, 1);
        cards.push(begun_at("2026-11-21T02:00:00Z"));
        let used_up = queue(&cards, now(), day());
        assert_eq!((used_up.due, used_up.next), (0, None));
        assert_eq!(used_up.next_at, Some(day().1), "tomorrow brings new ones");
        // What comes back earlier is told.
        cards.push(card(2_000, CardState::Learning, 10));
        assert_eq!(queue(&cards, now(), day()).next_at, Some(now() + Duration::minutes(10)));
        // Reviews have no limit.
        cards.extend((3_000..3_050).map(|number| card(number, CardState::Review, -1)));
        assert_eq!(queue(&cards, now(), day()).due, 50);
    }

    #[test]
    fn when_nothing_is_due_the_next_moment_is_told() {
        let cards = [card(1, CardState::Review, 60), card(2, CardState::Learning, 4)];
        let found = queue(&cards, now(), day());
        assert_eq!((found.due, found.next), (0, None));
        assert_eq!(found.next_at, Some(now() + Duration::minutes(4)));
    }
}
