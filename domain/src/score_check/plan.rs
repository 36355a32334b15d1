//! What a run over the golden set consists of.

use std::collections::BTreeSet;

use super::golden::GoldenAnswer;
use crate::llm::CALLS_PER_RATING;
use crate::questions::{Bank, Kind, Question, topic_of};

/// How much is asked of the scorer. The built-in one costs nothing; a model is paid by the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// Answers that are judged at all: every so-many-th of the set.
    pub answers: usize,
    /// Answers that are judged again in changed forms, and repeatedly.
    pub variants: usize,
    /// Runs of each of those.
    pub repeats: u32,
}

impl Effort {
    /// Everything, each repeated five times.
    pub const ALL: Self = Self { answers: usize::MAX, variants: usize::MAX, repeats: 5 };
}

/// Answers to other questions that are tried on each.
pub const FOREIGN_ANSWERS: u32 = 3;
/// Changed forms of each answer: padded, and with an order.
const CHANGES: u32 = 2;

/// A golden answer with its question.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub golden: &'a GoldenAnswer,
    pub question: &'a Question,
}

impl Case<'_> {
    /// Whether the other's answer says nothing on its question. A story that a person tells may fit several questions.
    pub fn is_foreign_to(&self, other: &Case<'_>) -> bool {
        topic_of(&self.question.id) != topic_of(&other.question.id)
            && self.question.language == other.question.language
            && other.question.kind != Kind::Experience
    }
}

/// What a run asks of a scorer, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    pub judgements: u32,
    pub ratings: u32,
}

impl Plan {
    /// Steps of its [`Progress`].
    pub const fn steps(self) -> u32 {
        self.judgements + self.ratings
    }

    /// Calls to a model, unless it has to repair something.
    pub const fn calls(self) -> u32 {
        self.judgements + CALLS_PER_RATING * self.ratings
    }
}

/// What a run of that effort will ask of a scorer.
pub fn plan(bank: &Bank, golden: &[GoldenAnswer], effort: Effort) -> Plan {
    let cases = cases(bank, golden, effort);
    let varied = spread(&cases, effort.variants);
    let questions: BTreeSet<_> =
        varied.iter().map(|case| (&case.question.id, case.question.language)).collect();
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let changed_and_repeated = FOREIGN_ANSWERS + CHANGES + effort.repeats.saturating_sub(1);
    Plan {
        judgements: count(cases.len()) + count(varied.len()) * changed_and_repeated + count(questions.len()),
        ratings: count(cases.len()),
    }
}

/// The answers whose questions are in the bank.
pub fn cases<'a>(bank: &'a Bank, golden: &'a [GoldenAnswer], effort: Effort) -> Vec<Case<'a>> {
    let cases: Vec<Case<'_>> = golden
        .iter()
        .filter_map(|golden| Some(Case { golden, question: bank.get(&golden.question, golden.language)? }))
        .collect();
    spread(&cases, effort.answers)
}

/// As many as `most` of them, from all over the list.
pub fn spread<T: Clone>(all: &[T], most: usize) -> Vec<T> {
    let step = all.len().div_ceil(most.max(1)).max(1);
    all.iter().step_by(step).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score_check::golden_set;

    #[test]
    fn a_plan_counts_what_a_run_will_ask() {
        let (bank, golden) = (Bank::load(None).expect("the bank"), golden_set().expect("the golden set"));
        let plan = |answers, variants, repeats| plan(&bank, &golden, Effort { answers, variants, repeats });
        // One answer alone: itself, three to other questions, two changed forms, four repetitions, its question.
        assert_eq!(plan(1, 1, 5), Plan { judgements: 11, ratings: 1 });
        assert_eq!(plan(1, 1, 5).calls(), 13);
        let all = plan(usize::MAX, usize::MAX, 5);
        assert_eq!(all, Plan { judgements: 272 * 10 + 68, ratings: 272 });
    }

    #[test]
    fn those_that_are_taken_come_from_all_over_the_list() {
        assert_eq!(spread(&[0, 1, 2, 3, 4, 5], 3), [0, 2, 4]);
        assert_eq!(spread(&[0, 1, 2], 9), [0, 1, 2]);
    }
}
