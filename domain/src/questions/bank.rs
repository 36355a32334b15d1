//! The bank in memory: every topic and question, built once and shared.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::field::{Field, Language, Level};
use super::parse::{ParseError, parse_question};
use super::question::Question;
use super::source::{Source, embedded, read_directory};
use super::topic::Topic;
use super::topics::parse_topics;

/// Why a bank cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BankError {
    #[error("cannot read the questions: {0}")]
    Read(#[from] io::Error),
    #[error(transparent)]
    Question(#[from] ParseError),
    #[error("topics.toml: {0}")]
    Topics(String),
    #[error("`{0}` lies in no known topic")]
    UnknownTopic(String),
}

/// Every topic and question of both languages.
#[derive(Clone, Debug, Default)]
pub struct Bank {
    topics: Vec<Topic>,
    questions: Vec<Arc<Question>>,
    index: HashMap<(String, Language), usize>,
}

impl Bank {
    /// The bank that was compiled in, with the questions and topics of `extra` added when it is given.
    ///
    /// A question or topic of `extra` replaces the one of the same identifier.
    pub fn load(extra: Option<&Path>) -> Result<Self, BankError> {
        let mut bank = Self::from_sources(&embedded())?;
        if let Some(folder) = extra {
            bank.add(&read_directory(folder)?)?;
        }
        Ok(bank)
    }

    /// A bank of exactly these files.
    pub fn from_sources(sources: &[Source]) -> Result<Self, BankError> {
        let mut bank = Self::default();
        bank.add(sources)?;
        Ok(bank)
    }

    fn add(&mut self, sources: &[Source]) -> Result<(), BankError> {
        for source in sources.iter().filter(|source| source.is_topics()) {
            for topic in parse_topics(&source.text).map_err(BankError::Topics)? {
                match self.topics.iter_mut().find(|known| known.id == topic.id) {
                    Some(known) => *known = topic,
                    None => self.topics.push(topic),
                }
            }
        }
        for source in sources.iter().filter(|source| !source.is_topics() && !source.is_note()) {
            let question = Arc::new(parse_question(&source.path, &source.text)?);
            if self.topic(topic_of(&question.id)).is_none() {
                return Err(BankError::UnknownTopic(source.path.clone()));
            }
            match self.index.get(&(question.id.clone(), question.language)) {
                Some(&place) => self.questions[place] = question,
                None => {
                    self.index.insert((question.id.clone(), question.language), self.questions.len());
                    self.questions.push(question);
                }
            }
        }
        Ok(())
    }

    /// The topics in the order of the screen.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// The topic of that identifier.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The question of that identifier in one language. Clone the `Arc` to keep it.
    pub fn get(&self, id: &str, language: Language) -> Option<&Arc<Question>> {
        self.index.get(&(id.to_owned(), language)).map(|&place| &self.questions[place])
    }

    /// Every question of both languages.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.questions.iter()
    }

    /// The questions of one language that match every filter given, in a stable order.
    pub fn questions<'a>(
        &'a self,
        language: Language,
        field: Option<Field>,
        topic: Option<&'a str>,
        level: Option<Level>,
    ) -> impl Iterator<Item = &'a Arc<Question>> {
        self.questions.iter().filter(move |question| {
            question.language == language
                && topic.is_none_or(|wanted| topic_of(&question.id) == wanted)
                && level.is_none_or(|wanted| question.level == wanted)
                && field.is_none_or(|wanted| self.field_of(question) == Some(wanted))
        })
    }

    /// The field of a question, by its topic.
    pub fn field_of(&self, question: &Question) -> Option<Field> {
        self.topic(topic_of(&question.id)).map(|topic| topic.field)
    }
}

/// The topic part of a question's identifier.
pub fn topic_of(id: &str) -> &str {
    id.split_once('/').map_or("", |(topic, _)| topic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::parse::tests::DIRTY_READ_EN;

    fn topics() -> Source {
        Source::new(
            "topics.toml",
            "[[topic]]\nid = \"database\"\nfield = \"cs\"\nko = \"데이터베이스\"\nen = \"Databases\"\n",
        )
    }

    #[test]
    fn finds_by_identifier_and_by_filter() {
        let file = Source::new("database/dirty-read.en.md", DIRTY_READ_EN);
        let bank = Bank::from_sources(&[file, topics(), Source::new("README.md", "notes")]).expect("valid");
        assert!(bank.get("database/dirty-read", Language::English).is_some());
        assert!(bank.get("database/dirty-read", Language::Korean).is_none());
        let count = |field, topic, level| bank.questions(Language::English, field, topic, level).count();
        assert_eq!(count(None, None, None), 1);
        assert_eq!(count(Some(Field::Cs), Some("database"), Some(Level::Junior)), 1);
        assert_eq!(count(Some(Field::Backend), None, None), 0);
        assert_eq!(count(None, Some("os"), None), 0);
        assert_eq!(count(None, None, Some(Level::Senior)), 0);
        assert_eq!(bank.all().count(), 1);
    }

    #[test]
    fn a_question_needs_a_topic() {
        let file = Source::new("database/dirty-read.en.md", DIRTY_READ_EN);
        assert!(matches!(Bank::from_sources(&[file]), Err(BankError::UnknownTopic(_))));
    }

    #[test]
    fn the_embedded_bank_loads() {
        assert!(!Bank::load(None).expect("valid").topics().is_empty());
    }

    #[test]
    fn a_thousand_questions_load_quickly() {
        let mut sources = vec![topics()];
        for number in 0..1000 {
            let text = DIRTY_READ_EN.replace("database/dirty-read", &format!("database/q-{number}"));
            sources.push(Source::new(format!("database/q-{number}.en.md"), text));
        }
        let started = std::time::Instant::now();
        assert_eq!(Bank::from_sources(&sources).expect("valid").all().count(), 1000);
        assert!(started.elapsed().as_secs() < 5);
    }
}
