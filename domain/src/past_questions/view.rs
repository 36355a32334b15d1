//! What comes in and goes out about past questions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ModelFailure;
use crate::interview::Availability;
use crate::notebook::{EarlierAnswer, Mark};
use crate::questions::{Depth, Field, Kind, Language, Level, SimilarQuestion, Topic};

/// Fewest characters of a past question.
pub const QUESTION_MIN: u32 = 10;
/// Most characters of a past question.
pub const QUESTION_MAX: u32 = 400;
/// Most characters of a company, a job or a source.
pub const NAME_MAX: u32 = 80;
/// Most characters of the address of a source.
pub const URL_MAX: u32 = 500;
/// Most characters of the reason why one was rejected.
pub const REJECTION_MAX: u32 = 300;
/// Most characters of an intent or a misconception, and of a key point.
pub const NOTE_MAX: u32 = 1_500;
/// Most characters of a model answer.
pub const MODEL_ANSWER_MAX: u32 = 4_000;
/// Fewest key points that answers are judged by.
pub const POINTS_MIN: u32 = 3;
/// Most key points.
pub const POINTS_MAX: u32 = 6;
/// Most that one person has waiting for a decision.
pub const WAITING_MAX: u32 = 10;
/// Most that one person hands in within a day.
pub const A_DAY_MAX: u32 = 20;
/// Past questions on a page.
pub const PAST_PAGE: u32 = 20;

crate::questions::words! {
    /// What became of a past question.
    PastStatus {
        /// Nobody has decided yet.
        Pending = "pending",
        Approved = "approved",
        Rejected = "rejected",
        /// Brought along from elsewhere: its person's alone, until they hand it in.
        Kept = "kept",
    }
}

impl PastStatus {
    /// Those that moderators look at.
    pub const MODERATED: [Self; 3] = [Self::Pending, Self::Approved, Self::Rejected];
}

/// Before the id of a past question, where one of the bank has its own.
pub const PAST: &str = "past:";

/// The key of a past question, as interviews and the notebook name it.
pub fn past_key(id: Uuid) -> String {
    format!("{PAST}{id}")
}

/// The past question that a key names, if it names one.
pub fn past_of(key: &str) -> Option<Uuid> {
    let id = key.strip_prefix(PAST)?.parse().ok()?;
    (past_key(id) == key).then_some(id)
}

/// The date of a past question, as it is written: its year and month.
pub fn month(date: NaiveDate) -> String {
    date.format("%Y-%m").to_string()
}

/// A past question as it was handed in. Parsed by the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPastQuestion {
    /// Made with the form: the same id adds the same question once, however often it is sent.
    pub request_id: Uuid,
    pub details: PastDetails,
}

/// What is told of a past question. Parsed by the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PastDetails {
    #[schema(min_length = 10, max_length = 400)]
    pub question: String,
    pub language: String,
    pub field: String,
    pub level: String,
    /// A topic of the field, or nothing.
    #[serde(default)]
    pub topic: String,
    #[schema(max_length = 80)]
    pub company: String,
    /// What the interview was for, such as "백엔드 개발자".
    #[schema(max_length = 80)]
    pub job: String,
    /// Year and month, such as `2026-03`.
    pub asked_on: String,
    /// Where it is known from.
    #[schema(max_length = 80)]
    pub source: String,
    /// Begins with `https://` or `http://`, or is empty.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub source_url: String,
}

/// A past question as everybody reads it: nothing says who handed it in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PastQuestion {
    pub id: Uuid,
    pub language: Language,
    pub field: Field,
    pub topic: Option<Topic>,
    pub level: Level,
    pub company: String,
    pub job: String,
    /// The first day of the month in which it was asked.
    pub asked_on: NaiveDate,
    pub source: String,
    pub source_url: Option<String>,
    /// What the interviewer says. Plain text.
    pub question: String,
    /// Whether it has key points that answers are judged by.
    pub judged: bool,
}

/// Which past questions are asked for. What says nothing known filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PastFilter {
    pub text: Option<String>,
    pub field: Option<String>,
    pub company: Option<String>,
    pub job: Option<String>,
}

/// A company whose approved past questions interviews of a field can ask first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompanyOption {
    pub company: String,
    pub field: Field,
    /// How many of its questions suit an interview, per level and language. What is left out has none.
    pub available: Vec<Availability>,
}

