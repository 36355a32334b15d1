//! A public profile at GitHub: what somebody's own repositories are made of, and facts of them that a question can cite.
//!
//! It tells the share of public code, not skill. Nothing but the user name is sent, and only what everybody can read is fetched.

mod facts;
mod user_name;
mod view;

pub use facts::facts;
pub use user_name::UserName;
pub use view::{
    Activity, Calls, EventCounts, Excluded, Fact, FactKind, FileShare, GithubFailure, GithubView,
    LanguageBytes, LanguageShare, Languages, MonthActivity, NameOrigin, Part, Profile, ProfileProblem,
    Repository, RepositoryFlag,
};
