//! What the tests share: applications on fresh databases, a scripted upstream, and a scripted provider of logins.

mod fixture;
pub mod provider;
pub mod upstream;

pub use fixture::{Fixture, PASSWORD, each_database};
