//! My data: how much is stored of a person, taking it along, bringing it back, and for how long it is kept.

mod data_page;
mod holdings_list;
mod import_result;
mod import_section;
mod server_fns;
mod upload;

pub use data_page::data_page;
pub use holdings_list::HoldingsList;
pub use server_fns::read_holdings;
