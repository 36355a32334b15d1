//! What comes in and goes out about identities.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// Who else can say who somebody is.
    Provider {
        Github = "github",
        Kakao = "kakao",
        /// The OpenID Connect server that the operator named.
        Oidc = "oidc",
    }
}

crate::questions::words! {
    /// What somebody goes to a provider for.
    Wish {
        SignIn = "sign-in",
        Link = "link",
    }
}

crate::questions::words! {
    /// Why a way back from a provider leads nowhere.
    Trouble {
        /// The provider is not configured.
        NotOffered = "not-offered",
        /// The browser was not sent, was sent too long ago, or comes a second time.
        Stale = "stale",
        /// The person said no.
        Declined = "declined",
        /// The provider answered an error, or what cannot be believed.
        ProviderFailed = "provider-failed",
        /// The provider did not answer.
        ProviderUnreachable = "provider-unreachable",
        /// An account has the address that the provider names.
        AddressTaken = "address-taken",
        /// The identity opens another account.
        LinkedElsewhere = "linked-elsewhere",
        /// The account has another identity of this provider.
        AnotherLinked = "another-linked",
        /// Linking needs the session that it was begun in.
        SignedOut = "signed-out",
        /// Nobody can make an account.
        Closed = "closed",
        /// Only people with an invitation can make an account.
        InvitationNeeded = "invitation-needed",
        /// The account is suspended.
        Banned = "banned",
        /// Too many came from one place.
        TooMany = "too-many",
        /// The server itself could not do it now.
        Busy = "busy",
    }
}

impl Trouble {
    /// The HTTP status that says the same.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotOffered => 404,
            Self::Stale => 400,
            Self::Declined | Self::SignedOut => 401,
            Self::Closed | Self::InvitationNeeded | Self::Banned => 403,
            Self::AddressTaken | Self::LinkedElsewhere | Self::AnotherLinked => 409,
            Self::TooMany => 429,
            Self::ProviderFailed | Self::ProviderUnreachable => 502,
            Self::Busy => 503,
        }
    }
}

/// A provider as the screens offer it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedLogin {
    pub provider: Provider,
    /// What people call it.
    pub name: String,
}

/// An identity as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct IdentityView {
    pub provider: Provider,
    pub label: String,
    pub linked_at: DateTime<Utc>,
}

/// The ways in that an account has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LoginsView {
    pub has_password: bool,
    pub identities: Vec<IdentityView>,
}

/// What a provider said about somebody who has no account yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    pub provider: Provider,
    /// What the person recognises the login by.
    pub label: String,
    /// A suggestion that may be empty or taken.
    pub username: String,
    /// A suggestion that may be empty.
    pub email: String,
}

/// A sign-up without a password as it was typed. Parsed by the service.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct NewIdentityAccount {
    pub username: String,
    pub email: String,
    /// The language of the page it was typed on.
    #[serde(default)]
    pub language: String,
}
