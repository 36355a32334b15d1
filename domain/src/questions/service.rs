//! Looking through the bank, with what the viewer has noted and said.

use std::sync::Arc;

use sea_orm::ConnectionTrait;

use super::bank::topic_of;
use super::library::{Shelved, Wanted};
use super::{
    BankFilter, BankPage, BankQuestion, BankQuestionPage, Field, Language, QUESTIONS_PAGE, Question,
    SEARCH_MAX, SimilarPlace, SimilarQuestion,
};
use crate::app::App;
use crate::error::Error;
use crate::past_questions::past_of;
use crate::viewer::Viewer;
use crate::{Problem, markup, notebook, past_questions};

/// From this on a question may be the same in other words.
const MAY_BE_SAME: f32 = 0.28;

/// A page of the questions that are asked for, counted from 0, and how many there are. Each is shown in the given language, or, when it
/// has not got it, in the other. It takes the viewer because the bank is for members, and looks at nothing of theirs.
pub fn browse(app: &App, _viewer: &Viewer, filter: &BankFilter, language: Language, page: u32) -> BankPage {
    let start = (page as usize).saturating_mul(QUESTIONS_PAGE as usize);
    let (questions, total) = list(app, filter, language, start, QUESTIONS_PAGE as usize);
    let has_questions = |topic: &str| app.bank.all().any(|question| topic_of(&question.id) == topic);
    let topics = app.bank.topics().iter().filter(|topic| has_questions(&topic.id)).cloned().collect();
    BankPage { questions, total, topics }
}

/// So many of the questions that are asked for, from a place on, and how many there are in all.
pub fn list(
    app: &App,
    filter: &BankFilter,
    language: Language,
    start: usize,
    size: usize,
) -> (Vec<BankQuestion>, u32) {
    let wanted = Wanted {
        field: parsed(&filter.field),
        topic: filter.topic.as_deref().filter(|topic| app.bank.topic(topic).is_some()),
        level: parsed(&filter.level),
        kind: parsed(&filter.kind),
    };
    let text: Option<String> =
        filter.text.as_deref().map(|text| text.chars().take(SEARCH_MAX as usize).collect());
    let found = app.library().find(&app.bank, text.as_deref(), wanted);
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let page = found.into_iter().skip(start).take(size);
    (page.filter_map(|shelved| line(app, shelved, language)).collect(), total)
}

/// What says nothing known filters nothing.
fn parsed<T: std::str::FromStr>(word: &Option<String>) -> Option<T> {
    word.as_deref().and_then(|word| word.parse().ok())
}

fn line(app: &App, shelved: &Shelved, language: Language) -> Option<BankQuestion> {
    line_of(app, shelved.text(language)?)
}

fn line_of(app: &App, question: &Question) -> Option<BankQuestion> {
    Some(BankQuestion {
        id: question.id.clone(),
        topic: app.bank.topic(topic_of(&question.id))?.clone(),
        level: question.level,
        kind: question.kind,
        minutes: question.minutes,
        language: question.language,
        question: question.question.clone(),
    })
}

/// One question in the given language, or else in the other, with the viewer's star, memo and earlier answers.
///
/// # Errors
/// [`Problem::NotFound`].
pub async fn read(
    app: &App,
    viewer: &Viewer,
    id: &str,
    language: Language,
) -> Result<BankQuestionPage, Error> {
    let of = |language| app.bank.get(id, language);
    let other = Language::ALL.iter().copied().find_map(of);
    let question = of(language).or(other).ok_or(Problem::NotFound)?;
    let mark = notebook::service::mark_of(app, viewer, id, question.language).await?;
    let answers = notebook::service::answers_to(app, viewer, id, question.language).await?;
    Ok(BankQuestionPage {
        question: line_of(app, question).ok_or(Problem::NotFound)?,
        languages: Language::ALL.iter().copied().filter(|language| of(*language).is_some()).collect(),
        intent_html: markup::render(&question.intent),
        model_answer_html: markup::render(&question.model_answer),
        misconception_html: markup::render(&question.misconception),
        follow_ups: question.follow_ups.iter().map(|follow| follow.ask.clone()).collect(),
        sources: question.sources.clone(),
        mark,
        answers,
    })
}

/// A question that somebody can be asked, with what it is filed under.
pub(crate) struct Known {
    pub question: Arc<Question>,
    pub field: Field,
    /// None for a past question without one.
    pub topic: Option<String>,
}

/// The question of a key: one of the bank, or an approved past question.
///
/// # Errors
/// Internal ones only.
pub(crate) async fn known(
    app: &App,
    connection: &impl ConnectionTrait,
    key: &str,
    language: Language,
) -> Result<Option<Known>, Error> {
    if let Some(id) = past_of(key) {
        return past_questions::service::known(app, connection, id, language).await;
    }
    let Some(question) = app.bank.get(key, language) else { return Ok(None) };
    let Some(field) = app.bank.field_of(question) else { return Ok(None) };
    Ok(Some(Known { question: question.clone(), field, topic: Some(topic_of(key).to_owned()) }))
}

/// Questions of the bank that a text may repeat, the nearest first.
pub(crate) fn similar(app: &App, text: &str, language: Language) -> Vec<SimilarQuestion> {
    let nearest = app.library().nearest(text, language, MAY_BE_SAME);
    let similar = nearest.into_iter().map(|(question, alike)| SimilarQuestion {
        place: SimilarPlace::Bank(question.id.clone()),
        question: question.question.clone(),
        percent: percent(alike),
    });
    similar.collect()
}

/// Whether texts as alike as that may be one question.
pub(crate) fn may_be_same(alike: f32) -> bool {
    alike >= MAY_BE_SAME
}

/// A share as a whole number of hundredths.
pub(crate) fn percent(share: f32) -> u32 {
    (share * 100.0).round() as u32
}
