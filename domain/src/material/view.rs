//! What comes in and goes out about a person's own material.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::ModelFailure;
use crate::documents::DocumentKind;
use crate::interview::InterviewerLabel;

/// Most cover letters that an interview is about.
pub const LETTERS_MAX: u32 = 3;
/// Most documents that an interview is about.
pub const DOCUMENTS_MAX: u32 = 4;
/// Most characters of each text that is copied into an interview.
pub const TEXT_MAX: u32 = 60_000;
/// Most characters of a statement that is quoted.
pub const QUOTE_MAX: u32 = 220;

crate::questions::words! {
    /// What a material is.
    MaterialKind {
        /// 자기소개서.
        Letter = "letter",
        /// 이력서.
        Resume = "resume",
        /// 채용 공고: what a company wrote, not the person.
        Posting = "posting",
        /// Facts of the person's public repositories.
        Github = "github",
    }
}

crate::questions::words! {
    /// What a question wants to know of a statement, in the order in which an interviewer goes along (주장 → 근거 → …).
    Link {
        /// What is behind the claim?
        Evidence = "evidence",
        /// How much of it came from the person?
        OwnPart = "own-part",
        /// Where does the figure come from?
        Basis = "basis",
        /// What else could have been done, and why was it not?
        Alternative = "alternative",
        /// What went wrong?
        Failure = "failure",
        /// What would be different the next time?
        Change = "change",
        /// Why this company?
        WhyUs = "why-us",
        /// Why at this point?
        WhyNow = "why-now",
        /// How far does a requirement of a posting fit?
        Fit = "fit",
    }
}

crate::questions::words! {
    /// What makes a statement worth asking about.
    Signal {
        Number = "number",
        Technology = "technology",
        /// A superlative, or a word that allows no exception.
        Absolute = "absolute",
        /// 우리, 저희, 팀: whose part was it?
        Team = "team",
        /// 혼자: all of it?
        Alone = "alone",
        Duration = "duration",
        Role = "role",
        /// Something was built, improved or reached.
        Achievement = "achievement",
        /// Why the person applies.
        Motive = "motive",
        /// Why now, and where to.
        Timing = "timing",
        /// What a posting asks for.
        Requirement = "requirement",
        /// A fact of a repository.
        Repository = "repository",
    }
}

/// What an interview is to be about besides its field. Parsed by the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewMaterials {
    /// Ids of the person's cover letters.
    #[serde(default)]
    pub letters: Vec<Uuid>,
    /// Ids of the person's documents: résumés and job postings.
    #[serde(default)]
    pub documents: Vec<Uuid>,
    /// The name of an account at GitHub; none or blank for no repositories.
    #[serde(default)]
    pub github: Option<String>,
}

impl NewMaterials {
    /// Whether the interview is about nothing of the person's.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.documents.is_empty() && self.github().is_none()
    }

    /// The name of an account at GitHub, if there is one.
    pub fn github(&self) -> Option<&str> {
        self.github.as_deref().map(str::trim).filter(|name| !name.is_empty())
    }
}

/// How many questions of an interview are about the material, when so many statements can be asked about. The others are the bank's.
pub fn mix(questions: u32, statements: u32) -> u32 {
    questions.div_ceil(2).min(statements)
}

/// The words of a material that a question is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Cue {
    /// Which of the interview's materials, from 0.
    pub material: u32,
    pub kind: MaterialKind,
    /// The title of the material as it was then.
    pub title: String,
    /// Words of the material, to the letter.
    pub quote: String,
    pub link: Link,
    /// Who made the question; none until it is asked.
    pub by: Option<InterviewerLabel>,
    /// Why rules made it although a model holds the interview.
    #[serde(default)]
    pub instead_of_model: Option<ModelFailure>,
}

/// A material by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaterialName {
    pub kind: MaterialKind,
    pub title: String,
}

/// A letter that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LetterChoice {
    pub id: Uuid,
    pub title: String,
    pub company: String,
}

/// A document that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DocumentChoice {
    pub id: Uuid,
    pub kind: DocumentKind,
    pub title: String,
}

/// Everything that an interview can be about, what was changed last first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaterialChoices {
    pub letters: Vec<LetterChoice>,
    pub documents: Vec<DocumentChoice>,
}

/// A statement that can be asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatementView {
    /// Which of the materials, from 0.
    pub material: u32,
    /// Words of the material, to the letter.
    pub quote: String,
    pub signals: Vec<Signal>,
    /// What it may be asked, the most fitting first.
    pub links: Vec<Link>,
}

/// Most statements of a preview.
pub const PREVIEW_MAX: u32 = 40;

/// What was found in materials before an interview is held about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaterialPreview {
    pub materials: Vec<MaterialName>,
    /// Those that would be asked about first, [`PREVIEW_MAX`] at most.
    pub statements: Vec<StatementView>,
    /// How many there are.
    pub found: u32,
}

crate::questions::words! {
    /// How a statement and an answer seem to differ.
    ContradictionKind {
        /// Two values of one thing.
        Number = "number",
        /// Two times of one thing.
        Duration = "duration",
        /// Alone here, with others there.
        Alone = "alone",
        /// A technology that is claimed here and denied there.
        Technology = "technology",
        /// What a model says about it.
        Other = "other",
    }
}

/// A statement of a material and words of an answer that may not agree. It is worth checking, and no verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contradiction {
    pub kind: ContradictionKind,
    /// Which of the interview's materials, from 0.
    pub material: u32,
    /// Words of the material, to the letter.
    pub claim: String,
    /// The question whose answer it is, from 0.
    pub position: u32,
    /// Words of the answer, to the letter.
    pub answer: String,
    /// In a sentence, when a model found it.
    pub why: Option<String>,
    pub by: InterviewerLabel,
}

/// What came of comparing the materials with the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Compared {
    pub contradictions: Vec<Contradiction>,
    /// Why rules alone compared although a model held the interview.
    #[serde(default)]
    pub instead_of_model: Option<ModelFailure>,
}

/// What a report says of the material that the interview was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MaterialReport {
    pub materials: Vec<MaterialName>,
    /// None while it is being worked out.
    pub compared: Option<Compared>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_an_interview_is_about_the_material_and_the_rest_is_the_banks() {
        let check = |questions, statements, expected| assert_eq!(mix(questions, statements), expected);
        check(5, 40, 3);
        check(3, 40, 2);
        check(10, 40, 5);
        check(10, 2, 2);
        check(5, 0, 0);
    }

    #[test]
    fn a_blank_name_is_no_account() {
        let with = |name: &str| NewMaterials { github: Some(name.to_owned()), ..NewMaterials::default() };
        assert!(NewMaterials::default().is_empty() && with("  ").is_empty());
        assert_eq!(with(" mina ").github(), Some("mina"));
    }
}
