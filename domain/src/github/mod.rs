//! A public profile at GitHub: what somebody's own repositories are made of, and facts of them that a question can cite.
//!
//! It tells the share of public code, not skill. Nothing but the user name is sent, and only what everybody can read is fetched. What
//! GitHub answers is kept for a week and asked again after a day; it is public, so whoever asks for the same name shares it.

mod facts;
mod user_name;
mod view;

#[cfg(not(target_family = "wasm"))]
mod analysis;
#[cfg(all(test, not(target_family = "wasm")))]
mod analysis_tests;
#[cfg(not(target_family = "wasm"))]
mod assemble;
#[cfg(not(target_family = "wasm"))]
mod client;
#[cfg(not(target_family = "wasm"))]
mod desk;
#[cfg(not(target_family = "wasm"))]
mod files;
#[cfg(not(target_family = "wasm"))]
mod kept;
#[cfg(not(target_family = "wasm"))]
mod look_up;
#[cfg(not(target_family = "wasm"))]
mod readme;
#[cfg(not(target_family = "wasm"))]
mod refusal;
#[cfg(not(target_family = "wasm"))]
mod reply;
#[cfg(not(target_family = "wasm"))]
pub mod service;

pub use facts::facts;
pub use user_name::UserName;
pub use view::{
    Activity, Calls, EventCounts, Excluded, Fact, FactKind, FileShare, GithubFailure, GithubView,
    LanguageBytes, LanguageShare, Languages, MonthActivity, NameOrigin, Part, Profile, ProfileProblem,
    Repository, RepositoryFlag,
};

#[cfg(not(target_family = "wasm"))]
pub use {
    client::{Client, GITHUB_API, GithubConfig},
    desk::Desk,
};
