//! How the provider behaves, and who is signed in there.

/// What happens to somebody who comes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProviderScript {
    /// The person says yes.
    Approve,
    /// The person says no.
    Decline,
    /// The page of the provider answers with an error.
    AuthorizeError,
    /// The code is refused.
    RefuseCode,
    /// Every call of the server ends with status 500.
    Fail,
    /// Every call of the server is answered with a page.
    Garbage,
    /// Every call of the server is answered without end.
    Flood,
    /// No call of the server is answered.
    Stall,
    /// Calls of the server are led elsewhere.
    Redirect,
    NoIdToken,
    WrongNonce,
    WrongAudience,
    WrongIssuer,
    WrongSignature,
    /// The ID token says that it is not signed.
    Unsigned,
    Expired,
}

impl ProviderScript {
    /// Every script by its name.
    pub const NAMED: &[(&str, Self)] = &[
        ("approve", Self::Approve),
        ("decline", Self::Decline),
        ("authorize-error", Self::AuthorizeError),
        ("refuse-code", Self::RefuseCode),
        ("fail", Self::Fail),
        ("garbage", Self::Garbage),
        ("flood", Self::Flood),
        ("stall", Self::Stall),
        ("redirect", Self::Redirect),
        ("no-id-token", Self::NoIdToken),
        ("wrong-nonce", Self::WrongNonce),
        ("wrong-audience", Self::WrongAudience),
        ("wrong-issuer", Self::WrongIssuer),
        ("wrong-signature", Self::WrongSignature),
        ("unsigned", Self::Unsigned),
        ("expired", Self::Expired),
    ];

    /// The script of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, script)| *script)
    }
}

/// Somebody who is signed in at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: u64,
    pub name: String,
    /// None is told to nobody.
    pub email: Option<String>,
    /// Whether the provider has verified the address, or says so.
    pub verified: bool,
}

impl Person {
    /// Somebody by number and name, with a verified address of that name.
    pub fn new(id: u64, name: &str) -> Self {
        Self { id, name: name.to_owned(), email: Some(format!("{name}@provider.example")), verified: true }
    }
}

impl Default for Person {
    fn default() -> Self {
        Self::new(4711, "mina")
    }
}
