//! The notebook: questions that were asked, with a star and a memo.

mod entry;
mod filter;
mod mark;
mod notebook_page;
mod server_fns;

pub use mark::{NotebookMark, OpenMemos};
pub use notebook_page::notebook_page;
