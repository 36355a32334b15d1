//! The choices of a setup, and which of them can be served.

use domain::interview::{FieldOption, Mode, NewInterview, QUESTIONS_MAX, QUESTIONS_MIN, SetupOptions};
use domain::material::NewMaterials;
use domain::questions::{Field, Language, Level};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is chosen now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub field: Field,
    /// Ids; none means all of the field.
    pub topics: Vec<String>,
    pub level: Level,
    pub language: Language,
    /// As many as were asked for. Another topic may leave fewer: see [`Choice::count`].
    pub questions: u32,
    pub mode: Mode,
}

/// How many questions are asked unless another number is chosen.
const USUAL_QUESTIONS: u32 = 5;

impl Choice {
    /// A first proposal: a field of interest if it is offered, and the language of the page.
    pub fn first(options: &SetupOptions, interests: &[Field], language: Language) -> Self {
        let offered = |field: &&Field| option(options, **field).is_some();
        let field = interests
            .iter()
            .find(offered)
            .copied()
            .or_else(|| options.fields.first().map(|option| option.field))
            .unwrap_or(Field::Cs);
        let mut choice = Self {
            field,
            topics: Vec::new(),
            level: Level::Entry,
            language,
            questions: USUAL_QUESTIONS,
            mode: Mode::Coaching,
        };
        choice.fit(options);
        choice
    }

    /// Takes what an address of [`setup_address`] names, and a level and a language with it, where they are offered, and a level at which there is enough of it.
    pub fn preselect(&mut self, options: &SetupOptions, query: &ParamsMap) {
        let field: Option<Field> = query.get_str("field").and_then(|word| word.parse().ok());
        let Some(offered) = field.and_then(|field| option(options, field)) else { return };
        self.field = offered.field;
        let named = |id: &&str| offered.topics.iter().any(|topic| topic.id == *id);
        self.topics = query.get_str("topic").filter(named).map(str::to_owned).into_iter().collect();
        if let Some(level) = query.get_str("level").and_then(|word| word.parse().ok()) {
            self.level = level;
        }
        if let Some(language) = query.get_str("language").and_then(|word| word.parse().ok()) {
            self.language = language;
        }
        self.fit(options);
        if !self.can_start(options)
            && let Some(level) = Level::ALL.iter().find(|level| self.level_is_served(options, **level))
        {
            self.level = *level;
        }
    }

    /// The most questions that the choice leaves.
    pub fn most(&self, options: &SetupOptions) -> u32 {
        option(options, self.field)
            .map_or(0, |option| option.available(self.level, self.language, &self.topics))
            .min(QUESTIONS_MAX)
    }

    /// How many questions there will be: as many as were asked for, if there are so many.
    pub fn count(&self, options: &SetupOptions) -> u32 {
        self.questions.min(self.most(options))
    }

    /// Whether an interview can be held as chosen.
    pub fn can_start(&self, options: &SetupOptions) -> bool {
        self.count(options) >= QUESTIONS_MIN
    }

    /// Whether an interview could be held if this level were chosen.
    pub fn level_is_served(&self, options: &SetupOptions, level: Level) -> bool {
        Self { level, ..self.clone() }.most(options) >= QUESTIONS_MIN
    }

    /// Whether an interview could be held in this language, at some level.
    pub fn language_is_served(&self, options: &SetupOptions, language: Language) -> bool {
        option(options, self.field).is_some_and(|option| {
            Level::ALL.iter().any(|level| option.available(*level, language, &[]) >= QUESTIONS_MIN)
        })
    }

    /// Moves what does not fit the rest to the nearest that does: topics of another field, a level.
    pub fn fit(&mut self, options: &SetupOptions) {
        let Some(option) = option(options, self.field) else {
            if let Some(first) = options.fields.first() {
                self.field = first.field;
                self.fit(options);
            }
            return;
        };
        // It may have been remembered by another version.
        self.questions = self.questions.clamp(QUESTIONS_MIN, QUESTIONS_MAX);
        self.topics.retain(|id| option.topics.iter().any(|topic| topic.id == *id));
        if !self.language_is_served(options, self.language)
            && let Some(language) =
                Language::ALL.iter().find(|language| self.language_is_served(options, **language))
        {
            self.language = *language;
        }
        if self.topics.is_empty()
            && self.most(options) < QUESTIONS_MIN
            && let Some(level) = Level::ALL.iter().find(|level| self.level_is_served(options, **level))
        {
            self.level = *level;
        }
    }

    /// As the server takes it.
    pub fn interview(&self, options: &SetupOptions, request_id: Uuid) -> NewInterview {
        NewInterview {
            request_id,
            field: self.field.to_string(),
            topics: self.topics.clone(),
            level: self.level.to_string(),
            language: self.language.to_string(),
            question_count: self.count(options),
            mode: self.mode.to_string(),
            materials: NewMaterials::default(),
            company: None,
        }
    }
}

