//! What a person's interviews say together: results over time, days of practice, and topics to practise.

mod chart;
mod practice;
mod profiles;
mod progress_page;
mod scores;
mod server_fns;

pub use progress_page::progress_page;
