//! What calls to the model come to, for administrators.

mod charts;
mod health;
mod server_fns;
mod tables;
mod texts;
mod usage_page;

pub use usage_page::usage_page;
