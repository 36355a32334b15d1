//! What comes in and goes out about API tokens.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Most tokens that a person may have made and that work at the same time.
pub const TOKENS_MAX: u32 = 20;

crate::questions::words! {
    /// How far a token goes. Each includes the ones before.
    Scope {
        /// Reading what is the person's.
        Read = "read",
        /// Holding interviews, and changing what belongs to them.
        Write = "write",
        /// The account itself: profile, password, tokens, deletion.
        Account = "account",
    }
}

impl Scope {
    /// Whether a token of this scope may do what asks for `wanted`.
    pub fn includes(self, wanted: Self) -> bool {
        self >= wanted
    }
}

crate::questions::words! {
    /// How many days a token works.
    TokenDays {
        Seven = "7",
        Thirty = "30",
        Ninety = "90",
        Year = "365",
        Never = "never",
    }
}

impl TokenDays {
    /// The same as a number; none for a token that does not end by itself.
    pub const fn count(self) -> Option<u32> {
        match self {
            Self::Seven => Some(7),
            Self::Thirty => Some(30),
            Self::Ninety => Some(90),
            Self::Year => Some(365),
            Self::Never => None,
        }
    }
}

crate::questions::words! {
    /// How a token came about.
    TokenOrigin {
        /// The person made it and gave it a name.
        Person = "person",
        /// A program signed in with name and password.
        SignIn = "sign-in",
    }
}

/// A token to be made, as it was chosen. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct NewToken {
    pub name: String,
    /// A word of [`Scope`].
    pub scope: String,
    /// A word of [`TokenDays`].
    pub expiry: String,
}

/// A token as its owner sees it later on: its secret is not known any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TokenView {
    pub id: Uuid,
    pub name: String,
    pub scope: Scope,
    pub origin: TokenOrigin,
    pub created_at: DateTime<Utc>,
    /// None when it does not end by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// To the hour; none when it was never used.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token that was just made. It has no `Debug`, so that its secret cannot reach a log.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct CreatedToken {
    pub token: TokenView,
    /// What a program sends. Only its hash is stored.
    pub secret: String,
}
