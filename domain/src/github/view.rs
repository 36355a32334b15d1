//! What goes out about a profile.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// Why GitHub did not give something.
    GithubFailure {
        /// There is no such account (404), or no longer.
        NotFound = "not-found",
        /// The calls of this hour are used up (403 or 429 with nothing remaining).
        Limited = "limited",
        /// GitHub asked to pause (403 or 429 otherwise: a secondary limit).
        SlowDown = "slow-down",
        /// GitHub refuses this server (401 or 403), as with a token that does not work.
        Refused = "refused",
        /// GitHub answered that it is out of order (5xx).
        OutOfOrder = "out-of-order",
        /// No connection, or it broke.
        Unreachable = "unreachable",
        /// Nothing came within the time allowed.
        TimedOut = "timed-out",
        /// What came is not what was asked for.
        Broken = "broken",
        /// More came than is taken.
        TooLarge = "too-large",
        /// The answer leads to another host, where nothing is sent.
        Redirected = "redirected",
        /// The operator has switched it off: nothing is asked.
        SwitchedOff = "switched-off",
    }
}

impl GithubFailure {
    /// The HTTP status that says the same.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound | Self::SwitchedOff => 404,
            Self::Limited | Self::SlowDown => 503,
            Self::Refused
            | Self::OutOfOrder
            | Self::Unreachable
            | Self::TimedOut
            | Self::Broken
            | Self::TooLarge
            | Self::Redirected => 502,
        }
    }
}

crate::questions::words! {
    /// What is to be known of a repository before its numbers are read.
    #[schema(as = GithubRepositoryFlag)]
    RepositoryFlag {
        /// A copy of somebody else's. It counts in no share.
        Fork = "fork",
        /// Put to rest by its owner. It counts in no share.
        Archived = "archived",
        /// Made to be copied. It counts in no share.
        Template = "template",
        /// Notebooks make up a large part of it. They hold results beside code.
        Notebooks = "notebooks",
        /// Files that programs wrote make up a large part of it, or it says so itself.
        Generated = "generated",
        /// It is larger than the rest together allows: it counts with 40 %.
        Capped = "capped",
    }
}

impl RepositoryFlag {
    /// Whether a repository with it counts in no share.
    pub const fn excludes(self) -> bool {
        matches!(self, Self::Fork | Self::Archived | Self::Template)
    }
}

crate::questions::words! {
    /// A part of a profile, which is fetched by itself.
    #[schema(as = GithubPart)]
    Part {
        Account = "account",
        Repositories = "repositories",
        Activity = "activity",
        Languages = "languages",
        Readmes = "readmes",
        Files = "files",
    }
}

/// Something that GitHub did not give at the last look-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubProblem)]
pub struct ProfileProblem {
    pub part: Part,
    pub failure: GithubFailure,
    /// How many pieces of that part are missing for it, or older than they should be.
    pub times: u32,
    /// When asking again makes sense, if GitHub said so.
    pub again_at: Option<DateTime<Utc>>,
    /// When what is shown in its place was fetched; none where nothing is.
    pub shown_from: Option<DateTime<Utc>>,
}

/// Bytes of a language, as GitHub counts them: what is vendored or generated is left out there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubLanguageBytes)]
pub struct LanguageBytes {
    pub language: String,
    pub bytes: u64,
}

/// Files of a kind in a repository.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubFileShare)]
pub struct FileShare {
    pub files: u32,
    /// Their part of the bytes of all files, between 0 and 1.
    pub share: f64,
}

/// A public repository of the account's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubRepository)]
pub struct Repository {
    pub name: String,
    /// Its page.
    pub url: String,
    pub description: Option<String>,
    /// The language that most of it is written in, as GitHub says.
    pub main_language: Option<String>,
    /// The most first. Empty when there are none, or when they were not read.
    pub languages: Vec<LanguageBytes>,
    /// Whether its languages were read: so many calls cannot read all.
    pub is_read: bool,
    pub created_at: Option<DateTime<Utc>>,
    pub pushed_at: Option<DateTime<Utc>>,
    pub stars: u32,
    pub topics: Vec<String>,
    /// The first words of its README, as plain text.
    pub readme_excerpt: Option<String>,
    /// Notebooks among its files, where those were looked at.
    pub notebooks: Option<FileShare>,
    /// Files among them that programs wrote, by their names.
    pub generated: Option<FileShare>,
    pub flags: Vec<RepositoryFlag>,
}

impl Repository {
    /// Whether it counts in the shares.
    pub fn counts(&self) -> bool {
        !self.flags.iter().any(|flag| flag.excludes())
    }

    /// Bytes of all its languages.
    pub fn bytes(&self) -> u64 {
        self.languages.iter().map(|language| language.bytes).sum()
    }
}

