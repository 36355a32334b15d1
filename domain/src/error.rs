//! What can go wrong, in two kinds: a [`Problem`] is for the person, an internal error is for the log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::documents::DocumentFault;
use crate::github::GithubFailure;
use crate::takeout::FileFault;

/// A failure that is safe to show. It carries data, never text: the screens say it in the person's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error, ToSchema)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum Problem {
    #[error("sign-in required")]
    SignInRequired,
    #[error("user name or password is wrong")]
    WrongCredentials,
    /// The account is suspended. Told only to who has proved to be its owner.
    #[error("the account is suspended")]
    Banned,
    /// The account has no password to ask for once more, and the last sign-in is too long ago to count instead.
    #[error("sign in again")]
    SignInAgain,
    /// Nothing else would let the person in.
    #[error("the last way in")]
    LastLogin,
    #[error("forbidden")]
    Forbidden,
    #[error("not found")]
    NotFound,
    #[error("{field} is invalid: {reason:?}")]
    Invalid { field: InputField, reason: Reason },
    #[error("{field} is taken")]
    Taken { field: InputField },
    /// The state has moved on since the page was shown (answered in another tab, already finished).
    #[error("the interview has moved on")]
    OutOfDate,
    #[error("the daily allowance is used up")]
    QuotaReached { resets_at: DateTime<Utc> },
    #[error("too many attempts")]
    TooManyAttempts { retry_after_seconds: u32 },
    #[error("the model is unavailable: {reason:?}")]
    ModelUnavailable { reason: ModelFailure },
    /// So many share links to one interview work already.
    #[error("no more than {max} share links")]
    TooManyShares { max: u32 },
    /// Nobody may make an account now.
    #[error("registration is closed")]
    RegistrationClosed,
    /// Making an account needs an invitation that still works.
    #[error("an invitation is needed")]
    InvitationNeeded,
    /// So many invitations work already.
    #[error("no more than {max} invitations")]
    TooManyInvitations { max: u32 },
    /// One does not do that to oneself.
    #[error("not to one's own account")]
    OwnAccount,
    /// Without this account nobody could look after the installation.
    #[error("the last administrator")]
    LastAdmin,
    /// So many API tokens of one person work already.
    #[error("no more than {max} API tokens")]
    TooManyTokens { max: u32 },
    /// So many past questions of one person wait for a decision already.
    #[error("no more than {max} waiting past questions")]
    TooManyWaiting { max: u32 },
    /// So many letters of one person are kept already.
    #[error("no more than {max} letters")]
    TooManyLetters { max: u32 },
    /// GitHub does not tell about an account, and nothing is kept of it.
    #[error("GitHub tells nothing: {reason}")]
    GithubUnavailable { reason: GithubFailure, resets_at: Option<DateTime<Utc>> },
    /// The file is none that can be imported.
    #[error("the file cannot be imported: {fault:?}")]
    WrongFile { fault: FileFault },
    /// Nothing can be read in the file.
    #[error("the file cannot be read: {fault:?}")]
    WrongDocument { fault: DocumentFault },
    /// So many documents of one person are there already.
    #[error("no more than {max} documents")]
    TooManyDocuments { max: u32 },
    /// Nothing in the bank fits the chosen setup.
    #[error("no questions fit")]
    NoQuestions,
    /// The database cannot take the change now: busy, full or away.
    #[error("temporarily unavailable")]
    Busy,
    /// Everything else. The cause is in the log.
    #[error("internal error")]
    Internal,
}

impl Problem {
    /// The HTTP status that says the same.
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignInRequired | Self::WrongCredentials => 401,
            Self::Forbidden
            | Self::Banned
            | Self::SignInAgain
            | Self::RegistrationClosed
            | Self::InvitationNeeded => 403,
            Self::NotFound => 404,
            Self::Invalid { .. } | Self::NoQuestions => 422,
            Self::WrongFile { fault } => fault.status(),
            Self::WrongDocument { fault } => fault.status(),
            Self::GithubUnavailable { reason, .. } => reason.status(),
            Self::Taken { .. }
            | Self::OutOfDate
            | Self::TooManyShares { .. }
            | Self::TooManyTokens { .. }
            | Self::TooManyWaiting { .. }
            | Self::TooManyLetters { .. }
            | Self::TooManyInvitations { .. }
            | Self::TooManyDocuments { .. }
            | Self::OwnAccount
            | Self::LastAdmin
            | Self::LastLogin => 409,
            Self::QuotaReached { .. } | Self::TooManyAttempts { .. } => 429,
            Self::ModelUnavailable { .. } => 502,
            Self::Busy => 503,
            Self::Internal => 500,
        }
    }

    /// The input field that it is about, if any.
    pub const fn field(&self) -> Option<InputField> {
        match self {
            Self::Invalid { field, .. } | Self::Taken { field } => Some(*field),
            _ => None,
        }
    }
}

