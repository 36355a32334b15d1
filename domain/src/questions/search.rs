//! An index over texts: built once, and asked in Korean or English. Particles and endings do not matter, a Korean word finds its English
//! name, and a word that nothing has finds the nearest by the trigrams of its letters.

use std::collections::HashMap;

use crate::scoring::{SearchWord, search_words, trigrams_of};

/// What a match is worth by how close it is: the word itself, another base of it, its concept.
const SAME: f32 = 1.0;
const OTHER: f32 = 0.8;
/// A key that begins with the word, and one that shares most of its trigrams.
const BEGUN: f32 = 0.7;
const NEAR: f32 = 0.6;
/// Words that share fewer of their trigrams (Dice) are different words.
const ALIKE: f32 = 0.5;
/// Most words of a query that are looked up.
const WORDS_MAX: usize = 24;

/// A passage of a document, and what a word in it is worth.
pub type Passage<'a> = (&'a str, f32);

/// The words of many documents.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    documents: u32,
    /// Where each key stands, and what it is worth there.
    postings: HashMap<String, Vec<(u32, f32)>>,
    /// The keys that a misspelt word may have meant.
    words: Vec<String>,
    /// The places of those keys by their trigrams, and how many trigrams each has.
    by_trigram: HashMap<u64, Vec<u32>>,
    trigrams: Vec<u16>,
}

impl SearchIndex {
    /// Reads the documents. They are called by their places from now on.
    pub fn of<'a>(documents: impl IntoIterator<Item = Vec<Passage<'a>>>) -> Self {
        let mut index = Self::default();
        for passages in documents {
            index.add(&passages);
        }
        let mut words: Vec<String> =
            index.postings.keys().filter(|key| !key.starts_with('#')).cloned().collect();
        words.sort_unstable();
        for (place, word) in (0..).zip(&words) {
            let trigrams = trigrams_of(word);
            index.trigrams.push(u16::try_from(trigrams.len()).unwrap_or(u16::MAX));
            for trigram in trigrams {
                index.by_trigram.entry(trigram).or_default().push(place);
            }
        }
        index.words = words;
        index
    }

    fn add(&mut self, passages: &[Passage<'_>]) {
        let document = self.documents;
        self.documents += 1;
        for (text, worth) in passages {
            for word in search_words(text) {
                for (key, quality) in qualities(word) {
                    let places = self.postings.entry(key).or_default();
                    let value = worth * quality;
                    match places.last_mut().filter(|(last, _)| *last == document) {
                        Some((_, most)) => *most = most.max(value),
                        None => places.push((document, value)),
                    }
                }
            }
        }
    }

    /// The documents that say what is asked for, the best first: those that have every word, or, when none does, those that have the
    /// most. Nothing when nothing is asked.
    pub fn search(&self, text: &str) -> Vec<u32> {
        let mut words = search_words(text);
        if words.iter().any(|word| !word.light) {
            words.retain(|word| !word.light);
        }
        words.truncate(WORDS_MAX);
        let mut found: HashMap<u32, (u32, f32)> = HashMap::new();
        for word in &words {
            for (document, score) in self.find(word) {
                let (count, sum) = found.entry(document).or_default();
                *count += 1;
                *sum += score;
            }
        }
        let most = found.values().map(|(count, _)| *count).max().unwrap_or_default();
        let mut best: Vec<(u32, f32)> = found
            .into_iter()
            .filter(|(_, (count, _))| *count == most)
            .map(|(document, (_, sum))| (document, sum))
            .collect();
        best.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        best.into_iter().map(|(document, _)| document).collect()
    }

    /// The documents that have a word, and what it is worth there.
    fn find(&self, word: &SearchWord) -> HashMap<u32, f32> {
        let mut found = HashMap::new();
        for (place, key) in word.keys.iter().enumerate() {
            self.take(key, if place == 0 { SAME } else { OTHER }, &mut found);
        }
        if word.can_be_near() {
            for key in self.begun_with(&word.base) {
                self.take(key, BEGUN, &mut found);
            }
            if found.is_empty() {
                for (key, alike) in self.near(word) {
                    self.take(key, NEAR * alike, &mut found);
                }
            }
        }
        found
    }

    fn take(&self, key: &str, quality: f32, found: &mut HashMap<u32, f32>) {
        let Some(places) = self.postings.get(key) else { return };
        // What few documents have tells more.
        let rarity = (1.0 + self.documents as f32 / places.len() as f32).ln();
        for (document, worth) in places {
            let score = rarity * quality * worth;
            let most = found.entry(*document).or_default();
            *most = most.max(score);
        }
    }

    /// The keys that a word is the beginning of.
    fn begun_with<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        let from = self.words.partition_point(|word| word.as_str() < beginning);
        self.words[from..].iter().map(String::as_str).take_while(move |word| word.starts_with(beginning))
    }

    /// The keys that look like a word, and how much.
    fn near(&self, word: &SearchWord) -> Vec<(&str, f32)> {
        let trigrams = word.trigrams();
        let mut shared: HashMap<u32, u16> = HashMap::new();
        for place in trigrams.iter().filter_map(|trigram| self.by_trigram.get(trigram)).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let own = f32::from(u16::try_from(trigrams.len()).unwrap_or(u16::MAX));
        shared
            .into_iter()
            .map(|(place, shared)| {
                let place = place as usize;
                let alike = 2.0 * f32::from(shared) / (own + f32::from(self.trigrams[place]));
                (self.words[place].as_str(), alike)
            })
            .filter(|(_, alike)| *alike >= ALIKE)
            .collect()
    }
}

/// The keys of a word, and what finding it by each of them is worth.
fn qualities(word: SearchWord) -> impl Iterator<Item = (String, f32)> {
    let worth = if word.light { 0.1 } else { 1.0 };
    let keys = word.keys.into_iter().enumerate();
    keys.map(move |(place, key)| (key, worth * if place == 0 { SAME } else { OTHER }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 5] = [
        "트랜잭션 격리 수준은 무엇이 다른가요?",
        "교착 상태는 왜 생기고, 어떻게 막을 수 있나요?",
        "What is the difference between optimistic and pessimistic locking?",
        "컨테이너와 가상 머신은 어떻게 다른가요?",
        "How do you find a memory leak?",
    ];

    #[track_caller]
    fn check(text: &str, expected: &[u32]) {
        let index = SearchIndex::of(TEXTS.iter().map(|text| vec![(*text, 1.0)]));
        assert_eq!(index.search(text), expected, "{text}");
    }

    #[test]
    fn words_are_found_whatever_stands_behind_them() {
        check("트랜잭션", &[0]);
        check("트랜잭션을", &[0]);
        check("트랜잭션에서의 격리", &[0]);
        check("컨테이너는", &[3]);
        check("memory leaks", &[4]);
    }

    #[test]
    fn the_other_language_and_misspelling_are_found() {
        check("transaction", &[0]);
        check("deadlock", &[1]);
        check("트렌잭션", &[0]);
        check("pesimistic", &[2]);
        check("컨테이", &[3]);
        check("optimi", &[2]);
    }

    #[test]
    fn what_has_every_word_comes_before_what_has_one() {
        check("교착 상태 막는 법", &[1]);
        check("memory locking", &[2, 4]);
        check("기린", &[]);
        check("", &[]);
        check("???", &[]);
    }
}
