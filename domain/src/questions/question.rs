//! A question as an interviewer uses it: text, key points and follow-ups in one language.

use serde::{Deserialize, Serialize};

use super::field::{Depth, Kind, Language, Level};

/// One bank question in one language.
///
/// It is stored whole with the interview that asked it, so that a report stays true when the bank changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// `<topic>/<slug>`, equal to the path of its file and shared by its languages.
    pub id: String,
    /// Raised by one whenever the meaning of the question or of a point changes.
    pub rev: u32,
    pub language: Language,
    pub level: Level,
    pub kind: Kind,
    /// Minutes that a good answer takes, probes included.
    pub minutes: u32,
    pub tags: Vec<String>,
    /// Links to the specifications and manuals that the model answer was checked against.
    pub sources: Vec<String>,
    pub points: Vec<Point>,
    pub follow_ups: Vec<FollowUp>,
    pub samples: Vec<Sample>,
    /// What the interviewer says. Plain text.
    pub question: String,
    /// Why an interviewer asks this. Markdown.
    pub intent: String,
    /// Markdown.
    pub model_answer: String,
    /// Markdown.
    pub misconception: String,
}

/// A key point that a good answer makes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Unique within its question.
    pub id: String,
    /// Share of the question that it carries, relative to the other points. 1 to 3.
    pub weight: u32,
    /// An answer without it is not a full answer.
    pub must: bool,
    /// The point in one sentence, as shown to the person afterwards.
    pub say: String,
    /// Any of these groups shows that the point was made.
    pub accept: Vec<TermGroup>,
    /// Any of these groups shows the common misconception about the point instead.
    #[serde(default)]
    pub trap: Vec<TermGroup>,
}

/// Terms that must all stand within two sentences of each other. Each is a list of alternatives separated by `|`.
pub type TermGroup = Vec<String>;

/// A question that goes on from an answer (꼬리질문).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    pub depth: Depth,
    pub when: When,
    /// What the interviewer says. Plain text.
    pub ask: String,
}

/// What must be true of the answers so far for a follow-up to fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum When {
    Always,
    /// The point was made.
    Covered(String),
    /// The point was not made, or only partly.
    Missing(String),
}

impl From<When> for String {
    fn from(when: When) -> Self {
        match when {
            When::Always => "always".to_owned(),
            When::Covered(point) => format!("covered:{point}"),
            When::Missing(point) => format!("missing:{point}"),
        }
    }
}

impl TryFrom<String> for When {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.split_once(':') {
            None if text == "always" => Ok(Self::Always),
            Some(("covered", point)) => Ok(Self::Covered(point.to_owned())),
            Some(("missing", point)) => Ok(Self::Missing(point.to_owned())),
            _ => Err(format!("`{text}` is none of `always`, `covered:<point>`, `missing:<point>`")),
        }
    }
}

/// An answer that pins the engine: exactly the expected points are covered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub text: String,
    /// Identifiers of the points that the text covers.
    pub expect: Vec<String>,
}
