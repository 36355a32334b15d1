//! How the server behaves.

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GithubScript {
    /// It is answered.
    Answer,
    /// The calls of this hour are used up (403, nothing remaining).
    Limited,
    /// The same as 429.
    LimitedByStatus,
    /// A secondary limit: 403 with a time to wait.
    SlowDown,
    /// A secondary limit that names no time.
    Abuse,
    /// The token is refused (401).
    Refuse,
    /// Status 500.
    Fail,
    /// Only calls about one repository end with status 500.
    FailClosely,
    /// A page instead of JSON.
    Garbage,
    /// JSON that ends too early.
    HalfJson,
    /// It is answered without end.
    Flood,
    /// It is never answered.
    Stall,
    /// The headers come, the rest never does.
    StallInside,
    /// It is led to another host.
    RedirectAway,
    /// It is led to another address here, where the answer is.
    RedirectHere,
    /// It is led round in a circle.
    RedirectRound,
}

impl GithubScript {
    /// Every script by its name.
    pub const NAMED: &[(&str, Self)] = &[
        ("answer", Self::Answer),
        ("limited", Self::Limited),
        ("limited-by-status", Self::LimitedByStatus),
        ("slow-down", Self::SlowDown),
        ("abuse", Self::Abuse),
        ("refuse", Self::Refuse),
        ("fail", Self::Fail),
        ("fail-closely", Self::FailClosely),
        ("garbage", Self::Garbage),
        ("half-json", Self::HalfJson),
        ("flood", Self::Flood),
        ("stall", Self::Stall),
        ("stall-inside", Self::StallInside),
        ("redirect-away", Self::RedirectAway),
        ("redirect-here", Self::RedirectHere),
        ("redirect-round", Self::RedirectRound),
    ];

    /// The script of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.iter().find(|(known, _)| *known == name).map(|(_, script)| *script)
    }
}
