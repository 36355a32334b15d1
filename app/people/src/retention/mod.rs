//! For how long interviews are kept.

mod retention_form;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;

pub use retention_form::RetentionForm;
#[cfg(not(target_family = "wasm"))]
pub use rows::page;
pub use server_fns::RetentionPage;
