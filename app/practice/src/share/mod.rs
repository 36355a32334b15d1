//! Share links: making and revoking them below a report, and the page that they lead to.

#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod share_list;
mod share_section;
mod shared_page;

pub use share_section::ShareSection;
pub use shared_page::shared_page;