/// The share of a language, three ways. Each is between 0 and 1; each way sums to 1 over all languages, or is 0 for all where nothing
/// counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubLanguageShare)]
pub struct LanguageShare {
    pub language: String,
    /// By bytes, no repository with more than 40 %.
    pub by_bytes: f64,
    /// By the number of repositories of which it is the main language.
    pub by_repositories: f64,
    /// By bytes again, of what was pushed to within the last 12 months.
    pub recent: f64,
    /// It is the language of notebooks, whose bytes are mostly results.
    pub is_notebooks: bool,
}

/// Repositories that count in no share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubExcluded)]
pub struct Excluded {
    pub forks: u32,
    pub archived: u32,
    pub templates: u32,
}

/// The shares of all languages, and what they are shares of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubLanguages)]
pub struct Languages {
    /// The largest first.
    pub shares: Vec<LanguageShare>,
    /// Repositories whose bytes are counted.
    pub read: u32,
    /// Repositories that are counted by their main language.
    pub counted: u32,
    /// Repositories whose bytes are counted and that were pushed to within the last 12 months.
    pub recent: u32,
    /// Repositories that would count by bytes and were not read.
    pub unread: u32,
    /// A repository that has several of these marks is counted under the first.
    pub excluded: Excluded,
}

/// Public events of the account, as far back as GitHub tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubEventCounts)]
pub struct EventCounts {
    pub pushes: u32,
    pub pull_requests: u32,
    pub reviews: u32,
    pub issues: u32,
    pub others: u32,
}

/// A month of somebody's repositories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubMonthActivity)]
pub struct MonthActivity {
    /// Its first day.
    pub month: NaiveDate,
    /// Repositories that were begun in it.
    pub begun: u32,
    /// Repositories that were pushed to in it for the last time.
    pub pushed: u32,
}

/// What somebody has been doing in public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubActivity)]
pub struct Activity {
    /// The last 12 months, the oldest first.
    pub months: Vec<MonthActivity>,
    /// None when it was not read.
    pub events: Option<EventCounts>,
    /// The day of the oldest of these events.
    pub events_since: Option<NaiveDate>,
    /// Repositories that these events are about.
    pub repositories: u32,
}

/// Calls to GitHub, and how many it still lets this server make.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubCalls)]
pub struct Calls {
    /// Calls that this look-up made; 0 when everything was kept.
    pub made: u32,
    /// Most calls that a look-up makes.
    pub most: u32,
    /// Whether they go under a token of the operator's.
    pub with_token: bool,
    /// Calls an hour, as GitHub last said; none before the first one.
    pub limit: Option<u32>,
    pub remaining: Option<u32>,
    /// When all of them come back.
    pub resets_at: Option<DateTime<Utc>>,
}

/// A profile as it was last fetched. Whatever is missing stands in `problems`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubProfile)]
pub struct Profile {
    /// As GitHub writes it.
    pub user_name: String,
    /// The name that the account shows, when it has one.
    pub display_name: Option<String>,
    /// Its page.
    pub url: String,
    /// Since when there is the account.
    pub since: Option<DateTime<Utc>>,
    /// Public repositories, as GitHub counts them.
    pub public_repositories: u32,
    pub followers: u32,
    /// When the oldest part of what is shown was fetched, or was the same at GitHub.
    pub fetched_at: DateTime<Utc>,
    /// From when on a look-up asks GitHub again.
    pub fresh_until: DateTime<Utc>,
    pub languages: Languages,
    /// Those that were pushed to last first.
    pub repositories: Vec<Repository>,
    pub activity: Activity,
    pub calls: Calls,
    pub problems: Vec<ProfileProblem>,
}

crate::questions::words! {
    /// Where a suggested name comes from.
    #[schema(as = GithubNameOrigin)]
    NameOrigin {
        /// The person looked it up.
        LookedUp = "looked-up",
        /// The account at GitHub that signs the person in.
        Linked = "linked",
    }
}

/// What the page shows before anything is asked of GitHub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GithubView {
    /// A name to begin with.
    pub user_name: Option<String>,
    pub origin: Option<NameOrigin>,
    /// The account at GitHub that signs the person in, as it is called.
    pub linked: Option<String>,
    /// What is kept of that name, however old. No call is made for it.
    pub profile: Option<Profile>,
    pub calls: Calls,
    /// The host that a look-up asks.
    pub host: String,
}

crate::questions::words! {
    /// What a fact is about.
    #[schema(as = GithubFactKind)]
    FactKind {
        Languages = "languages",
        Description = "description",
        Readme = "readme",
        Activity = "activity",
        Stars = "stars",
        Notebooks = "notebooks",
        Generated = "generated",
    }
}

/// Something that is true of a repository, to be cited. The texts are whole sentences that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GithubFact)]
pub struct Fact {
    /// The name of the repository.
    pub repository: String,
    pub url: String,
    pub kind: FactKind,
    pub text_ko: String,
    pub text_en: String,
}
