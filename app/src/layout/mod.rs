//! What surrounds every page.

mod footer;
mod header;
mod preparation;

pub use footer::Footer;
pub use header::Header;
