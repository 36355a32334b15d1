//! Refusals in the words of the contract: `error` with an English sentence, or `detail` when nobody is signed in.

use axum::Json;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::{Error, InputField, Problem, Reason};
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

/// What a client is told instead of an answer.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    body: Value,
    retry_after_seconds: Option<u32>,
}

impl Refusal {
    /// A sentence that says what to do.
    pub fn error(status: StatusCode, sentence: impl Into<String>) -> Self {
        Self { status, body: json!({ "error": sentence.into() }), retry_after_seconds: None }
    }

    /// The name or the address is somebody else's. Which of the two, clients are not told.
    pub fn taken() -> Self {
        const SENTENCE: &str = "Username already exists.";
        let body = json!({ "error": SENTENCE, "message": SENTENCE });
        Self { status: StatusCode::CONFLICT, body, retry_after_seconds: None }
    }

    fn detail(status: StatusCode, sentence: &str) -> Self {
        Self { status, body: json!({ "detail": sentence }), retry_after_seconds: None }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.into_problem().into()
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match problem {
            Problem::SignInRequired => Self::detail(
                status,
                "No valid token was sent. Sign in and send it as \"Authorization: Token <key>\".",
            ),
            Problem::Forbidden => Self::detail(status, "This token may read only. Use one that may write."),
            Problem::WrongCredentials => Self::error(status, "Invalid credentials."),
            Problem::Taken { .. } => Self::taken(),
            Problem::Invalid { field, reason } => {
                Self::error(StatusCode::BAD_REQUEST, sentence(field, reason))
            }
            Problem::QuotaReached { resets_at } => Self {
                retry_after_seconds: Some(seconds_until(resets_at)),
                ..Self::error(status, "You have exceeded the chat request limit for today.")
            },
            Problem::TooManyAttempts { retry_after_seconds } => Self {
                retry_after_seconds: Some(retry_after_seconds),
                ..Self::error(
                    status,
                    format!("Too many attempts. Please try again in {retry_after_seconds} seconds."),
                )
            },
            Problem::OutOfDate => {
                Self::error(status, "The interviewer is still speaking. Please send it again in a moment.")
            }
            Problem::ModelUnavailable { .. } => {
                Self::error(status, "The interviewer is not available now. Please try again in a moment.")
            }
            Problem::NoQuestions => Self::error(
                StatusCode::BAD_REQUEST,
                "There are no questions on this topic. Please choose another one.",
            ),
            Problem::Busy => Self {
                retry_after_seconds: Some(5),
                ..Self::error(status, "The server is busy. Please try again in a moment.")
            },
            Problem::Internal => Self::error(status, "Something went wrong. Please try again."),
            // What it is called there says it, to somebody who writes a program.
            other => Self::error(status, as_sentence(&other.to_string())),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Token realm=\"Daedap\""));
        }
        response
    }
}

fn seconds_until(moment: DateTime<Utc>) -> u32 {
    u32::try_from((moment - Utc::now()).num_seconds()).unwrap_or(0).max(1)
}

/// What is wrong with a field, and what to do about it.
fn sentence(field: InputField, reason: Reason) -> String {
    let name = match field {
        InputField::Username => "username",
        InputField::Email => "email",
        InputField::Password => "password",
        InputField::PasswordConfirmation => "password2",
        InputField::Topics => "interview_topic",
        InputField::Answer => "user_input",
        other => other.as_str(),
    };
    match reason {
        Reason::Empty => format!("The {name} must not be empty."),
        Reason::TooShort { min } => format!("The {name} must have at least {min} characters."),
        Reason::TooLong { max } => format!("The {name} must have at most {max} characters."),
        Reason::Malformed => match field {
            InputField::Username => {
                "The username may hold letters, digits and the characters _ - . only.".to_owned()
            }
            InputField::Email => "The email must be an address such as mina@example.com.".to_owned(),
            _ => format!("The {name} is not of the right form."),
        },
        Reason::Different => "Passwords do not match".to_owned(),
        Reason::TooCommon => {
            "This password is too easy to guess. Please choose one that is neither common nor your name."
                .to_owned()
        }
        Reason::NotOffered | Reason::Wrong | Reason::NothingToAsk => format!("The {name} is wrong."),
    }
}

fn as_sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_told_in_the_words_of_the_contract() {
        let check = |problem: Problem, status: u16, body: Value| {
            let refusal = Refusal::from(problem);
            assert_eq!((refusal.status.as_u16(), refusal.body), (status, body));
        };
        check(Problem::WrongCredentials, 401, json!({ "error": "Invalid credentials." }));
        check(
            Problem::QuotaReached { resets_at: Utc::now() },
            429,
            json!({ "error": "You have exceeded the chat request limit for today." }),
        );
        let taken = "Username already exists.";
        check(Problem::Taken { field: InputField::Email }, 409, json!({ "error": taken, "message": taken }));
        check(
            Problem::Invalid { field: InputField::Password, reason: Reason::TooShort { min: 8 } },
            400,
            json!({ "error": "The password must have at least 8 characters." }),
        );
        // One that nobody thought of here is a sentence too.
        let refusal = Refusal::from(Problem::TooManyTokens { max: 20 });
        assert_eq!(refusal.body, json!({ "error": "No more than 20 API tokens." }));
    }
}
