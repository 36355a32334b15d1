//! What the tests share: applications on fresh databases, a scripted upstream, a scripted provider of logins, and a scripted GitHub.

mod fixture;
pub mod github;
pub mod provider;
pub mod upstream;

pub use fixture::{Fixture, PASSWORD, each_database};
