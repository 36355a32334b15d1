//! The tables, one file each. No screen and no reply holds one; outside this crate only the session store uses its own.

pub mod action_limit;
pub mod allowance;
pub mod api_token;
pub mod assessment;
pub mod audio_clip;
pub mod audit_entry;
pub mod deletion_receipt;
pub mod drill_card;
pub mod idempotency_key;
pub mod identity;
pub mod interview;
pub mod interview_question;
pub mod ledger_entry;
pub mod login_attempt;
pub mod model_usage;
pub mod notebook_entry;
pub mod one_time_link;
pub mod overrides;
pub mod score_check;
pub mod session;
pub mod setting;
pub mod share;
pub mod today_question;
pub mod turn;
pub mod unfinished_sign_up;
pub mod user;
