//! A personal API token: what a program shows instead of a session. It stands for its person, as far as its scope goes.

mod view;

pub use view::{CreatedToken, NewToken, Scope, TOKENS_MAX, TokenDays, TokenOrigin, TokenView};

#[cfg(not(target_family = "wasm"))]
mod secret;
#[cfg(not(target_family = "wasm"))]
pub mod service;
