//! The audit log: who did what to whom, and when. Lines are only ever added.

mod view;

pub use view::{AUDIT_PAGE, AuditAction, AuditFilter, AuditLine, AuditPage, Party};

#[cfg(not(target_family = "wasm"))]
pub mod service;

#[cfg(not(target_family = "wasm"))]
pub use service::write;
