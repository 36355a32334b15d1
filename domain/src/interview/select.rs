//! Which questions an interview asks.

use std::collections::HashMap;

use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;

use crate::past_questions::Nearness;
use crate::questions::{Level, Question, topic_of};

/// Whether a question suits a level: its own, or one next to it.
pub fn suits(question: &Question, level: Level) -> bool {
    rank(question.level).abs_diff(rank(level)) <= 1
}

fn rank(level: Level) -> usize {
    Level::ALL.iter().position(|other| *other == level).unwrap_or_default()
}

/// Chooses up to `count` questions for a level, easier ones first.
///
/// Questions in `recent` (ids of the person's last interviews, newest first) come only when nothing else is left, the
/// longest ago first. Of the others, those of the very level are preferred, and topics take turns. The same seed makes the same choice.
pub fn select<'a>(
    pool: impl IntoIterator<Item = &'a Question>,
    recent: &[String],
    level: Level,
    count: usize,
    seed: u64,
) -> Vec<&'a Question> {
    let mut pool: Vec<&Question> = pool.into_iter().filter(|question| suits(question, level)).collect();
    pool.sort_by(|a, b| a.id.cmp(&b.id));
    pool.shuffle(&mut StdRng::seed_from_u64(seed));

    let staleness = |question: &Question| recent.iter().position(|id| *id == question.id);
    let (mut fresh, mut repeated): (Vec<_>, Vec<_>) =
        pool.into_iter().partition(|question| staleness(question).is_none());
    fresh.sort_by_key(|question| rank(question.level).abs_diff(rank(level)));
    repeated.sort_by_key(|question| std::cmp::Reverse(staleness(question)));

    let mut chosen = take_turns(fresh);
    chosen.extend(repeated);
    chosen.truncate(count);
    chosen.sort_by_key(|question| rank(question.level));
    chosen
}

/// One question in so many is a past one, as long as there are enough that were not asked lately.
const PAST_SHARE: usize = 3;

/// One in so many, rounded up, when they are near to what the person applies for: even a single question beside those about a letter.
const NEAR_SHARE: usize = 2;

/// In the order in which they are chosen.
const NEAR: [Nearness; 3] = [Nearness::Both, Nearness::Company, Nearness::Job];

