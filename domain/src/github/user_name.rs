//! The name of an account at GitHub.

use crate::{InputField, Problem, Reason};

/// The longest name that GitHub gives.
const LONGEST: u32 = 39;

/// 1 to 39 letters of ASCII, digits, `-` and (names that a company gave) `_`, the first one a letter or a digit. So it is one segment of
/// a path, and nothing but one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(String);

impl UserName {
    /// Takes a name as people write it: spaces around it and an `@` before it are no part of it.
    ///
    /// # Errors
    /// [`Problem::Invalid`] on the field `github_name`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let refuse = |reason| Err(Problem::Invalid { field: InputField::GithubName, reason });
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.is_empty() {
            return refuse(Reason::Empty);
        }
        if text.chars().take(LONGEST as usize + 1).count() > LONGEST as usize {
            return refuse(Reason::TooLong { max: LONGEST });
        }
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        match text.bytes().all(fits) && text.as_bytes()[0].is_ascii_alphanumeric() {
            true => Ok(Self(text.to_owned())),
            false => refuse(Reason::Malformed),
        }
    }

    /// The name as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two names are the same.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<Reason> {
        match UserName::parse(text) {
            Err(Problem::Invalid { field: InputField::GithubName, reason }) => Some(reason),
            Err(problem) => panic!("{problem:?}"),
            Ok(_) => None,
        }
    }

    #[test]
    fn a_name_is_one_segment_of_a_path_and_nothing_else() {
        let check = |text: &str, expected| assert_eq!(reason(text), expected, "{text:?}");
        for name in ["octocat", " octocat ", "@octocat", "a", "1-2-3", "mina-", "mina_corp", &"x".repeat(39)]
        {
            check(name, None);
        }
        check("", Some(Reason::Empty));
        check(" @ ", Some(Reason::Empty));
        check(&"x".repeat(40), Some(Reason::TooLong { max: 39 }));
        for name in [
            "../users",
            "..",
            ".",
            "-mina",
            "_mina",
            "a/b",
            "a\\b",
            "a%2fb",
            "a?b",
            "a#b",
            "a b",
            "a.b",
            "a\u{0}b",
            "a\nb",
            "김미나",
            "ａ",
            "@@a",
            "https://github.com/a",
            "a@b",
        ] {
            check(name, Some(Reason::Malformed));
        }
    }

    #[test]
    fn case_makes_no_other_name() {
        let key = |text| UserName::parse(text).expect("a name").key();
        assert_eq!(key("OctoCat"), key("@octocat"));
    }
}
