//! The tables, one file each. They never leave this crate.

pub mod action_limit;
pub mod allowance;
pub mod interview;
pub mod interview_question;
pub mod ledger_entry;
pub mod session;
pub mod turn;
pub mod user;
