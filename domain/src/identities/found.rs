//! What a provider says about a person, cut to what can be kept.

use super::Provider;
use crate::accounts::{EmailAddress, Username};

/// Longest subject: OpenID Connect Core 1.0, section 2, allows 255 characters, and before them stands the address of the server.
const SUBJECT_MAX: usize = 600;
const LABEL_MAX: usize = 100;

/// Somebody as a provider knows them.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    pub provider: Provider,
    pub subject: String,
    pub label: String,
    /// A user name to suggest; empty when the provider's fits none.
    pub username: String,
    /// An address to suggest; empty when there is none. Whether it was verified changes nothing.
    pub email: String,
}

impl Found {
    /// Takes what the provider said. None when its subject cannot be one.
    pub fn new(provider: Provider, subject: &str, name: Option<&str>, email: Option<&str>) -> Option<Self> {
        let fits = !subject.is_empty()
            && subject.chars().count() <= SUBJECT_MAX
            && !subject.chars().any(char::is_control);
        let shown = |text: &str| -> String {
            text.chars().filter(|character| !character.is_control()).take(LABEL_MAX).collect()
        };
        let email = email.and_then(|email| EmailAddress::parse(email).ok());
        let email = email.map_or_else(String::new, |email| email.as_str().to_owned());
        let name = name.map(shown).filter(|name| !name.trim().is_empty());
        fits.then(|| Self {
            provider,
            subject: subject.to_owned(),
            username: name.as_deref().map_or_else(String::new, suggested),
            label: match name {
                Some(name) => name,
                None if !email.is_empty() => shown(&email),
                None => shown(subject),
            },
            email,
        })
    }
}

/// A user name that could be made of a name at a provider.
fn suggested(name: &str) -> String {
    let kept: String = name
        .trim()
        .chars()
        .map(|character| if character.is_whitespace() { '-' } else { character })
        .filter(|character| character.is_alphanumeric() || "_-.".contains(*character))
        .take(32)
        .collect();
    Username::parse(&kept).map_or_else(|_| String::new(), |name| name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(subject: &str, name: Option<&str>, email: Option<&str>) -> Option<[String; 3]> {
        let found = Found::new(Provider::Github, subject, name, email)?;
        Some([found.label, found.username, found.email])
    }

    #[test]
    fn what_a_provider_says_is_a_suggestion_at_most() {
        let check = |name, email, expected: [&str; 3]| {
            assert_eq!(found("1", name, email), Some(expected.map(str::to_owned)), "{name:?} {email:?}");
        };
        check(Some("mina"), Some("mina@example.com"), ["mina", "mina", "mina@example.com"]);
        check(Some("김 미나"), None, ["김 미나", "김-미나", ""]);
        check(Some("<b>"), Some("nonsense"), ["<b>", "", ""]);
        check(None, Some("mina@example.com"), ["mina@example.com", "", "mina@example.com"]);
        check(None, None, ["1", "", ""]);
        check(Some("a\u{7}bc"), None, ["abc", "abc", ""]);
    }

    #[test]
    fn a_subject_has_to_be_one() {
        assert_eq!(found("", Some("mina"), None), None);
        assert_eq!(found("a\u{0}", Some("mina"), None), None);
        assert_eq!(found(&"x".repeat(SUBJECT_MAX + 1), Some("mina"), None), None);
        assert!(found(&"x".repeat(SUBJECT_MAX), Some("mina"), None).is_some());
    }
}
