//! Inputs of an account, parsed into types that cannot hold a wrong value.

use crate::{InputField, Problem, Reason};

/// Declares a text type whose only constructor is `parse`.
macro_rules! parsed {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The text, as it was parsed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

parsed! {
    /// 3 to 32 letters of any script, digits, `_`, `-` or `.`. Unique without regard to case.
    Username
}

parsed! {
    /// An address of the form `local@domain`, at most 254 bytes (RFC 5321, 4.5.3.1.3).
    EmailAddress
}

parsed! {
    /// 8 to 128 characters, not among the most common ones. It has no `Debug`, so that it cannot reach a log.
    Password
}

parsed! {
    /// 1 to 40 characters without control characters.
    DisplayName
}

const USERNAME_MIN: u32 = 3;
const USERNAME_MAX: u32 = 32;
const EMAIL_MAX: u32 = 254;
const PASSWORD_MIN: u32 = 8;
const PASSWORD_MAX: u32 = 128;
const DISPLAY_NAME_MAX: u32 = 40;

/// The most common passwords of eight characters or more, lower case.
const COMMON_PASSWORDS: &[&str] = &[
    "12345678",
    "123456789",
    "1234567890",
    "password",
    "password1",
    "password123",
    "qwerty123",
    "qwertyuiop",
    "11111111",
    "00000000",
    "88888888",
    "87654321",
    "iloveyou",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "superman",
    "trustno1",
    "starwars",
    "abcd1234",
    "abc12345",
    "1q2w3e4r",
    "1q2w3e4r5t",
    "1qaz2wsx",
    "q1w2e3r4",
    "qwer1234",
    "asdf1234",
    "zxcv1234",
    "admin123",
    "welcome1",
    "letmein1",
    "passw0rd",
    "p@ssw0rd",
    "changeme",
    "computer",
    "internet",
    "whatever",
    "michelle",
    "jennifer",
    "daedap12",
    "password!",
    "qwerty12",
    "12341234",
];

fn refuse<T>(field: InputField, reason: Reason) -> Result<T, Problem> {
    Err(Problem::Invalid { field, reason })
}

/// Checks the length of `text` in characters.
fn within(field: InputField, text: &str, min: u32, max: u32) -> Result<(), Problem> {
    if text.is_empty() {
        return refuse(field, Reason::Empty);
    }
    // Counting stops just above the limit: a megabyte of input costs no more than a name.
    let length = text.chars().take(max as usize + 1).count() as u32;
    if length < min {
        return refuse(field, Reason::TooShort { min });
    }
    if length > max {
        return refuse(field, Reason::TooLong { max });
    }
    Ok(())
}

impl Username {
    /// # Errors
    /// [`Problem::Invalid`] on the field `username`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        within(InputField::Username, text, USERNAME_MIN, USERNAME_MAX)?;
        match text.chars().all(|character| character.is_alphanumeric() || "_-.".contains(character)) {
            true => Ok(Self(text.to_owned())),
            false => refuse(InputField::Username, Reason::Malformed),
        }
    }

    /// The form in which two names are compared.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl EmailAddress {
    /// # Errors
    /// [`Problem::Invalid`] on the field `email`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        within(InputField::Email, text, 1, EMAIL_MAX)?;
        let malformed = refuse(InputField::Email, Reason::Malformed);
        if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            return malformed;
        }
        let Some((local, domain)) = text.rsplit_once('@') else { return malformed };
        let labels_are_fine = domain.split('.').count() >= 2
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|character| character.is_alphanumeric() || character == '-')
            });
        let local_is_fine = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains(['<', '>', '(', ')', ',', ';', ':', '\\', '"', '@', '[', ']']);
        if labels_are_fine && local_is_fine { Ok(Self(text.to_owned())) } else { malformed }
    }

    /// The form in which two addresses are compared.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl Password {
    /// # Errors
    /// [`Problem::Invalid`] on the field `password`.
    pub fn parse(text: &str, username: &str) -> Result<Self, Problem> {
        within(InputField::Password, text, PASSWORD_MIN, PASSWORD_MAX)?;
        let lower = text.to_lowercase();
        if COMMON_PASSWORDS.contains(&lower.as_str()) || lower == username.to_lowercase() {
            return refuse(InputField::Password, Reason::TooCommon);
        }
        Ok(Self(text.to_owned()))
    }

    /// Parses a password and its confirmation.
    ///
    /// # Errors
    /// As [`Password::parse`], or on the field `password_confirmation` when the two differ.
    pub fn parse_confirmed(text: &str, confirmation: &str, username: &str) -> Result<Self, Problem> {
        let password = Self::parse(text, username)?;
        match text == confirmation {
            true => Ok(password),
            false => refuse(InputField::PasswordConfirmation, Reason::Different),
        }
    }
}

impl DisplayName {
    /// # Errors
    /// [`Problem::Invalid`] on the field `display_name`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        within(InputField::DisplayName, text, 1, DISPLAY_NAME_MAX)?;
        match text.chars().any(char::is_control) {
            true => refuse(InputField::DisplayName, Reason::Malformed),
            false => Ok(Self(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason<T>(result: Result<T, Problem>) -> Option<Reason> {
        match result {
            Err(Problem::Invalid { reason, .. }) => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn user_names() {
        let check = |text: &str, expected| assert_eq!(reason(Username::parse(text)), expected, "{text}");
        check("mina", None);
        check(" 김미나 ", None);
        check("a.b-c_9", None);
        check("", Some(Reason::Empty));
        check("ab", Some(Reason::TooShort { min: 3 }));
        check(&"a".repeat(33), Some(Reason::TooLong { max: 32 }));
        check(&"가".repeat(32), None);
        check("mi na", Some(Reason::Malformed));
        check("<script>", Some(Reason::Malformed));
    }

    #[test]
    fn email_addresses() {
        let check = |text: &str, expected| assert_eq!(reason(EmailAddress::parse(text)), expected, "{text}");
        check("mina@example.com", None);
        check("mina+test@mail.example.co.kr", None);
        check("", Some(Reason::Empty));
        check("mina", Some(Reason::Malformed));
        check("mina@localhost", Some(Reason::Malformed));
        check("mi na@example.com", Some(Reason::Malformed));
        check("a@b@example.com", Some(Reason::Malformed));
        check("mina@example..com", Some(Reason::Malformed));
        check(&format!("{}@example.com", "a".repeat(300)), Some(Reason::TooLong { max: 254 }));
    }

    #[test]
    fn passwords() {
        let check = |text: &str, expected| {
            assert_eq!(reason(Password::parse(text, "verylongname")), expected, "{text}")
        };
        check("correct horse", None);
        check("short", Some(Reason::TooShort { min: 8 }));
        check("PASSWORD123", Some(Reason::TooCommon));
        check("VeryLongName", Some(Reason::TooCommon));
        check(&"x".repeat(129), Some(Reason::TooLong { max: 128 }));
        assert_eq!(
            reason(Password::parse_confirmed("correct horse", "correct house", "mina")),
            Some(Reason::Different)
        );
    }

    #[test]
    fn display_names() {
        let check = |text: &str, expected| assert_eq!(reason(DisplayName::parse(text)), expected, "{text}");
        check("미나 👩‍💻", None);
        check("   ", Some(Reason::Empty));
        check("a\u{7}b", Some(Reason::Malformed));
        check(&"a".repeat(41), Some(Reason::TooLong { max: 40 }));
    }
}
