//! The bank to be looked through: what it has in which language, found by words, and by how alike questions are.

use std::collections::HashMap;
use std::sync::Arc;

use super::bank::{Bank, topic_of};
use super::search::{Passage, SearchIndex};
use super::{Field, Kind, Language, Level, Question};
use crate::scoring::{Rarity, Trigrams};

/// What a word is worth by where it stands.
pub(crate) const ASKED: f32 = 1.0;
pub(crate) const NAMED: f32 = 0.8;
pub(crate) const SAID: f32 = 0.4;

/// Questions that are nearest to a text, at most.
pub const NEAREST: usize = 5;

/// A question in every language that it has.
#[derive(Clone, Debug)]
pub struct Shelved {
    pub id: String,
    korean: Option<Arc<Question>>,
    english: Option<Arc<Question>>,
}

impl Shelved {
    /// The question in a language, or else in the other.
    pub fn text(&self, language: Language) -> Option<&Arc<Question>> {
        let (wanted, other) = match language {
            Language::Korean => (&self.korean, &self.english),
            Language::English => (&self.english, &self.korean),
        };
        wanted.as_ref().or(other.as_ref())
    }

    /// The languages that it has.
    pub fn languages(&self) -> Vec<Language> {
        let has = [(Language::Korean, &self.korean), (Language::English, &self.english)];
        has.into_iter().filter(|(_, text)| text.is_some()).map(|(language, _)| language).collect()
    }

    fn texts(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.korean.iter().chain(&self.english)
    }
}

/// The texts of one language, to be compared with others.
#[derive(Clone, Debug, Default)]
struct Compared {
    rarity: Rarity,
    /// With the place on the shelf.
    texts: Vec<(usize, Trigrams)>,
}

/// Everything of a bank, indexed once.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// In the order of the topics, and of the ids within one.
    shelf: Vec<Shelved>,
    index: SearchIndex,
    korean: Compared,
    english: Compared,
}

/// What a question has to be to be listed; none asks for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub field: Option<Field>,
    pub topic: Option<&'a str>,
    pub level: Option<Level>,
    pub kind: Option<Kind>,
}

impl Library {
    /// Reads a bank. It takes a while: a second for some thousand questions.
    pub fn of(bank: &Bank) -> Self {
        let shelf = shelve(bank);
        let index = SearchIndex::of(shelf.iter().map(|shelved| passages(bank, shelved)));
        let compared = |language: Language| {
            let texts: Vec<(usize, &str)> = shelf
                .iter()
                .enumerate()
                .flat_map(|(place, shelved)| shelved.texts().map(move |text| (place, text)))
                .filter(|(_, text)| text.language == language)
                .map(|(place, text)| (place, text.question.as_str()))
                .collect();
            let rarity = Rarity::of(texts.iter().map(|(_, text)| *text));
            let texts = texts.into_iter().map(|(place, text)| (place, rarity.weigh(text))).collect();
            Compared { rarity, texts }
        };
        let (korean, english) = (compared(Language::Korean), compared(Language::English));
        Self { shelf, index, korean, english }
    }

    /// The questions that have what is wanted: of a search the best first, else in their order.
    pub fn find(&self, bank: &Bank, text: Option<&str>, wanted: Wanted<'_>) -> Vec<&Shelved> {
        let fits = |shelved: &&Shelved| {
            let Some(question) = shelved.texts().next() else { return false };
            wanted.topic.is_none_or(|topic| topic == topic_of(&shelved.id))
                && wanted.field.is_none_or(|field| bank.field_of(question) == Some(field))
                && wanted.level.is_none_or(|level| level == question.level)
                && wanted.kind.is_none_or(|kind| kind == question.kind)
        };
        match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                let found = self.index.search(text);
                found.into_iter().filter_map(|place| self.shelf.get(place as usize)).filter(fits).collect()
            }
            None => self.shelf.iter().filter(fits).collect(),
        }
    }

    /// The questions most like a text, the nearest first, with how alike they are.
    pub fn nearest(&self, text: &str, language: Language, least: f32) -> Vec<(&Question, f32)> {
        let compared = self.compared(language);
        let text = compared.rarity.weigh(text);
        let alike = compared.texts.iter().map(|(place, other)| (*place, text.cosine(other)));
        let mut nearest: Vec<(usize, f32)> = alike.filter(|(_, alike)| *alike >= least).collect();
        nearest.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        nearest.truncate(NEAREST);
        let question = |(place, alike): (usize, f32)| {
            let shelved = self.shelf.get(place)?;
            let question = shelved.texts().find(|question| question.language == language)?;
            Some((question.as_ref(), alike))
        };
        nearest.into_iter().filter_map(question).collect()
    }

    /// A text that does not stand in the bank, to be compared with others of its language.
    pub fn weigh(&self, text: &str, language: Language) -> Trigrams {
        self.compared(language).rarity.weigh(text)
    }

    const fn compared(&self, language: Language) -> &Compared {
        match language {
            Language::Korean => &self.korean,
            Language::English => &self.english,
        }
    }
}

