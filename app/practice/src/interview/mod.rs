//! Interviews: setting one up, the room, the report and the history.

mod again;
mod assessments;
mod company_choice;
mod compare_page;
mod composer;
mod connection;
mod draft;
mod evidence;
mod feedback;
mod history_filter;
mod history_page;
mod rating;
mod report_page;
mod report_question;
mod retake;
mod room;
mod room_bar;
mod room_page;
mod room_state;
mod server_fns;
mod setup_choice;
mod setup_form;
mod setup_page;
mod start_button;
#[cfg(not(target_family = "wasm"))]
pub mod topics;
mod transcript;

pub use compare_page::compare_page;
pub use history_page::history_page;
pub use report_page::{ReportBody, report_page};
pub use room_page::room_page;
pub use server_fns::{ReportPage, practise};
pub use setup_page::setup_page;
pub use start_button::{StartButton, Starting};
