//! From a topic as a person types it ("React", "백엔드", "spring jpa", "운영체제 면접") to what the bank calls it.

use unicode_normalization::UnicodeNormalization;

use super::names::{EMPTY_WORDS, FIELD_NAMES, LEVEL_NAMES};
use crate::interview::field_name;
use crate::questions::{Bank, Field, Language, Level, topic_of};

/// What was read out of a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What the interview may be on, the best first. Never empty.
    pub choices: Vec<Choice>,
    /// None when nothing was said about it.
    pub level: Option<Level>,
    pub language: Language,
}

/// A field, and topics of it; no topic means all.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub field: Field,
    pub topics: Vec<String>,
}

/// Reads a topic. It is in Korean when there is Hangul in it; else `language` decides. `interests` are the person's fields: the first
/// of them stands in when nothing is recognised, and computer science when there is none.
pub fn read(text: &str, bank: &Bank, interests: &[Field], language: Language) -> Reading {
    let text = Text::new(text);
    let language = if text.hangul.is_empty() { language } else { Language::Korean };
    let mut choices = Vec::new();
    let mut add = |choice: Choice| {
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    };
    named_topics(&text, bank).into_iter().for_each(&mut add);
    let tagged = |field: Option<Field>| best_topics(&text, bank, language, field, by_tags);
    for field in named_fields(&text) {
        tagged(Some(field)).into_iter().for_each(&mut add);
        add(Choice { field, topics: vec![] });
    }
    tagged(None).into_iter().for_each(&mut add);
    best_topics(&text, bank, language, None, by_question).into_iter().for_each(&mut add);
    add(Choice { field: interests.first().copied().unwrap_or(Field::Cs), topics: vec![] });
    add(Choice { field: Field::Cs, topics: vec![] });
    Reading { choices, level: level(&text), language }
}

/// A text, taken apart for comparing.
struct Text {
    /// Words of Latin letters and digits, in lower case and without the s of a plural.
    latin: Vec<String>,
    /// Words of Hangul. A particle may hang on each.
    hangul: Vec<String>,
    /// All Hangul in a row: compounds are written with blanks or without.
    hangul_joined: String,
}

impl Text {
    fn new(text: &str) -> Self {
        let mut words: Vec<(bool, String)> = Vec::new();
        let mut previous = None;
        for character in text.nfkc().flat_map(char::to_lowercase) {
            let kind = character.is_alphanumeric().then(|| is_hangul(character));
            if let Some(is_hangul) = kind {
                match words.last_mut().filter(|_| previous == kind) {
                    Some((_, word)) => word.push(character),
                    None => words.push((is_hangul, character.to_string())),
                }
            }
            previous = kind;
        }
        let of = |wanted: bool| words.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, word)| word);
        let hangul: Vec<String> = of(true).cloned().collect();
        Self { latin: of(false).map(|word| singular(word)).collect(), hangul_joined: hangul.concat(), hangul }
    }

    /// Whether a name stands in it: Latin as whole words, however they are joined, and Hangul anywhere.
    fn says(&self, name: &str) -> bool {
        let name = Self::new(name);
        let latin = name.latin.concat();
        let has_latin = latin.is_empty() || self.has_words(&latin);
        let has_hangul = name.hangul.iter().all(|word| self.has_hangul(word));
        has_latin && has_hangul && !(latin.is_empty() && name.hangul.is_empty())
    }

    fn has_hangul(&self, word: &str) -> bool {
        match word.chars().count() {
            // A single syllable is a part of too many words.
            1 => self.hangul.iter().any(|other| other == word),
            _ => self.hangul_joined.contains(word),
        }
    }

    /// Whether words that follow each other make up `joined`.
    fn has_words(&self, joined: &str) -> bool {
        (0..self.latin.len()).any(|first| {
            let mut rest = joined;
            for word in &self.latin[first..] {
                match rest.strip_prefix(word.as_str()) {
                    Some("") => return true,
                    Some(left) => rest = left,
                    None => return false,
                }
            }
            false
        })
    }

    /// The words that say something.
    fn telling(&self) -> impl Iterator<Item = &str> {
        let long_enough = |word: &&str| word.chars().count() >= if word.is_ascii() { 3 } else { 2 };
        self.latin.iter().chain(&self.hangul).map(String::as_str).filter(long_enough).filter(|word| {
            !EMPTY_WORDS.iter().any(|empty| word.starts_with(empty) && word.len() <= empty.len() + 3)
        })
    }
}

