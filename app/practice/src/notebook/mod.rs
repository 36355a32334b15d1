//! The notebook: questions that were asked, with a star and a memo.

mod entry;
mod filter;
mod mark;
mod notebook_page;
mod server_fns;

pub use entry::EarlierAnswers;
pub use mark::{NotebookMark, OpenMemos};
pub use notebook_page::notebook_page;
pub use server_fns::AnswerRow;
#[cfg(not(target_family = "wasm"))]
pub use server_fns::answer_rows;
