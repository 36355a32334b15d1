//! What Daedap is, for somebody who sees it for the first time.

mod example;
mod home_page;

pub use home_page::home_page;
