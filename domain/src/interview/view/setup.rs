//! What comes in and goes out when an interview is set up.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::InterviewerLabel;
use crate::material::NewMaterials;
use crate::questions::{Field, Language, Level};

/// The setup of a new interview as it was chosen. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct NewInterview {
    /// Made with the form: the same id starts the same interview once, however often it is sent.
    pub request_id: Uuid,
    pub field: String,
    /// Topic ids; none means all topics of the field.
    #[serde(default)]
    pub topics: Vec<String>,
    pub level: String,
    pub language: String,
    pub question_count: u32,
    pub mode: String,
    /// What it is about besides: questions about it are mixed with those of the bank.
    #[serde(default)]
    pub materials: NewMaterials,
    /// A company whose past questions come first, of those that have any for such an interview; none or blank for no one's.
    #[serde(default)]
    pub company: Option<String>,
}

/// Fewest main questions of an interview.
pub const QUESTIONS_MIN: u32 = 3;
/// Most main questions of an interview.
pub const QUESTIONS_MAX: u32 = 10;
/// Most follow-ups to one main question.
pub const PROBES_MAX: u32 = 3;
/// Most characters of one answer.
pub const ANSWER_MAX: u32 = 20_000;

/// What can be set up here and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SetupOptions {
    pub interviewer: InterviewerLabel,
    pub fields: Vec<FieldOption>,
}

/// A field that can be interviewed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldOption {
    pub field: Field,
    pub topics: Vec<TopicOption>,
    /// Whether a model makes up questions where the bank has too few, so that counts do not limit.
    pub unlimited: bool,
}

/// A topic that can be interviewed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopicOption {
    pub id: String,
    pub ko: String,
    pub en: String,
    /// Questions that fit, per level and language.
    pub available: Vec<Availability>,
}

/// How many questions of a topic fit a level, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Availability {
    pub level: Level,
    pub language: Language,
    pub questions: u32,
}

impl FieldOption {
    /// Questions that fit the level, the language and the chosen topics; no topic means all.
    pub fn available(&self, level: Level, language: Language, topics: &[String]) -> u32 {
        if self.unlimited {
            return QUESTIONS_MAX;
        }
        self.topics
            .iter()
            .filter(|topic| topics.is_empty() || topics.contains(&topic.id))
            .flat_map(|topic| &topic.available)
            .filter(|available| available.level == level && available.language == language)
            .map(|available| available.questions)
            .sum()
    }
}
