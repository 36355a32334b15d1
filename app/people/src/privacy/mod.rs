//! What is stored where, for how long, and who receives some of it: for everybody to read.

mod privacy_page;
mod server_fns;

pub use privacy_page::privacy_page;
