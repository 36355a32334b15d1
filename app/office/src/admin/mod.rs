//! The pages of administrators: accounts, the ledger of all people, settings and invitations, and the audit log.

mod audit_page;
mod filter;
mod fresh_link;
mod invitations;
mod ledger_page;
mod retention_max;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod settings_page;
mod user_forms;
mod user_page;
mod users_page;

pub use audit_page::audit_page;
pub use ledger_page::ledger_page;
pub use settings_page::settings_page;
pub use user_page::user_page;
pub use users_page::users_page;
