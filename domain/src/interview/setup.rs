//! From a setup as it was chosen to one that can be held.

use super::{
    Availability, FieldOption, Mode, NewInterview, QUESTIONS_MAX, QUESTIONS_MIN, SetupOptions, TopicOption,
    select,
};
use crate::app::App;
use crate::questions::{Bank, Field, Language, Level};
use crate::{InputField, Problem, Reason};

/// A setup that the bank or the model can serve.
#[derive(Clone, Debug, PartialEq)]
pub struct Setup {
    pub field: Field,
    /// Topic ids; none means all of the field.
    pub topics: Vec<String>,
    pub level: Level,
    pub language: Language,
    pub question_count: u32,
    pub mode: Mode,
}

/// Everything that can be set up here and now.
pub fn options(app: &App) -> SetupOptions {
    let interviewer = app.interviewer();
    SetupOptions {
        interviewer: interviewer.label(),
        fields: Field::ALL
            .iter()
            .map(|field| field_option(&app.bank, *field, interviewer.makes_questions()))
            .filter(|option| option.unlimited || serves_an_interview(option))
            .collect(),
    }
}

fn field_option(bank: &Bank, field: Field, unlimited: bool) -> FieldOption {
    let topics = bank
        .topics()
        .iter()
        .filter(|topic| topic.field == field)
        .map(|topic| TopicOption {
            id: topic.id.clone(),
            ko: topic.ko.clone(),
            en: topic.en.clone(),
            available: availability(bank, &topic.id),
        })
        .filter(|topic| unlimited || topic.available.iter().any(|available| available.questions > 0))
        .collect();
    FieldOption { field, topics, unlimited }
}

fn availability(bank: &Bank, topic: &str) -> Vec<Availability> {
    let mut found = Vec::new();
    for &language in Language::ALL {
        for &level in Level::ALL {
            let fitting = bank
                .questions(language, None, Some(topic), None)
                .filter(|question| select::suits(question, level))
                .count();
            found.push(Availability {
                level,
                language,
                questions: u32::try_from(fitting).unwrap_or(u32::MAX),
            });
        }
    }
    found
}

fn serves_an_interview(option: &FieldOption) -> bool {
    Language::ALL.iter().any(|&language| {
        Level::ALL.iter().any(|&level| option.available(level, language, &[]) >= QUESTIONS_MIN)
    })
}

/// Checks a setup against what is offered.
///
/// # Errors
/// [`Problem::Invalid`] on the first field that does not fit.
pub fn parse(options: &SetupOptions, new: &NewInterview) -> Result<Setup, Problem> {
    let not_offered = |field| Problem::Invalid { field, reason: Reason::NotOffered };
    let field: Field = new.field.parse().map_err(|_| not_offered(InputField::Field))?;
    let option =
        options.fields.iter().find(|option| option.field == field).ok_or(not_offered(InputField::Field))?;
    if !new.topics.iter().all(|topic| option.topics.iter().any(|offered| offered.id == *topic)) {
        return Err(not_offered(InputField::Topics));
    }
    let level: Level = new.level.parse().map_err(|_| not_offered(InputField::Level))?;
    let language: Language = new.language.parse().map_err(|_| not_offered(InputField::Language))?;
    let mode: Mode = new.mode.parse().map_err(|_| not_offered(InputField::Mode))?;
    let most = option.available(level, language, &new.topics).min(QUESTIONS_MAX);
    if !(QUESTIONS_MIN..=most).contains(&new.question_count) {
        return Err(not_offered(InputField::QuestionCount));
    }
    Ok(Setup { field, topics: new.topics.clone(), level, language, question_count: new.question_count, mode })
}
