//! What a person may type into a document.

use super::clean::typed;
use super::{DocumentKind, TEXT_MAX, TITLE_MAX};
use crate::{InputField, Problem, Reason};

/// The title of a document: one line that says something.
#[derive(Debug)]
pub struct Title(String);

impl Title {
    /// # Errors
    /// [`Problem::Invalid`] on `title`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let line = typed(text).split_whitespace().collect::<Vec<_>>().join(" ");
        fits(&line, InputField::Title, TITLE_MAX)?;
        Ok(Self(line))
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

/// The text of a document.
#[derive(Debug)]
pub struct Text {
    text: String,
    characters: u32,
}

impl Text {
    /// # Errors
    /// [`Problem::Invalid`] on `text`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = typed(text);
        let characters = fits(&text, InputField::Text, TEXT_MAX)?;
        Ok(Self { text, characters })
    }

    pub const fn characters(&self) -> u32 {
        self.characters
    }

    pub fn into_string(self) -> String {
        self.text
    }
}

/// Whether a title and a text are as they are kept.
pub fn is_well_formed(title: &str, text: &str) -> bool {
    let same = |parsed: Result<String, Problem>, given: &str| parsed.is_ok_and(|parsed| parsed == given);
    same(Title::parse(title).map(Title::into_string), title)
        && same(Text::parse(text).map(Text::into_string), text)
}

/// What a document is, by its word.
///
/// # Errors
/// [`Problem::Invalid`] on `kind`.
pub fn kind_of(word: &str) -> Result<DocumentKind, Problem> {
    let refused = |_| Problem::Invalid { field: InputField::Kind, reason: Reason::NotOffered };
    word.parse().map_err(refused)
}

/// How many characters a text has, when it says something and is not too long.
fn fits(text: &str, field: InputField, max: u32) -> Result<u32, Problem> {
    if text.trim().is_empty() {
        return Err(Problem::Invalid { field, reason: Reason::Empty });
    }
    let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    match characters > max {
        true => Err(Problem::Invalid { field, reason: Reason::TooLong { max } }),
        false => Ok(characters),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line() {
        let check = |text: &str, expected: Result<&str, Reason>| {
            let title = Title::parse(text).map(Title::into_string).map_err(|problem| match problem {
                Problem::Invalid { field: InputField::Title, reason } => reason,
                other => unreachable!("{other}"),
            });
            assert_eq!(title, expected.map(str::to_owned), "{text:?}");
        };
        check(" 이력서\n2026\t", Ok("이력서 2026"));
        check("a\0b", Ok("ab"));
        check(" \n\0", Err(Reason::Empty));
        check(&"가".repeat(101), Err(Reason::TooLong { max: 100 }));
    }

    #[test]
    fn a_text_keeps_its_lines_and_its_length_is_counted() {
        let text = Text::parse("한 줄\r\n  두 줄\r\n").expect("a text");
        assert_eq!(text.characters(), 10);
        assert_eq!(text.into_string(), "한 줄\n  두 줄\n");
        assert!(Text::parse(" \n ").is_err());
        assert!(Text::parse(&"x".repeat(TEXT_MAX as usize + 1)).is_err());
    }

    #[test]
    fn a_kind_is_one_that_is_offered() {
        assert_eq!(kind_of("resume"), Ok(DocumentKind::Resume));
        assert!(kind_of("letter").is_err());
    }
}