/// Chooses of the bank and of past questions (기출) as [`select`] does. The nearest past ones come first, and of equally near ones those
/// that can be judged; more than their share come, and ones that were asked lately, only where the bank has too few.
pub fn mix<'a>(
    bank: &[&'a Question],
    past: &[(Nearness, &'a Question)],
    recent: &[String],
    level: Level,
    count: usize,
    seed: u64,
) -> Vec<&'a Question> {
    let of_bank = |count| select(bank.iter().copied(), recent, level, count, seed);
    let missing = count - of_bank(count).len();
    let (lately, fresh): (Vec<_>, Vec<_>) =
        past.iter().copied().partition(|(_, question)| recent.contains(&question.id));
    let mut of_past: Vec<&'a Question> = Vec::new();
    let mut take = |from: &[(Nearness, &'a Question)], near: Nearness, most: usize| {
        let group: Vec<&'a Question> =
            from.iter().filter(|(nearness, _)| *nearness == near).map(|(_, question)| *question).collect();
        let most = most.saturating_sub(of_past.len());
        of_past.extend(judged_first(&group, recent, level, most, seed));
    };
    for near in NEAR {
        take(&fresh, near, missing.max(count.div_ceil(NEAR_SHARE)));
    }
    take(&fresh, Nearness::Other, missing.max(count / PAST_SHARE));
    for near in NEAR.into_iter().chain([Nearness::Other]) {
        take(&lately, near, missing);
    }
    let mut chosen = of_bank(count - of_past.len());
    chosen.extend(of_past);
    chosen.sort_by_key(|question| rank(question.level));
    chosen
}

/// Chooses as [`select`] does, first of those that have key points.
fn judged_first<'a>(
    pool: &[&'a Question],
    recent: &[String],
    level: Level,
    count: usize,
    seed: u64,
) -> Vec<&'a Question> {
    let (judged, unjudged): (Vec<&Question>, Vec<&Question>) =
        pool.iter().copied().partition(|question| !question.points.is_empty());
    let mut chosen = select(judged, recent, level, count, seed);
    chosen.extend(select(unjudged, recent, level, count - chosen.len(), seed));
    chosen
}

/// Reorders so that the first question of every topic comes before the second of any, and keeps the order otherwise.
fn take_turns(questions: Vec<&Question>) -> Vec<&Question> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut rounds: Vec<(usize, &Question)> = questions
        .into_iter()
        .map(|question| {
            let round = seen.entry(topic_of(&question.id)).or_default();
            *round += 1;
            (*round, question)
        })
        .collect();
    rounds.sort_by_key(|(round, _)| *round);
    rounds.into_iter().map(|(_, question)| question).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::interview::samples::question;

    fn pool() -> Vec<Question> {
        ["os", "network", "database"]
            .iter()
            .flat_map(|topic| {
                [Level::Entry, Level::Junior, Level::Junior, Level::Senior].into_iter().enumerate().map(
                    move |(number, level)| Question { id: format!("{topic}/q{number}"), level, ..question() },
                )
            })
            .collect()
    }

    fn ids(questions: &[&Question]) -> Vec<String> {
        questions.iter().map(|question| question.id.clone()).collect()
    }

    #[test]
    fn the_same_seed_makes_the_same_choice_and_another_seed_another() {
        let pool = pool();
        let chosen = |seed| ids(&select(&pool, &[], Level::Junior, 5, seed));
        assert_eq!(chosen(1), chosen(1));
        assert!((2..20).any(|seed| chosen(seed) != chosen(1)));
    }

    #[test]
    fn nothing_is_repeated_within_an_interview_or_while_others_are_left() {
        let pool = pool();
        for seed in 0..50 {
            let first = ids(&select(&pool, &[], Level::Junior, 4, seed));
            let second = ids(&select(&pool, &first, Level::Junior, 5, seed + 1));
            let all: BTreeSet<_> = first.iter().chain(&second).collect();
            assert_eq!(all.len(), 9, "seed {seed}");
        }
    }

    #[test]
    fn when_everything_was_asked_the_oldest_comes_back_first() {
        let pool = pool();
        let recent: Vec<String> = ids(&select(&pool, &[], Level::Junior, 9, 7));
        let again = ids(&select(&pool, &recent, Level::Junior, 3, 8));
        let oldest: BTreeSet<_> = recent[6..].iter().cloned().collect();
        assert_eq!(again.into_iter().collect::<BTreeSet<_>>(), oldest);
    }

    fn past(judged: usize, unjudged: usize) -> Vec<Question> {
        let made =
            |number: usize| Question { id: format!("past:{number}"), level: Level::Junior, ..question() };
        let without = |question: Question| Question { points: Vec::new(), ..question };
        (0..judged).map(made).chain((judged..judged + unjudged).map(made).map(without)).collect()
    }

    /// How many of `count` are past questions, of so many with and without key points and of so many of the bank.
    #[track_caller]
    fn check_mix(past: &[Question], bank: usize, recent: &[String], count: usize, expected: usize) {
        let pool = pool();
        let bank: Vec<_> = pool.iter().take(bank).collect();
        let past: Vec<_> = past.iter().map(|question| (Nearness::Other, question)).collect();
        for seed in 0..20 {
            let chosen = ids(&mix(&bank, &past, recent, Level::Junior, count, seed));
            let distinct: BTreeSet<_> = chosen.iter().collect();
            assert_eq!((distinct.len(), chosen.len()), (count, count), "{chosen:?}");
            let of_past = chosen.iter().filter(|id| id.starts_with("past:")).count();
            assert_eq!(of_past, expected, "{chosen:?}");
        }
    }

    #[test]
    fn a_third_are_past_questions_when_there_are_any() {
        check_mix(&past(9, 0), 12, &[], 6, 2);
        check_mix(&past(9, 0), 12, &[], 3, 1);
        check_mix(&past(9, 0), 12, &[], 2, 0);
        check_mix(&past(0, 0), 12, &[], 6, 0);
        check_mix(&past(1, 9), 12, &[], 6, 2);
        // Of these four of the bank three suit the level.
        check_mix(&past(9, 0), 4, &[], 6, 3);
    }

    #[test]
    fn a_past_question_that_was_asked_lately_waits_for_the_others() {
        let lately: Vec<String> = (0..9).map(|number| format!("past:{number}")).collect();
        check_mix(&past(9, 0), 12, &lately, 6, 0);
        check_mix(&past(9, 2), 12, &lately, 6, 2);
        check_mix(&past(9, 0), 4, &lately, 6, 3);
    }

    #[test]
    fn past_questions_that_can_be_judged_come_first() {
        let (pool, past) = (pool(), past(2, 9));
        let bank: Vec<_> = pool.iter().collect();
        let past: Vec<_> = past.iter().map(|question| (Nearness::Other, question)).collect();
        for seed in 0..20 {
            let chosen = mix(&bank, &past, &[], Level::Junior, 6, seed);
            assert!(chosen.iter().all(|question| !question.points.is_empty()));
        }
    }

    #[test]
    fn the_nearest_past_questions_come_first_and_are_up_to_half() {
        let (pool, past) = (pool(), past(9, 0));
        let bank: Vec<_> = pool.iter().collect();
        let near = [Nearness::Other, Nearness::Job, Nearness::Company, Nearness::Both, Nearness::Other];
        let past: Vec<_> = near.into_iter().cycle().zip(&past).collect();
        let check = |count: usize, recent: &[&str], expected: &[&str]| {
            let recent: Vec<String> = recent.iter().map(|id| (*id).to_owned()).collect();
            for seed in 0..20 {
                let mut chosen = ids(&mix(&bank, &past, &recent, Level::Junior, count, seed));
                assert_eq!(chosen.len(), count);
                chosen.retain(|id| id.starts_with("past:"));
                chosen.sort();
                assert_eq!(chosen, expected, "{count} {recent:?} {seed}");
            }
        };
        // Numbers 3 and 8 are of company and job, 2 and 7 of the company, 1 and 6 of the job.
        check(3, &[], &["past:3", "past:8"]);
        check(4, &[], &["past:3", "past:8"]);
        check(8, &[], &["past:2", "past:3", "past:7", "past:8"]);
        check(4, &["past:3", "past:8"], &["past:2", "past:7"]);
        check(0, &[], &[]);
    }

    #[test]
    fn a_single_question_is_a_near_past_one_if_there_is_any() {
        let (pool, past) = (pool(), past(2, 0));
        let bank: Vec<_> = pool.iter().collect();
        let check = |near: Nearness, expected: usize| {
            let past: Vec<_> = past.iter().map(|question| (near, question)).collect();
            for count in [1, 2] {
                let chosen = ids(&mix(&bank, &past, &[], Level::Junior, count, 7));
                let of_past = chosen.iter().filter(|id| id.starts_with("past:")).count();
                assert_eq!(of_past, expected, "{near:?} {count}");
            }
        };
        check(Nearness::Company, 1);
        check(Nearness::Other, 0);
    }

    #[test]
    fn topics_take_turns_levels_fit_and_easy_ones_come_first() {
        let pool = pool();
        for seed in 0..50 {
            let chosen = select(&pool, &[], Level::Junior, 3, seed);
            let topics: BTreeSet<_> = chosen.iter().map(|question| topic_of(&question.id)).collect();
            assert_eq!(topics.len(), 3, "seed {seed}");
            assert!(chosen.iter().all(|question| suits(question, Level::Junior)));
            assert!(chosen.windows(2).all(|pair| rank(pair[0].level) <= rank(pair[1].level)));
        }
    }
}
