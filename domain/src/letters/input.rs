//! A letter as it comes in, parsed into one that can be stored.

use std::collections::HashSet;

use super::{
    ANSWER_MAX, FACTS_MAX, ITEMS_MAX, LENGTH_MAX, LENGTH_MIN, LETTER_MAX, LIMIT_MAX, LetterContent, NAME_MAX,
    POSTING_MAX, QUESTION_MAX,
};
use crate::{InputField, Problem, Reason};

/// Brings a letter into the form in which it is stored: lines end with LF, and there is no NUL, which PostgreSQL cannot store and nobody
/// types.
///
/// # Errors
/// [`Problem::Invalid`] on the field that is too long, or on `items` when there are too many or two are the same.
pub fn parse(mut content: LetterContent) -> Result<LetterContent, Problem> {
    let names = [
        (&mut content.title, InputField::Title, NAME_MAX),
        (&mut content.company, InputField::Company, NAME_MAX),
        (&mut content.role, InputField::Role, NAME_MAX),
    ];
    for (name, field, max) in names {
        *name = name.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
        fits(name, field, max)?;
    }
    let texts = [
        (&mut content.posting, InputField::Posting, POSTING_MAX),
        (&mut content.facts.experiences, InputField::Experiences, FACTS_MAX),
        (&mut content.facts.strengths, InputField::Strengths, FACTS_MAX),
    ];
    for (text, field, max) in texts {
        clean(text);
        fits(text, field, max)?;
    }
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&content.facts.length) {
        return Err(Problem::Invalid { field: InputField::Length, reason: Reason::NotOffered });
    }
    if content.items.len() > ITEMS_MAX as usize {
        return Err(Problem::Invalid {
            field: InputField::Items,
            reason: Reason::TooLong { max: ITEMS_MAX },
        });
    }
    let mut ids = HashSet::new();
    for item in &mut content.items {
        for (text, field, max) in [
            (&mut item.question, InputField::Question, QUESTION_MAX),
            (&mut item.answer, InputField::Answer, ANSWER_MAX),
            (&mut item.tip, InputField::Tip, QUESTION_MAX),
        ] {
            clean(text);
            fits(text, field, max)?;
        }
        if item.limit.is_some_and(|limit| !(1..=LIMIT_MAX).contains(&limit.max)) {
            return Err(Problem::Invalid { field: InputField::Limit, reason: Reason::NotOffered });
        }
        if !ids.insert(item.id) {
            return Err(Problem::Invalid { field: InputField::Items, reason: Reason::Malformed });
        }
    }
    match size(&content) > LETTER_MAX as usize {
        true => {
            let reason = Reason::TooLong { max: LETTER_MAX };
            Err(Problem::Invalid { field: InputField::Items, reason })
        }
        false => Ok(content),
    }
}

fn clean(text: &mut String) {
    if text.contains(['\0', '\r']) {
        *text = text.replace('\0', "").replace("\r\n", "\n").replace('\r', "\n");
    }
}

fn fits(text: &str, field: InputField, max: u32) -> Result<(), Problem> {
    match text.chars().take(max as usize + 1).count() > max as usize {
        true => Err(Problem::Invalid { field, reason: Reason::TooLong { max } }),
        false => Ok(()),
    }
}

/// Characters of everything.
fn size(content: &LetterContent) -> usize {
    let texts = [
        &content.title,
        &content.company,
        &content.role,
        &content.posting,
        &content.facts.experiences,
        &content.facts.strengths,
    ];
    let items = content.items.iter().flat_map(|item| [&item.question, &item.answer, &item.tip]);
    texts.into_iter().chain(items).map(|text| text.chars().count()).sum()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::letters::{Counting, LetterItem, Limit};
    use crate::questions::Language;

    fn item(number: u128) -> LetterItem {
        LetterItem {
            id: Uuid::from_u128(number),
            question: String::new(),
            answer: String::new(),
            limit: None,
            tip: String::new(),
        }
    }

    fn refused(content: LetterContent) -> Option<InputField> {
        parse(content).err().and_then(|problem| problem.field())
    }

    #[test]
    fn a_letter_that_could_not_be_stored_is_refused_at_its_field() {
        let empty = || LetterContent::empty(Language::Korean);
        assert_eq!(refused(empty()), None);
        let long = |max: u32| "가".repeat(max as usize + 1);
        assert_eq!(refused(LetterContent { title: long(NAME_MAX), ..empty() }), Some(InputField::Title));
        assert_eq!(
            refused(LetterContent { posting: long(POSTING_MAX), ..empty() }),
            Some(InputField::Posting)
        );
        let answered = LetterItem { answer: long(ANSWER_MAX), ..item(1) };
        assert_eq!(refused(LetterContent { items: vec![answered], ..empty() }), Some(InputField::Answer));
        assert_eq!(
            refused(LetterContent { items: vec![item(1), item(1)], ..empty() }),
            Some(InputField::Items)
        );
        assert_eq!(
            refused(LetterContent { items: (0..21).map(item).collect(), ..empty() }),
            Some(InputField::Items)
        );
        let limited = LetterItem { limit: Some(Limit { max: 0, counting: Counting::USUAL }), ..item(1) };
        assert_eq!(refused(LetterContent { items: vec![limited], ..empty() }), Some(InputField::Limit));
        let full = |number| LetterItem { answer: "가".repeat(ANSWER_MAX as usize), ..item(number) };
        assert_eq!(
            refused(LetterContent { items: (0..7).map(full).collect(), ..empty() }),
            Some(InputField::Items)
        );
    }

    #[test]
    fn lines_end_alike_and_nothing_is_there_that_cannot_be_stored() {
        let content = LetterContent {
            title: "하늘\n지도".to_owned(),
            items: vec![LetterItem { answer: "가\r\n나\r다\0".to_owned(), ..item(1) }],
            ..LetterContent::empty(Language::Korean)
        };
        let parsed = parse(content).expect("fine");
        assert_eq!(parsed.title, "하늘 지도");
        assert_eq!(parsed.items[0].answer, "가\n나\n다");
    }
}
