//! How alike two texts are: for short answers against a reference, and for finding near duplicates.
//!
//! Words are compared as the matcher compares them (stems, bases, the term table), and words that stay apart by the
//! trigrams of their letters. What the reference says counts more than what else the text says.

use super::hangul;
use super::terms::Concept;
use super::text::{Text, Token};

/// Words that share fewer of their letter trigrams than this have nothing in common.
const ALIKE: f32 = 0.4;
/// Worth of a word that says nothing about a subject.
const LIGHT: f32 = 0.1;
/// Worth of a word that the question says already.
const ECHO: f32 = 0.3;
/// How much of the result is the share of the text that the reference says too; the rest is the share of the
/// reference that the text says.
const PRECISION: f32 = 0.3;
/// The first matches tell more than the last ones. People who grade see it so, too.
const CURVE: f32 = 0.6;

/// How much of `reference` a text says, from 0 to 1. Words of the question count little when it is given.
pub fn similarity(reference: &str, text: &str, question: Option<&str>) -> f32 {
    let question = question.map(Text::new).unwrap_or_default();
    let asked = words(&question);
    let (reference, text) = (Text::new(reference), Text::new(text));
    let (reference, text) = (weighed(words(&reference), &asked), weighed(words(&text), &asked));
    let share = (1.0 - PRECISION) * said(&reference, &text) + PRECISION * said(&text, &reference);
    share.clamp(0.0, 1.0).powf(CURVE)
}

/// A word with everything that it may agree in.
struct Word<'a> {
    token: &'a Token,
    base: &'a str,
    concepts: Vec<Concept>,
    /// Its letters between two borders.
    letters: Vec<u32>,
    weight: f32,
}

fn words(text: &Text) -> Vec<Word<'_>> {
    let mut found = Vec::with_capacity(text.tokens.len());
    for (place, token) in text.tokens.iter().enumerate() {
        let base = token.base();
        let mut letters = vec![0];
        letters.extend(hangul::jamo(base));
        letters.push(0);
        found.push(Word {
            token,
            base,
            concepts: text.concepts_over(place).collect(),
            letters,
            weight: if token.light { LIGHT } else { 1.0 },
        });
    }
    found
}

/// Lowers the weight of the words that were asked.
fn weighed<'a>(mut words: Vec<Word<'a>>, asked: &[Word<'_>]) -> Vec<Word<'a>> {
    for word in &mut words {
        let is_echo = asked.iter().any(|other| {
            other.base == word.base || word.concepts.iter().any(|concept| other.concepts.contains(concept))
        });
        if is_echo && !word.token.light {
            word.weight = ECHO;
        }
    }
    words
}

/// The weighted share of the words that the other text says, too.
fn said(words: &[Word<'_>], other: &[Word<'_>]) -> f32 {
    let total: f32 = words.iter().map(|word| word.weight).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let found: f32 = words
        .iter()
        .map(|word| {
            word.weight * other.iter().map(|candidate| agreement(word, candidate)).fold(0.0, f32::max)
        })
        .sum();
    found / total
}

/// How far two words agree, from 0 to 1.
fn agreement(a: &Word<'_>, b: &Word<'_>) -> f32 {
    if a.base == b.base {
        return 1.0;
    }
    let share =
        |x: &[String], y: &[String]| x.iter().any(|base| base.chars().count() > 1 && y.contains(base));
    if share(&a.token.nouns, &b.token.nouns) {
        return 0.95;
    }
    if share(&a.token.verbs, &b.token.verbs) || a.concepts.iter().any(|concept| b.concepts.contains(concept))
    {
        return 0.9;
    }
    let alike = hangul::trigram_dice(&a.letters, &b.letters);
    if alike < ALIKE { 0.0 } else { alike }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_closer(reference: &str, closer: &str, further: &str) {
        let (near, far) = (similarity(reference, closer, None), similarity(reference, further, None));
        assert!(near > far, "{near} for {closer}, {far} for {further}");
    }

    #[test]
    fn equal_texts_are_one_and_strangers_nothing() {
        assert!(similarity("락을 먼저 잡습니다", "락을 먼저 잡습니다", None) > 0.99);
        assert!(similarity("a stack grows downwards", "zebra quickly hums", None) < 0.05);
        assert!(similarity("", "", None) < 0.01);
        assert!(similarity("락", "", None) < 0.01);
    }

    #[test]
    fn paraphrases_are_closer_than_other_sentences() {
        check_closer(
            "트랜잭션이 커밋되기 전에 데이터를 읽습니다.",
            "transaction이 commit하기 전의 데이터를 읽는 것입니다.",
            "서버가 요청을 캐시에 저장합니다.",
        );
        check_closer("한 남자가 기타를 치고 있다.", "남자가 기타를 연주한다.", "여자가 양파를 썬다.");
        check_closer(
            "To simulate portions of the desired software product.",
            "It simulates parts of the final software.",
            "It is written after the release.",
        );
    }

    #[test]
    fn repeating_the_question_earns_little() {
        let question = "What is the role of a prototype program in problem solving?";
        let reference =
            "A prototype program simulates the behavior of portions of the desired software product.";
        let echo =
            similarity(reference, "the role of a prototype program in problem solving", Some(question));
        let answer = similarity(reference, "it simulates how portions of the product behave", Some(question));
        assert!(answer > echo + 0.2, "{answer} {echo}");
    }

    #[test]
    fn length_alone_earns_nothing() {
        let reference = "A lock prevents two threads from writing at once.";
        let short = "A lock stops two threads from writing at the same time.";
        let long = format!(
            "{short} {}",
            "Also I really enjoy long walks, music and cooking with friends. ".repeat(5)
        );
        assert!(similarity(reference, short, None) >= similarity(reference, &long, None));
    }
}
