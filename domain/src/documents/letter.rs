//! A cover letter of items that were found in a text.

use uuid::Uuid;

use super::{FoundLimit, FoundUnit, ImportedLetter};
use crate::letters::{Counting, LetterContent, LetterItem, Limit, Measure};
use crate::questions::Language;

/// The content of the letter. Everything but title and items is left to its person.
pub fn content(letter: ImportedLetter, language: Language) -> LetterContent {
    let items = letter.items.into_iter().map(|item| LetterItem {
        id: Uuid::now_v7(),
        question: item.question,
        answer: item.answer,
        limit: item.limit.map(limit),
        tip: String::new(),
    });
    LetterContent { title: letter.title, items: items.collect(), ..LetterContent::empty(language) }
}

/// Bytes in questions are those of forms that count two for a syllable.
const fn limit(found: FoundLimit) -> Limit {
    let measure = match found.unit {
        FoundUnit::Characters => Measure::Characters,
        FoundUnit::NoSpaces => Measure::CharactersWithoutSpaces,
        FoundUnit::Bytes => Measure::EucKrBytes,
    };
    Limit { max: found.most, counting: Counting { measure, newlines: Counting::USUAL.newlines } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::split_items;

    #[test]
    fn items_become_items_with_their_limits() {
        let items = split_items("1. 지원동기 (500자, 공백 제외)\n하나\n2. 포부 (2000 byte)\n둘");
        let letter = content(ImportedLetter { title: "옮긴 글".to_owned(), items }, Language::Korean);
        assert_eq!(letter.title, "옮긴 글");
        let limits: Vec<_> = letter.items.iter().map(|item| item.limit).collect();
        let limit = |max, measure| Some(Limit { max, counting: Counting { measure, newlines: true } });
        assert_eq!(limits, [limit(500, Measure::CharactersWithoutSpaces), limit(2000, Measure::EucKrBytes)]);
        assert_ne!(letter.items[0].id, letter.items[1].id);
    }
}
