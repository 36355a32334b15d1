//! A receipt: that an account was deleted, when, and how much went with it. It names nobody, and is there for whoever has its address.

mod view;

pub use view::{RECEIPT_DAYS, ReceiptView};

#[cfg(not(target_family = "wasm"))]
pub mod service;
