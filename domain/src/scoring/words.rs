//! The words of a text as a search compares them: without particles and endings, and by the concepts that they name, so that Korean
//! finds English and the other way round.

use super::hangul;
use super::text::{Script, Text};
use super::trigrams;

/// A word with everything that it can be found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWord {
    /// The word without its endings.
    pub base: String,
    /// What it agrees in with other words, the closest first: its base, itself, other bases that it may come from, concepts.
    pub keys: Vec<String>,
    /// Says nothing about a subject.
    pub light: bool,
}

impl SearchWord {
    /// The trigrams of its base, for words that are nearly the same.
    pub fn trigrams(&self) -> Vec<u64> {
        trigrams::of_word(&self.base)
    }

    /// Whether it is long enough to be told from others when it is misspelt, or only begun.
    pub fn can_be_near(&self) -> bool {
        hangul::jamo(&self.base).len() >= 4
    }
}

/// The trigrams of a key of a word.
pub fn trigrams_of(key: &str) -> Vec<u64> {
    trigrams::of_word(key)
}

/// The words of a text, in their order.
pub fn search_words(text: &str) -> Vec<SearchWord> {
    let text = Text::new(text);
    let mut found = Vec::with_capacity(text.tokens.len());
    for (place, token) in text.tokens.iter().enumerate() {
        let base = token.base().to_owned();
        let mut keys = vec![base.clone()];
        let add = |keys: &mut Vec<String>, key: String| {
            if !keys.contains(&key) {
                keys.push(key);
            }
        };
        add(&mut keys, token.text.clone());
        // One syllable is a base of too many words.
        let long = |base: &&String| base.chars().count() > 1;
        for other in token.nouns.iter().chain(&token.verbs).filter(long) {
            add(&mut keys, other.clone());
        }
        if let Some(joined) = &token.joined {
            add(&mut keys, joined.clone());
        }
        for concept in text.concepts_over(place) {
            add(&mut keys, format!("#{concept}"));
        }
        let light = token.light && token.script != Script::Digit;
        found.push(SearchWord { base, keys, light });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_meet(a: &str, b: &str, meet: bool) {
        let (x, y) = (search_words(a), search_words(b));
        let met = x[0].keys.iter().any(|key| y[0].keys.contains(key));
        assert_eq!(met, meet, "{a} {x:?}, {b} {y:?}");
    }

    #[test]
    fn particles_inflection_and_the_other_language_are_no_hindrance() {
        check_meet("트랜잭션", "트랜잭션이", true);
        check_meet("트랜잭션에서는", "트랜잭션을", true);
        check_meet("transactions", "transaction", true);
        check_meet("transaction", "트랜잭션의", true);
        check_meet("커밋되었습니다", "commit", true);
        check_meet("프로세스", "스레드", false);
    }

    #[test]
    fn short_words_have_nothing_near() {
        let near = |text: &str| search_words(text)[0].can_be_near();
        assert!(near("트랜잭션") && near("deadlock") && !near("락") && !near("os"));
    }
}
