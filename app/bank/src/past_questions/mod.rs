//! Past questions (기출): the list, the page of one, handing one in, and moderating them.

mod add_page;
mod answer_key;
mod details;
mod list_page;
mod moderation_page;
mod moderator;
mod own_list;
mod past_question_page;
mod server_fns;
mod shown;
mod similar;

pub use add_page::add_page;
pub use list_page::list_page;
pub use moderation_page::moderation_page;
pub use past_question_page::past_question_page;