impl CompanyOption {
    /// How many of its questions suit an interview of that level and language.
    pub fn available(&self, level: Level, language: Language) -> u32 {
        self.available
            .iter()
            .filter(|available| available.level == level && available.language == language)
            .map(|available| available.questions)
            .sum()
    }
}

/// Approved past questions: of a search the best first, else the latest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PastPage {
    pub questions: Vec<PastQuestion>,
    /// How many there are on all pages.
    pub total: u32,
    /// Every company that approved ones name, in alphabetical order.
    pub companies: Vec<String>,
    /// Every job.
    pub jobs: Vec<String>,
}

/// A past question that the person handed in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnPastQuestion {
    pub past: PastQuestion,
    pub status: PastStatus,
    /// Why it was rejected.
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// An approved past question with everything that there is to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PastQuestionPage {
    pub past: PastQuestion,
    /// Markdown rendered to safe HTML, like the two below. Empty when nobody has written any.
    pub intent_html: String,
    pub model_answer_html: String,
    pub misconception_html: String,
    pub follow_ups: Vec<String>,
    /// Whether a model wrote what there is to say.
    pub by_model: bool,
    pub mark: Mark,
    /// What the person said to it before, newest first.
    pub answers: Vec<EarlierAnswer>,
}

/// What answers to a past question are judged by, as a moderator writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AnswerKey {
    pub kind: Option<Kind>,
    pub intent: String,
    pub model_answer: String,
    pub misconception: String,
    pub points: Vec<KeyPoint>,
    pub follow_ups: Vec<KeyFollowUp>,
}

/// A key point as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct KeyPoint {
    /// Empty for one that is new.
    pub id: String,
    pub say: String,
    pub weight: u32,
    pub must: bool,
    /// A group of terms on each line, its terms separated by commas, alternatives by `|`: the form of the bank in lines.
    pub accept: String,
}

/// A follow-up as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyFollowUp {
    pub depth: Depth,
    /// `always`, `covered:<point>` or `missing:<point>`.
    pub when: String,
    pub ask: String,
}

crate::questions::words! {
    /// What is wrong with an answer key.
    KeyFault {
        /// Fewer key points than three.
        FewPoints = "few-points",
        ManyPoints = "many-points",
        /// No point is one that a full answer makes.
        NoMust = "no-must",
        /// A point says nothing, or too much.
        Say = "say",
        /// A point has no terms that could be found, or too many.
        Accept = "accept",
        /// The weight is not 1 to 3.
        Weight = "weight",
        /// A follow-up asks nothing, or too much.
        Ask = "ask",
        /// The intent, the model answer or the misconception is too long.
        Passage = "passage",
    }
}

/// One thing that is wrong with an answer key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyFinding {
    pub fault: KeyFault,
    /// The point or follow-up, from 1; none when it is about the whole.
    pub number: Option<u32>,
}

/// What came of saving an answer key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyOutcome {
    Saved,
    /// Nothing was saved.
    Wrong(Vec<KeyFinding>),
}

/// Who handed a past question in, for moderators.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contributor {
    pub id: Uuid,
    pub username: String,
}

/// A past question as moderators see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ModeratedQuestion {
    pub past: PastQuestion,
    pub status: PastStatus,
    pub reason: Option<String>,
    pub created_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    /// None when the account is gone.
    pub contributor: Option<Contributor>,
    pub key: Option<AnswerKey>,
    pub by_model: bool,
    /// It tells a grader what to do, as questions do not.
    pub gives_orders: bool,
    /// The nearest ones of the bank and among approved ones.
    pub similar: Vec<SimilarQuestion>,
}

/// A page of what moderators look at, the oldest first of those that wait, the latest first of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ModerationPage {
    pub questions: Vec<ModeratedQuestion>,
    pub total: u32,
    /// Whether a model is there to write answer keys.
    pub has_model: bool,
}

/// What came of approving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Approval {
    /// Answers to it are judged.
    WithKey,
    /// It is asked, and answers are not judged.
    WithoutKey,
    /// The model was to write the key and could not.
    ModelFailed(ModelFailure),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_one_past_question_to_the_letter() {
        let id = Uuid::from_u128(7);
        assert_eq!(past_of(&past_key(id)), Some(id));
        for key in ["past:", "past:x", "database/mvcc", "past:00000000000000000000000000000007"] {
            assert_eq!(past_of(key), None, "{key}");
        }
    }
}
