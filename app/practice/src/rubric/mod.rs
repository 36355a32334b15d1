//! What answers are judged by, for everybody to read.

mod rubric_page;
mod server_fns;

pub use rubric_page::rubric_page;
