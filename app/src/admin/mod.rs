//! The pages of administrators: what they share.

mod nav;

pub use nav::AdminNav;