crate::questions::words! {
    /// A field of a form, named as in the request.
    InputField {
        Username = "username",
        Email = "email",
        Password = "password",
        PasswordConfirmation = "password_confirmation",
        CurrentPassword = "current_password",
        DisplayName = "display_name",
        TimeZone = "time_zone",
        Language = "language",
        Fields = "fields",
        Field = "field",
        Topics = "topics",
        Level = "level",
        QuestionCount = "question_count",
        Mode = "mode",
        Answer = "answer",
        Dispute = "dispute",
        Memo = "memo",
        Days = "days",
        Retention = "retention",
        RetentionMaxDays = "retention_max_days",
        WithName = "with_name",
        Registration = "registration",
        BanReason = "ban_reason",
        DailyLimit = "daily_limit",
        Name = "name",
        Scope = "scope",
        Expiry = "expiry",
        Title = "title",
        Text = "text",
        GithubName = "github_name",
        Question = "question",
        Topic = "topic",
        Company = "company",
        Job = "job",
        AskedOn = "asked_on",
        Source = "source",
        SourceUrl = "source_url",
        Rejection = "rejection",
        Role = "role",
        Posting = "posting",
        Experiences = "experiences",
        Strengths = "strengths",
        Length = "length",
        Items = "items",
        Tip = "tip",
        Limit = "limit",
        Instruction = "instruction",
        Kind = "kind",
        Materials = "materials",
        WithMaterial = "with_material",
    }
}

/// Why an input was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    Empty,
    /// Shorter than `min` characters.
    TooShort {
        min: u32,
    },
    /// Longer than `max` characters.
    TooLong {
        max: u32,
    },
    /// Not of the form that the field asks for.
    Malformed,
    /// The two passwords differ.
    Different,
    /// The password is among the most common ones, or is the user name.
    TooCommon,
    /// Not one of the values that are offered.
    NotOffered,
    /// The current password is wrong.
    Wrong,
    /// Nothing was found there that could be asked about.
    NothingToAsk,
}

crate::questions::words! {
    /// How a call to the model failed.
    ModelFailure {
        /// No connection, or it broke.
        Unreachable = "unreachable",
        /// The key was refused (401, 403).
        Refused = "refused",
        /// The server asked to slow down (429).
        Limited = "limited",
        /// Nothing came within the time allowed.
        TimedOut = "timed-out",
        /// An answer came that cannot be used: an error status, garbage, or nothing.
        Broken = "broken",
    }
}

#[cfg(not(target_family = "wasm"))]
pub use native::{Error, OrInternal};

#[cfg(not(target_family = "wasm"))]
mod native {
    use super::Problem;

    /// What a service returns. Only the problem crosses a door; the rest is logged once, where it is converted.
    #[derive(Debug, thiserror::Error)]
    pub enum Error {
        #[error(transparent)]
        Problem(#[from] Problem),
        #[error(transparent)]
        Internal(#[from] anyhow::Error),
    }

    impl Error {
        /// The part that may be shown. An internal error is written to the log here, and only here.
        pub fn into_problem(self) -> Problem {
            match self {
                Self::Problem(problem) => problem,
                Self::Internal(error) => {
                    tracing::error!(error = format!("{error:#}"), "request failed");
                    Problem::Internal
                }
            }
        }

        /// What it is when a row of a person's could not be added: the account was deleted after it was looked up, and there is nobody
        /// to add anything for.
        pub(crate) fn adding_to_account(error: sea_orm::DbErr) -> Self {
            match crate::database::is_orphan(&error) {
                true => Self::Problem(Problem::SignInRequired),
                false => error.into(),
            }
        }
    }

    impl From<sea_orm::DbErr> for Error {
        fn from(error: sea_orm::DbErr) -> Self {
            if crate::database::temporary(&error) {
                tracing::warn!(%error, "the database is not available");
                return Self::Problem(Problem::Busy);
            }
            if crate::database::is_orphan(&error) {
                tracing::warn!("something was deleted while something was added to it");
                return Self::Problem(Problem::NotFound);
            }
            Self::Internal(error.into())
        }
    }

    /// For errors that are no fault of the person: `.or_internal("what was being done")?`.
    pub trait OrInternal<T> {
        /// # Errors
        /// [`Error::Internal`] with the given context.
        fn or_internal(self, doing: &'static str) -> Result<T, Error>;
    }

    impl<T, E: Into<anyhow::Error>> OrInternal<T> for Result<T, E> {
        fn or_internal(self, doing: &'static str) -> Result<T, Error> {
            self.map_err(|error| Error::Internal(error.into().context(doing)))
        }
    }
}
