//! What surrounds every page.

mod admin_nav;
mod footer;
mod header;
mod preparation;

pub use admin_nav::AdminNav;
pub use footer::Footer;
pub use header::Header;
