//! The audit log: who did what to whom, and when. What administrators and the command line do stands in it, and of what people do with
//! their own accounts only what changes who gets in. Lines are added, and go when they are too old.

mod view;

pub use view::{AUDIT_DAYS, AUDIT_PAGE, AuditAction, AuditFilter, AuditLine, AuditPage, Party};

#[cfg(not(target_family = "wasm"))]
pub mod service;

#[cfg(not(target_family = "wasm"))]
pub use service::write;
