//! The same thing said twice: in two items, or in two places of one.

use std::collections::{HashMap, HashSet};

use super::text::{sentences, words};
use super::{Finding, FindingKind, Passage};
use crate::letters::LetterContent;

/// Words in a row that are compared.
const RUN: usize = 3;
/// Fewest words of a sentence that can be a repetition.
const WORDS_MIN: usize = 5;
/// So many sentences are remembered by a run, the first ones: all the others with it repeat one of them, or say little with it.
const REMEMBERED: usize = 16;
/// Of the runs of a sentence so many of a hundred stand in another one.
const SHARE: usize = 60;

struct Sentence<'a> {
    item: usize,
    text: &'a str,
    runs: HashSet<Vec<String>>,
}

/// Sentences that were said before.
pub fn check(content: &LetterContent, found: &mut Vec<Finding>) {
    let mut before: Vec<Sentence<'_>> = Vec::new();
    let mut known: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (index, item) in content.items.iter().enumerate() {
        for place in sentences(&item.answer) {
            let text = &item.answer[place.clone()];
            let runs = runs(text);
            if runs.len() + RUN - 1 < WORDS_MIN {
                continue;
            }
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for run in &runs {
                for other in known.get(run).into_iter().flatten() {
                    *shared.entry(*other).or_default() += 1;
                }
            }
            // The first of the likest ones: what is found is the same every time.
            let likest = shared.into_iter().max_by_key(|(other, count)| (*count, usize::MAX - other));
            if let Some((other, count)) = likest
                && count * 100 >= runs.len() * SHARE
                && count * 100 >= before[other].runs.len() * SHARE
            {
                let said = &before[other];
                found.push(Finding {
                    item_id: item.id,
                    kind: FindingKind::Repetition,
                    passage: Passage::of(&item.answer, place),
                    detail: Some(match said.item == index {
                        true => said.text.to_owned(),
                        false => format!("{}. {}", said.item + 1, said.text),
                    }),
                });
            }
            for run in &runs {
                let with_it = known.entry(run.clone()).or_default();
                if with_it.len() < REMEMBERED {
                    with_it.push(before.len());
                }
            }
            before.push(Sentence { item: index, text, runs });
        }
    }
}

/// Every few words in a row.
fn runs(sentence: &str) -> HashSet<Vec<String>> {
    let words: Vec<String> = words(sentence).map(|(_, word)| word.to_lowercase()).collect();
    words.windows(RUN).map(<[String]>::to_vec).collect()
}
