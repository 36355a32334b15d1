//! The question bank: looking through it, and the page of one question.

mod question_page;
mod questions_page;
mod server_fns;
mod shown;
mod study;

pub use question_page::question_page;
pub use questions_page::questions_page;
pub use server_fns::bank_topics;
pub use shown::{Pages, TopicOptions, address};
pub use study::{Answers, Behind, FollowUps, Passage, Practise};
