//! Which question a person's day has. The same person and day always have the same order of questions: each swap goes one on in it.

use chrono::{Datelike, NaiveDate};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use uuid::Uuid;

use crate::questions::{Field, Question, topic_of};

/// What is known of the person as the day begins. It has to stay what it is all day, or the question would change under their eyes.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// None means any.
    pub fields: Vec<Field>,
    /// Ids of topics that went badly lately.
    pub weak_topics: Vec<String>,
    /// Ids of questions that were asked lately.
    pub recent: Vec<String>,
}

/// All of the pool, in the order in which the day offers it: what was not asked lately, on fields of interest, on weak topics.
pub fn order<'a>(
    pool: impl IntoIterator<Item = (Option<Field>, &'a Question)>,
    wishes: &Wishes,
    person: Uuid,
    day: NaiveDate,
) -> Vec<&'a Question> {
    let mut pool: Vec<(Option<Field>, &Question)> = pool.into_iter().collect();
    pool.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
    pool.shuffle(&mut StdRng::seed_from_u64(seed(person, day)));
    pool.sort_by_key(|(field, question)| {
        let asked = wishes.recent.contains(&question.id);
        let interesting =
            wishes.fields.is_empty() || field.is_some_and(|field| wishes.fields.contains(&field));
        let weak = wishes.weak_topics.iter().any(|topic| topic == topic_of(&question.id));
        (asked, !interesting, !weak)
    });
    pool.into_iter().map(|(_, question)| question).collect()
}

fn seed(person: Uuid, day: NaiveDate) -> u64 {
    let (high, low) = person.as_u64_pair();
    high ^ low.rotate_left(32) ^ u64::from(day.num_days_from_ce().unsigned_abs())
}

/// The day's question while nothing was done about it: the first that was not asked today.
pub fn first<'a>(order: &[&'a Question], asked_today: &[String]) -> Option<&'a Question> {
    order.iter().find(|question| !asked_today.contains(&question.id)).copied()
}

/// The question that takes the place of another one. The order is never gone back, so none comes twice.
pub fn next<'a>(order: &[&'a Question], current: &str, asked_today: &[String]) -> Option<&'a Question> {
    let behind = order.iter().position(|question| question.id == current).map_or(0, |place| place + 1);
    first(order.get(behind..)?, asked_today)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::interview::samples::question;

    fn bank() -> Vec<Question> {
        let topics = ["os", "network", "http-api", "cache"];
        let id = |topic: &str, number| format!("{topic}/q{number}");
        topics
            .iter()
            .flat_map(|topic| (0..5).map(move |number| Question { id: id(topic, number), ..question() }))
            .collect()
    }

    fn ordered(bank: &[Question], wishes: &Wishes, person: u128, day: u32) -> Vec<String> {
        let field = |question: &Question| match topic_of(&question.id) {
            "os" | "network" => Field::Cs,
            _ => Field::Backend,
        };
        let pool = bank.iter().map(|question| (Some(field(question)), question));
        let day = NaiveDate::from_ymd_opt(2026, 11, day).expect("a day");
        order(pool, wishes, Uuid::from_u128(person), day).iter().map(|question| question.id.clone()).collect()
    }

    #[test]
    fn the_same_person_and_day_have_the_same_order_and_others_another() {
        let (bank, any) = (bank(), Wishes::default());
        let today = ordered(&bank, &any, 7, 21);
        assert_eq!(ordered(&bank, &any, 7, 21), today);
        assert_eq!(ordered(&bank.iter().rev().cloned().collect::<Vec<_>>(), &any, 7, 21), today);
        assert_ne!(ordered(&bank, &any, 8, 21), today);
        let firsts: BTreeSet<String> = (1..29).map(|day| ordered(&bank, &any, 7, day).remove(0)).collect();
        assert!(firsts.len() > 10, "{firsts:?}");
    }

    #[test]
    fn interest_comes_before_weakness_and_what_was_asked_lately_comes_last() {
        let bank = bank();
        let wishes = Wishes {
            fields: vec![Field::Backend],
            weak_topics: vec!["cache".to_owned(), "os".to_owned()],
            recent: vec!["cache/q0".to_owned(), "os/q1".to_owned()],
        };
        for day in 1..29 {
            let order = ordered(&bank, &wishes, 7, day);
            let topics: Vec<&str> = order.iter().map(|id| topic_of(id)).collect();
            assert!(topics[..4].iter().all(|topic| *topic == "cache"), "{order:?}");
            assert!(topics[4..9].iter().all(|topic| *topic == "http-api"), "{order:?}");
            assert!(topics[9..13].iter().all(|topic| *topic == "os"), "{order:?}");
            assert_eq!(order[18..], ["cache/q0", "os/q1"]);
        }
    }

    #[test]
    fn swapping_never_comes_back_to_a_question() {
        let bank = bank();
        let order: Vec<&Question> = bank.iter().collect();
        let asked = ["os/q0".to_owned(), "os/q3".to_owned()];
        let mut current = first(&order, &asked).expect("a question").id.clone();
        let mut seen = vec![current.clone()];
        while let Some(other) = next(&order, &current, &asked) {
            current = other.id.clone();
            seen.push(current.clone());
        }
        assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), 18);
        assert_eq!(seen[..3], ["os/q1", "os/q2", "os/q4"]);
        assert_eq!(next(&order, "gone/from-the-bank", &[]).map(|other| other.id.as_str()), Some("os/q0"));
    }
}
