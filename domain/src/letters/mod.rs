//! Cover letters (자기소개서): what a person writes to a company, item by item, with what helps in writing it.
//!
//! The pure files (`count`, `checks`, `diff`, `outline`, `supplied`, `templates`, `history`, `export`) hold the rules, and most of them
//! run in the browser too. `proposals` is what the program proposes to a letter; nothing of it enters the letter by itself.

pub mod checks;
pub mod count;
pub mod proposals;
mod view;

pub use count::{Counting, Measure};
pub use view::*;
