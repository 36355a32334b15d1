//! What comes in and goes out when the bank is looked through.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Kind, Language, Level, Topic};
use crate::notebook::{EarlierAnswer, Mark};

/// Questions on a page.
pub const QUESTIONS_PAGE: u32 = 20;
/// Most characters of what is searched for.
pub const SEARCH_MAX: u32 = 200;

/// Which questions of the bank are asked for. What says nothing known filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BankFilter {
    /// Korean or English, whatever the language of the list.
    pub text: Option<String>,
    pub field: Option<String>,
    pub topic: Option<String>,
    pub level: Option<String>,
    pub kind: Option<String>,
}

/// A question in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BankQuestion {
    /// `<topic>/<slug>`, which is also its address below `/questions/`.
    pub id: String,
    pub topic: Topic,
    pub level: Level,
    pub kind: Kind,
    /// Minutes that a good answer takes.
    pub minutes: u32,
    /// The language of the text: the one that was asked for, unless the question has only the other.
    pub language: Language,
    pub question: String,
}

/// Questions of the bank: of a search the best first, else in the order of the topics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BankPage {
    pub questions: Vec<BankQuestion>,
    /// How many there are on all pages.
    pub total: u32,
    /// Every topic that has questions.
    pub topics: Vec<Topic>,
}

/// One question of the bank with everything that there is to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BankQuestionPage {
    pub question: BankQuestion,
    /// The languages that it has.
    pub languages: Vec<Language>,
    /// Markdown rendered to safe HTML, like the two below.
    pub intent_html: String,
    pub model_answer_html: String,
    pub misconception_html: String,
    pub follow_ups: Vec<String>,
    /// Addresses of what the model answer was checked against.
    pub sources: Vec<String>,
    pub mark: Mark,
    /// What the person said to it before in this language, newest first.
    pub answers: Vec<EarlierAnswer>,
}

/// A question that is nearly the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SimilarQuestion {
    pub place: SimilarPlace,
    pub question: String,
    /// How alike they are, from 0 to 100: the cosine of their letter trigrams.
    pub percent: u32,
}

/// Where a similar question stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SimilarPlace {
    /// In the bank, under that id.
    Bank(String),
    /// Among the past questions.
    Past(Uuid),
}