fn is_hangul(character: char) -> bool {
    matches!(character, '가'..='힣' | 'ㄱ'..='ㅣ')
}

fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if word.len() > 3 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The topics whose name is said, by field: the field with most of them first.
fn named_topics(text: &Text, bank: &Bank) -> Vec<Choice> {
    let named = |name: &str| text.says(name);
    let mut choices: Vec<Choice> = Vec::new();
    for topic in bank.topics() {
        // A name of two things, "경험과 협업", is said by either.
        let english = topic.en.split(" and ");
        let korean = topic.ko.split(['와', '과']).map(str::trim).filter(|part| part.chars().count() > 1);
        if !(named(&topic.id) || english.clone().any(named) || named(&topic.ko) || korean.clone().any(named))
        {
            continue;
        }
        match choices.iter_mut().find(|choice| choice.field == topic.field) {
            Some(choice) => choice.topics.push(topic.id.clone()),
            None => choices.push(Choice { field: topic.field, topics: vec![topic.id.clone()] }),
        }
    }
    // Stable: fields with equally many stay in the order of the bank.
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.topics.len()));
    choices
}

fn named_fields(text: &Text) -> Vec<Field> {
    let other =
        |field: Field| FIELD_NAMES.iter().filter(move |(of, _)| *of == field).flat_map(|(_, names)| *names);
    Field::ALL
        .iter()
        .copied()
        .filter(|field| {
            text.says(field.as_str())
                || Language::ALL.iter().any(|language| text.says(field_name(*language, *field)))
                || other(*field).any(|name| text.says(name))
        })
        .collect()
}

/// The topics with the best question for a text, all of one field, if any fits at all.
fn best_topics(
    text: &Text,
    bank: &Bank,
    language: Language,
    field: Option<Field>,
    fits: fn(&Text, &crate::questions::Question) -> usize,
) -> Option<Choice> {
    let mut best = 0;
    let mut found: Vec<&str> = Vec::new();
    for question in bank.questions(language, field, None, None) {
        let hits = fits(text, question);
        if hits > best {
            best = hits;
            found.clear();
        }
        let topic = topic_of(&question.id);
        if hits > 0 && hits == best && !found.contains(&topic) {
            found.push(topic);
        }
    }
    let field = bank.topic(found.first()?)?.field;
    let of_field = |topic: &&str| bank.topic(topic).is_some_and(|topic| topic.field == field);
    Some(Choice { field, topics: found.into_iter().filter(of_field).map(str::to_owned).collect() })
}

fn by_tags(text: &Text, question: &crate::questions::Question) -> usize {
    question.tags.iter().filter(|tag| text.says(tag)).count()
}

/// How many of the words stand in the name of the question or in the question itself.
fn by_question(text: &Text, question: &crate::questions::Question) -> usize {
    let asked = Text::new(&format!("{} {}", question.id, question.question));
    text.telling()
        .filter(|word| match word.is_ascii() {
            true => asked.latin.iter().any(|other| other == word),
            false => {
                asked.hangul_joined.contains(word) || asked.hangul_joined.contains(without_particle(word))
            }
        })
        .count()
}

/// The word without its last syllable, which may be a particle; as it is when nothing would be left.
fn without_particle(word: &str) -> &str {
    match word.char_indices().next_back() {
        Some((end, _)) if word.chars().count() > 2 => &word[..end],
        _ => word,
    }
}

fn level(text: &Text) -> Option<Level> {
    let named = LEVEL_NAMES.iter().find(|(_, names)| names.iter().any(|name| text.says(name)));
    named.map(|(level, _)| *level).or_else(|| years(text).map(by_years))
}

/// "3년차", "3 years".
fn years(text: &Text) -> Option<u32> {
    let says_years =
        text.hangul.iter().any(|word| word.starts_with("년")) || text.latin.iter().any(|word| word == "year");
    says_years.then(|| text.latin.iter().find_map(|word| word.parse().ok()))?
}

