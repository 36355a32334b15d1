//! The words of a text that say something, without their endings.

use super::text::{Script, Text, Token};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentWord {
    /// Without particles and inflection; small letters.
    pub base: String,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// The words of Hangul and Latin letters that carry meaning, in their order.
pub fn content_words(text: &str) -> Vec<ContentWord> {
    let says_something =
        |token: &&Token| !token.light && matches!(token.script, Script::Hangul | Script::Latin);
    let word =
        |token: &Token| ContentWord { base: token.base().to_owned(), start: token.start, end: token.end };
    Text::new(text).tokens.iter().filter(says_something).map(word).collect()
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

    #[test]
    fn forms_of_a_word_have_one_base() {
        let bases = |text: &str| content_words(text).into_iter().map(|word| word.base).collect::<Vec<_>>();
        assert_eq!(bases("조회 시간을 40% 줄였다").first(), bases("조회는 빠릅니다").first());
        assert_eq!(bases("the members"), bases("a member"));
        let text = "조회 시간을";
        let last = content_words(text).pop().expect("a word");
        assert_eq!(&text[last.start..last.end], "시간을");
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
