//! What the tests share: applications on fresh databases, and a scripted upstream.

mod fixture;
pub mod upstream;

pub use fixture::{Fixture, PASSWORD, each_database};