/// Both languages of each question side by side.
fn shelve(bank: &Bank) -> Vec<Shelved> {
    let order: HashMap<&str, usize> =
        bank.topics().iter().enumerate().map(|(place, topic)| (topic.id.as_str(), place)).collect();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut shelf: Vec<Shelved> = Vec::new();
    for question in bank.all() {
        let place = *places.entry(&question.id).or_insert_with(|| {
            shelf.push(Shelved { id: question.id.clone(), korean: None, english: None });
            shelf.len() - 1
        });
        match question.language {
            Language::Korean => shelf[place].korean = Some(question.clone()),
            Language::English => shelf[place].english = Some(question.clone()),
        }
    }
    shelf.sort_by(|a, b| {
        let place = |shelved: &Shelved| order.get(topic_of(&shelved.id)).copied().unwrap_or(usize::MAX);
        place(a).cmp(&place(b)).then_with(|| a.id.cmp(&b.id))
    });
    shelf
}

/// Where the words of a question stand, in both languages.
fn passages<'a>(bank: &'a Bank, shelved: &'a Shelved) -> Vec<Passage<'a>> {
    let mut passages: Vec<Passage<'a>> = vec![(shelved.id.as_str(), NAMED)];
    if let Some(topic) = bank.topic(topic_of(&shelved.id)) {
        passages.extend([(topic.ko.as_str(), NAMED), (topic.en.as_str(), NAMED)]);
    }
    for question in shelved.texts() {
        passages.push((&question.question, ASKED));
        passages.extend(question.tags.iter().map(|tag| (tag.as_str(), NAMED)));
        passages.extend(question.points.iter().map(|point| (point.say.as_str(), SAID)));
        passages.push((&question.model_answer, SAID));
    }
    passages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn library() -> (Bank, Library) {
        let bank = Bank::load(None).expect("valid");
        let library = Library::of(&bank);
        (bank, library)
    }

    #[test]
    fn the_bank_is_searched_in_both_languages_with_particles_and_mistakes() {
        let (bank, library) = library();
        let first = |text: &str| {
            library.find(&bank, Some(text), Wanted::default()).first().map(|shelved| shelved.id.clone())
        };
        for text in ["교착 상태를", "데드락이", "deadlocks", "교착상테"] {
            assert_eq!(first(text).as_deref(), Some("os/deadlock"), "{text}");
        }
        for text in ["SQL 인젝션", "sql injections", "SQL 삽입 공격을"] {
            assert_eq!(first(text).as_deref(), Some("web-security/sql-injection"), "{text}");
        }
        assert_eq!(first("코뿔소"), None);
    }

    #[test]
    fn every_question_stands_on_the_shelf_once_and_is_filtered() {
        let (bank, library) = library();
        let all = library.find(&bank, None, Wanted::default());
        let mut ids: Vec<&str> = bank.all().map(|question| question.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(all.len(), ids.len());
        let wanted = Wanted { field: Some(Field::Cs), level: Some(Level::Junior), ..Wanted::default() };
        let found = library.find(&bank, None, wanted);
        assert!(!found.is_empty() && found.len() < all.len());
        assert!(found.iter().all(|shelved| {
            let question = shelved.text(Language::English).expect("a text");
            bank.field_of(question) == Some(Field::Cs) && question.level == Level::Junior
        }));
        let os = Wanted { topic: Some("os"), ..Wanted::default() };
        assert!(library.find(&bank, None, os).iter().all(|shelved| shelved.id.starts_with("os/")));
    }

    #[test]
    fn a_question_in_other_words_is_near_the_one_of_the_bank() {
        let (_, library) = library();
        let near = library.nearest("프로세스와 스레드의 차이점은 무엇인가요?", Language::Korean, 0.3);
        assert_eq!(near.first().map(|(question, _)| question.id.as_str()), Some("os/process-vs-thread"));
        assert!(library.nearest("기린은 어디에 사나요?", Language::Korean, 0.5).is_empty());
    }
}
