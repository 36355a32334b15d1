//! What may be used in a day, and what was.

mod allowance_page;
mod server_fns;

pub use allowance_page::allowance_page;
