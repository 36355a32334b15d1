//! What a writer of drafts knows.

use crate::letters::count::{Counting, Measure};
use crate::letters::{LetterContent, LetterItem, Limit};

/// Of a limit so many of a hundred are aimed at: models do not count well.
const AIM: u32 = 88;

/// Which answer to write, and out of what.
#[derive(Clone, Debug)]
pub struct DraftBrief {
    /// The whole letter: its facts, and what the other answers tell already.
    pub content: LetterContent,
    pub item: LetterItem,
    /// What is to be different about the answer that is there; empty for a new one.
    pub instruction: String,
}

impl DraftBrief {
    /// Characters that the draft should have.
    pub fn length(&self) -> u32 {
        let usual = self.content.facts.length;
        let Some(Limit { max, counting: Counting { measure, .. } }) = self.item.limit else { return usual };
        let characters = match measure {
            Measure::Characters => max,
            // About every fifth character of a text is a space.
            Measure::CharactersWithoutSpaces => max.saturating_mul(6) / 5,
            Measure::Utf8Bytes => max / 3,
            Measure::EucKrBytes => max / 2,
        };
        (u64::from(characters) * u64::from(AIM) / 100).try_into().unwrap_or(usual).clamp(30, 3_000)
    }

    /// Whether the answer that is there is to be revised.
    pub fn revises(&self) -> bool {
        !self.instruction.is_empty() && !self.item.answer.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::questions::Language;

    #[test]
    fn a_draft_aims_below_its_limit_however_that_is_counted() {
        let length = |limit| {
            let item = LetterItem {
                id: Uuid::from_u128(1),
                question: String::new(),
                answer: String::new(),
                limit,
                tip: String::new(),
            };
            let content = LetterContent::empty(Language::Korean);
            DraftBrief { content, item, instruction: String::new() }.length()
        };
        let limit = |max, measure| Some(Limit { max, counting: Counting { measure, newlines: true } });
        assert_eq!(length(None), 700);
        assert_eq!(length(limit(500, Measure::Characters)), 440);
        assert_eq!(length(limit(500, Measure::CharactersWithoutSpaces)), 528);
        assert_eq!(length(limit(1_500, Measure::Utf8Bytes)), 440);
        assert_eq!(length(limit(1_000, Measure::EucKrBytes)), 440);
        assert_eq!(length(limit(100_000, Measure::Characters)), 3_000);
        assert_eq!(length(limit(1, Measure::Characters)), 30);
    }
}
