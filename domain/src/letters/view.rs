//! What comes in and goes out about cover letters.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::count::{self, Counting};
use crate::questions::Language;
use crate::quotas::AllowanceView;

/// Most letters of a person.
pub const LETTERS_MAX: u32 = 200;
/// Most items of a letter.
pub const ITEMS_MAX: u32 = 20;
/// Most characters of a title, a company and a role.
pub const NAME_MAX: u32 = 100;
/// Most characters of a job posting.
pub const POSTING_MAX: u32 = 20_000;
/// Most characters of a question and of a tip.
pub const QUESTION_MAX: u32 = 1_000;
/// Most characters of an answer.
pub const ANSWER_MAX: u32 = 10_000;
/// Most characters of what a person tells about their experiences, and about their strengths.
pub const FACTS_MAX: u32 = 10_000;
/// Most characters of a letter, everything together.
pub const LETTER_MAX: u32 = 60_000;
/// The highest limit that an item may have.
pub const LIMIT_MAX: u32 = 100_000;
/// Characters of an answer that a draft aims at, from and to.
pub const LENGTH_MIN: u32 = 100;
pub const LENGTH_MAX: u32 = 3_000;
/// The length of drafts to items without a limit, unless another one is chosen.
pub const LENGTH_USUAL: u32 = 700;

/// A cover letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Letter {
    pub id: Uuid,
    /// Raised by every save. Whoever saves says which one they have read.
    pub revision: u32,
    pub content: LetterContent,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Everything of a letter that a person writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterContent {
    pub title: String,
    /// The language that it is written in.
    pub language: Language,
    pub company: String,
    pub role: String,
    /// The text of the job posting.
    pub posting: String,
    pub facts: Facts,
    pub items: Vec<LetterItem>,
}

impl LetterContent {
    /// One without a word.
    pub fn empty(language: Language) -> Self {
        Self {
            title: String::new(),
            language,
            company: String::new(),
            role: String::new(),
            posting: String::new(),
            facts: Facts::default(),
            items: Vec::new(),
        }
    }

    /// The item of that id.
    pub fn item(&self, id: Uuid) -> Option<&LetterItem> {
        self.items.iter().find(|item| item.id == id)
    }
}

/// What drafts may be made of, and how they are to sound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Facts {
    /// What the person has done, in their own words, a line each or in sentences.
    pub experiences: String,
    pub strengths: String,
    pub tone: Tone,
    /// Characters that a draft to an item without a limit aims at.
    pub length: u32,
}

impl Default for Facts {
    fn default() -> Self {
        Self { experiences: String::new(), strengths: String::new(), tone: Tone::Plain, length: LENGTH_USUAL }
    }
}

crate::questions::words! {
    /// How a draft is to sound.
    Tone {
        /// 담백하게: facts first, no ornament.
        Plain = "plain",
        /// 자신 있게.
        Confident = "confident",
        /// 따뜻하게: people and reasons first.
        Warm = "warm",
    }
}

/// An item (문항) of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterItem {
    /// Made by whoever adds the item; it stays through edits, moves and versions.
    pub id: Uuid,
    pub question: String,
    pub answer: String,
    pub limit: Option<Limit>,
    /// What is good to remember while answering it.
    pub tip: String,
}

impl LetterItem {
    /// How much of the limit the answer takes, and the limit; none without one.
    pub fn measured(&self) -> Option<(u32, Limit)> {
        self.limit.map(|limit| (count::count(&self.answer, limit.counting), limit))
    }
}

/// How long an answer may be, and how that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Limit {
    pub max: u32,
    pub counting: Counting,
}

/// A letter as the editor shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LetterView {
    pub letter: Letter,
    /// Name of the model that drafts and reads; none when there is none and outlines are made of the facts instead.
    pub model: Option<String>,
    /// What is left of today's proposals by the model.
    pub allowance: AllowanceView,
    /// Proposals that nobody has decided on yet, the oldest first.
    pub proposals: Vec<super::proposals::ProposalView>,
}

/// What a new letter begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewLetter {
    /// Made by the caller. Asking twice under one id makes one letter.
    pub request_id: Uuid,
    pub content: LetterContent,
}

/// A letter that is to be saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangedLetter {
    /// The revision that was read.
    pub revision: u32,
    pub content: LetterContent,
    /// A draft was taken over: what was there before stays a version of its own.
    #[serde(default)]
    pub drafted: bool,
    /// What was written elsewhere was seen and is to give way: it stays a version of its own.
    #[serde(default)]
    pub overwrites: bool,
}

/// What came of saving a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SaveOutcome {
    Saved {
        revision: u32,
        saved_at: DateTime<Utc>,
    },
    /// It was changed elsewhere since it was read, to this. Nothing was saved.
    ChangedElsewhere(Box<Letter>),
}

/// A letter in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterSummary {
    pub id: Uuid,
    pub title: String,
    pub company: String,
    pub role: String,
    pub items: u32,
    /// Items with an answer.
    pub answered: u32,
    /// Items whose answer is longer than its limit.
    pub over: u32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

crate::questions::words! {
    /// In which order letters are listed.
    LetterSort {
        /// What was changed last comes first.
        Updated = "updated",
        /// What was made last comes first.
        Created = "created",
        /// By title.
        Title = "title",
        /// By company.
        Company = "company",
    }
}

/// A page of letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterPage {
    pub letters: Vec<LetterSummary>,
    /// So many fit the search, on all pages.
    pub found: u32,
    /// Whether another page follows.
    pub more: bool,
}

crate::questions::words! {
    /// How a version came to be.
    VersionKind {
        /// The letter was made.
        Created = "created",
        /// Somebody wrote.
        Edited = "edited",
        /// A draft was taken over.
        Drafted = "drafted",
        /// An older version was taken back.
        Restored = "restored",
    }
}

/// A version in the history of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VersionSummary {
    pub id: Uuid,
    pub kind: VersionKind,
    pub revision: u32,
    pub saved_at: DateTime<Utc>,
    /// Characters of all answers together, spaces included.
    pub characters: u32,
}

/// A version with its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterVersion {
    pub summary: VersionSummary,
    pub content: LetterContent,
}
