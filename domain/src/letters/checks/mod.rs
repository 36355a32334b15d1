//! What can be checked of a letter without a model: rules that look at the text alone. Every finding quotes the words that it is about
//! and says what to do.

mod blind;
mod cliches;
mod company;
mod limits;
mod ownership;
mod repetition;
pub(super) mod star;
#[cfg(test)]
mod tests;
pub(super) mod text;

pub use company::same_company;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::LetterContent;

/// Words of a text, and where they stand in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Passage {
    /// First byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
    /// The words themselves.
    pub quote: String,
}

impl Passage {
    /// The words of the text between two bytes; none when they are not the borders of characters.
    pub fn of(text: &str, range: std::ops::Range<usize>) -> Option<Self> {
        Some(Self {
            start: u32::try_from(range.start).ok()?,
            end: u32::try_from(range.end).ok()?,
            quote: text.get(range)?.to_owned(),
        })
    }

    /// Whether the words still stand there.
    pub fn stands_in(&self, text: &str) -> bool {
        text.get(self.start as usize..self.end as usize).is_some_and(|found| found == self.quote)
    }
}

crate::questions::words! {
    /// What a finding is about.
    FindingKind {
        /// No situation or task is told.
        NoSituation = "no-situation",
        /// No action of one's own is told.
        NoAction = "no-action",
        /// No result is told.
        NoResult = "no-result",
        /// A result without a number.
        NoNumber = "no-number",
        /// A gap of a draft (`[수치 필요]`) that nobody has filled.
        OpenGap = "open-gap",
        /// 우리는 rather than 저는: one's own part does not show.
        Ownership = "ownership",
        /// Words that stand in every letter.
        Cliche = "cliche",
        /// The name of another company.
        OtherCompany = "other-company",
        /// What blind hiring does not want to know: school.
        BlindSchool = "blind-school",
        /// … family.
        BlindFamily = "blind-family",
        /// … where somebody comes from.
        BlindOrigin = "blind-origin",
        /// … age, sex, faith, body, marriage.
        BlindPersonal = "blind-personal",
        /// The same sentence in two places.
        Repetition = "repetition",
        /// Longer than the limit.
        OverLimit = "over-limit",
        /// Much shorter than the limit.
        UnderLimit = "under-limit",
        /// Nothing is written.
        Unanswered = "unanswered",
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Finding {
    pub item_id: Uuid,
    pub kind: FindingKind,
    /// The words that it is about; none when something is missing altogether.
    pub passage: Option<Passage>,
    /// What else has to be said: the other item of a repetition, the company meant, a word to put instead.
    pub detail: Option<String>,
}

/// Everything that is found in a letter, item by item, in the order in which it stands there. `other_companies` are those that the
/// person's other letters go to.
pub fn check(content: &LetterContent, other_companies: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &content.items {
        limits::check(item, &mut found);
        star::check(item, &mut found);
        star::check_gaps(item, &mut found);
        ownership::check(item, &mut found);
        cliches::check(item, &mut found);
        company::check(content, other_companies, item, &mut found);
        blind::check(item, &mut found);
    }
    repetition::check(content, &mut found);
    let place = |id: Uuid| content.items.iter().position(|item| item.id == id);
    found.sort_by_key(|finding| {
        let start = finding.passage.as_ref().map_or(0, |passage| passage.start);
        (place(finding.item_id), start, finding.kind)
    });
    found
}
