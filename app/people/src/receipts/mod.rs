//! The receipt for a deleted account.

mod receipt_page;
mod server_fns;

pub use receipt_page::receipt_page;
