//! Résumés and job postings: keeping them, reading them from files, and making a cover letter of one that was written elsewhere.

mod document_list;
mod document_page;
mod documents_page;
mod draft;
mod editor;
mod file_field;
mod item_list;
mod letter_page;
mod new_document;
#[cfg(not(target_family = "wasm"))]
mod rows;
mod server_fns;
mod text_field;
mod upload;

pub use document_page::document_page;
pub use documents_page::documents_page;
pub use letter_page::letter_page;
