//! API tokens: making them, with the one chance to copy the secret, and revoking them.

mod fresh_secret;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod token_form;
mod token_list;
mod tokens_page;

pub use tokens_page::tokens_page;