/// As the screens tell what a level means.
const fn by_years(years: u32) -> Level {
    match years {
        0 => Level::Entry,
        1..=3 => Level::Junior,
        4..=7 => Level::Mid,
        8.. => Level::Senior,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, interests: &[Field]) -> (Field, Vec<String>) {
        let bank = Bank::load(None).expect("the built-in bank");
        let reading = read(text, &bank, interests, Language::English);
        let Choice { field, topics } = reading.choices.into_iter().next().expect("a choice");
        (field, topics)
    }

    #[test]
    fn what_people_type_is_recognised() {
        let check = |text: &str, field: Field, topics: &[&str]| {
            assert_eq!(
                first(text, &[]),
                (field, topics.iter().map(|topic| (*topic).to_owned()).collect()),
                "{text}"
            );
        };
        check("React", Field::Frontend, &["react"]);
        check("react.js 면접", Field::Frontend, &["react"]);
        check("리액트로 면접 볼래요", Field::Frontend, &["react"]);
        check("자바스크립트", Field::Frontend, &["javascript"]);
        check("JavaScript and React", Field::Frontend, &["javascript", "react"]);
        check("백엔드", Field::Backend, &[]);
        check("Back-end developer", Field::Backend, &[]);
        check("spring jpa", Field::Backend, &["persistence"]);
        check("운영체제 면접", Field::Cs, &["os"]);
        check("운영 체제", Field::Cs, &["os"]);
        check("operating system", Field::Cs, &["os"]);
        check("OS", Field::Cs, &["os"]);
        check("데이터베이스", Field::Cs, &["database"]);
        check("네트워크랑 운영체제", Field::Cs, &["os", "network"]);
        check("CS", Field::Cs, &[]);
        check("kafka", Field::Backend, &["concurrency"]);
        check("JPA N+1", Field::Backend, &["persistence"]);
        check("인성 면접", Field::Person, &[]);
        check("쿠버네티스", Field::Devops, &["containers"]);
        check("machine learning", Field::Ml, &[]);
        check("시스템 설계", Field::SystemDesign, &[]);
    }

    #[test]
    fn words_of_a_question_lead_to_its_topic() {
        assert_eq!(first("three way handshake", &[]).1, ["network"]);
        assert!(["os", "concurrency"].contains(&first("deadlock", &[]).1[0].as_str()));
        assert_eq!(first("프로세스와 스레드의 차이", &[]).1, ["os"]);
    }

    #[test]
    fn what_says_nothing_is_about_the_persons_first_interest() {
        for text in ["", "!?", "면접 연습", "interview please", "ㅎㅎ"] {
            assert_eq!(first(text, &[]), (Field::Cs, vec![]), "{text}");
            assert_eq!(first(text, &[Field::Person, Field::Data]), (Field::Person, vec![]), "{text}");
        }
    }

    #[test]
    fn a_word_inside_another_is_not_meant() {
        assert_eq!(first("ghosts", &[Field::Person]), (Field::Person, vec![]));
        assert_ne!(first("JavaScript", &[]).0, Field::Backend);
    }

    #[test]
    fn level_and_language() {
        let bank = Bank::load(None).expect("the built-in bank");
        let check = |text: &str, level: Option<Level>, language: Language| {
            let reading = read(text, &bank, &[], Language::English);
            assert_eq!((reading.level, reading.language), (level, language), "{text}");
        };
        check("신입 백엔드", Some(Level::Entry), Language::Korean);
        check("Senior React", Some(Level::Senior), Language::English);
        check("백엔드 3년차", Some(Level::Junior), Language::Korean);
        check("5 years of React", Some(Level::Mid), Language::English);
        check("리액트 10년", Some(Level::Senior), Language::Korean);
        check("HTTP2", None, Language::English);
        let korean = read("React", &bank, &[], Language::Korean);
        assert_eq!(korean.language, Language::Korean, "the person's own");
    }

    #[test]
    fn there_is_always_something_to_ask_about() {
        let bank = Bank::load(None).expect("the built-in bank");
        let reading = read("쿠버네티스", &bank, &[Field::Frontend], Language::Korean);
        let last = reading.choices.last().expect("a choice");
        assert_eq!((last.field, last.topics.len()), (Field::Cs, 0));
        assert!(reading.choices.contains(&Choice { field: Field::Frontend, topics: vec![] }));
    }
}
