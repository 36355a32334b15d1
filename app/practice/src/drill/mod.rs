//! The drill: missed key points as cards, a few every day.

mod card;
mod card_list;
mod drill_page;
mod server_fns;

pub use drill_page::drill_page;
