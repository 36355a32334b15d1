//! Today's question, on a card that other pages show.

mod server_fns;
mod today_card;

pub use today_card::TodayCard;
