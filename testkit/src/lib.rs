//! What the tests share: applications on fresh databases, a scripted upstream, a scripted provider of logins, and
//! files of every kind.

pub mod files;
mod fixture;
pub mod provider;
pub mod upstream;

pub use fixture::{Fixture, PASSWORD, each_database};
