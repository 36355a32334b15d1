//! The tables, one file each. No screen and no reply holds one; outside this crate only the session store uses its own.

pub mod action_limit;
pub mod allowance;
pub mod assessment;
pub mod deletion_receipt;
pub mod drill_card;
pub mod interview;
pub mod interview_question;
pub mod ledger_entry;
pub mod notebook_entry;
pub mod overrides;
pub mod score_check;
pub mod session;
pub mod share;
pub mod today_question;
pub mod turn;
pub mod user;
