//! What the tests share: applications on fresh databases, a scripted upstream, a scripted provider of logins, a
//! scripted GitHub, and files of every kind.

pub mod files;
mod fixture;
pub mod github;
pub mod provider;
pub mod upstream;

pub use fixture::{Fixture, PASSWORD, each_database};
