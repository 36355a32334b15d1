//! How far the scorer agrees with the graders of the golden set, for administrators.

mod figures;
mod run_now;
mod score_check_page;
mod server_fns;

pub use score_check_page::score_check_page;