/// What a field offers.
pub fn option(options: &SetupOptions, field: Field) -> Option<&FieldOption> {
    options.fields.iter().find(|option| option.field == field)
}

/// The fields with those of interest first.
pub fn ordered(options: &SetupOptions, interests: &[Field]) -> Vec<Field> {
    let mut fields: Vec<Field> = options.fields.iter().map(|option| option.field).collect();
    fields.sort_by_key(|field| !interests.contains(field));
    fields
}

#[cfg(test)]
mod tests {
    use domain::interview::{Availability, InterviewerKind, InterviewerLabel, TopicOption};

    use super::*;

    fn options() -> SetupOptions {
        let topic = |id: &str, level, questions| TopicOption {
            id: id.to_owned(),
            ko: id.to_owned(),
            en: id.to_owned(),
            available: vec![Availability { level, language: Language::Korean, questions }],
        };
        let field = |field, topics| FieldOption { field, topics, unlimited: false };
        SetupOptions {
            interviewer: InterviewerLabel {
                kind: InterviewerKind::Builtin,
                model: None,
                version: "1".to_owned(),
            },
            fields: vec![
                field(Field::Cs, vec![topic("os", Level::Entry, 4), topic("network", Level::Entry, 2)]),
                field(Field::Backend, vec![topic("http-api", Level::Mid, 9)]),
            ],
        }
    }

    #[test]
    fn the_first_proposal_can_start() {
        let options = options();
        let choice = Choice::first(&options, &[Field::Ml, Field::Backend], Language::English);
        assert_eq!(
            (choice.field, choice.level, choice.language),
            (Field::Backend, Level::Mid, Language::Korean)
        );
        assert!(choice.can_start(&options));
        assert_eq!(Choice::first(&options, &[], Language::Korean).field, Field::Cs);
    }

    #[test]
    fn choices_limit_each_other() {
        let options = options();
        let mut choice = Choice::first(&options, &[], Language::Korean);
        choice.questions = 6;
        assert_eq!(choice.most(&options), 6);
        choice.topics = vec!["os".to_owned()];
        choice.fit(&options);
        assert_eq!(choice.count(&options), 4);
        choice.topics = vec!["network".to_owned()];
        choice.fit(&options);
        assert!(!choice.can_start(&options));
        choice.topics.clear();
        choice.fit(&options);
        assert_eq!(choice.count(&options), 6, "a small topic changes the number only while it is chosen");
        assert!(!choice.level_is_served(&options, Level::Senior));
        choice.field = Field::Backend;
        choice.fit(&options);
        assert!(choice.topics.is_empty() && choice.can_start(&options));
    }

    #[test]
    fn an_address_chooses_what_it_names() {
        let options = options();
        let preselected = |field: &str, topic: &str| {
            let mut query = ParamsMap::new();
            query.insert("field", field.to_owned());
            query.insert("topic", topic.to_owned());
            let mut choice = Choice::first(&options, &[], Language::Korean);
            choice.preselect(&options, &query);
            choice
        };
        let http = preselected("backend", "http-api");
        assert_eq!(
            (http.field, http.topics.as_slice()),
            (Field::Backend, ["http-api".to_owned()].as_slice())
        );
        assert_eq!(http.level, Level::Mid, "a level at which there are questions");
        assert!(http.can_start(&options));
        assert_eq!(preselected("backend", "os").topics, [""; 0], "a topic of another field");
        let unchanged = Choice::first(&options, &[], Language::Korean);
        for field in ["ml", "cooking", ""] {
            assert_eq!(preselected(field, "os"), unchanged, "{field} is not offered");
        }
    }

    #[test]
    fn an_address_may_choose_level_and_language_with_the_field() {
        let options = options();
        let mut query = ParamsMap::new();
        for (key, word) in [("field", "backend"), ("level", "mid"), ("language", "ko")] {
            query.insert(key, word.to_owned());
        }
        let mut choice = Choice::first(&options, &[], Language::English);
        choice.preselect(&options, &query);
        assert_eq!(
            (choice.field, choice.level, choice.language),
            (Field::Backend, Level::Mid, Language::Korean)
        );
        // What cannot be served gives way.
        query.replace("level", "senior".to_owned());
        query.replace("language", "en".to_owned());
        choice.preselect(&options, &query);
        assert_eq!((choice.level, choice.language), (Level::Mid, Language::Korean));
    }

    #[test]
    fn fields_of_interest_come_first() {
        assert_eq!(ordered(&options(), &[Field::Backend]), [Field::Backend, Field::Cs]);
    }
}
