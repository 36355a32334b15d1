//! The words of a text that say something, without their endings.

use super::text::{Script, Text, Token};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentWord {
    /// Without particles and inflection; small letters.
    pub base: String,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// The words of Hangul and Latin letters that carry meaning, in their order.
pub fn content_words(text: &str) -> Vec<ContentWord> {
    let says_something =
        |token: &&Token| !token.light && matches!(token.script, Script::Hangul | Script::Latin);
    let word =
        |token: &Token| ContentWord { base: token.base().to_owned(), start: token.start, end: token.end };
    Text::new(text).tokens.iter().filter(says_something).map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_base() {
        let bases = |text: &str| content_words(text).into_iter().map(|word| word.base).collect::<Vec<_>>();
        assert_eq!(bases("조회 시간을 40% 줄였다").first(), bases("조회는 빠릅니다").first());
        assert_eq!(bases("the members"), bases("a member"));
        let text = "조회 시간을";
        let last = content_words(text).pop().expect("a word");
        assert_eq!(&text[last.start..last.end], "시간을");
    }
}
