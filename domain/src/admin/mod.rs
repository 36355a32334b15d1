//! What administrators do about accounts: finding them, limiting and suspending them, helping them back in, inviting new ones.
//!
//! They see that somebody practises, and never what was asked, answered or judged.

mod view;

pub use view::{
    INVITATIONS_MAX, InvitationDays, InvitationView, LEDGER_PAGE, LedgerFilter, LedgerLine, LedgerPage,
    LimitView, USERS_PAGE, UserFilter, UserPage, UserView,
};

#[cfg(not(target_family = "wasm"))]
pub mod service;
