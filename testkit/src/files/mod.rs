//! Files as people have them, and as nobody should: PDFs and DOCX, made here byte by byte.

pub mod docx;
mod font;
pub mod pdf;

pub use docx::docx;
pub use pdf::{Pdf, korean_pdf, latin_pdf};
