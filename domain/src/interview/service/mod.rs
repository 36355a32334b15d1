//! What a person can do with interviews. Every function takes the viewer and touches nothing of anybody else's.

mod assess_again;
mod begin;
mod compare;
mod events;
mod history;
mod recent;
mod report;
mod retake;
mod room;
mod start;

pub use assess_again::{assess_again, set_override};
pub use compare::{compare, earlier};
pub use events::{Cursor, RoomListener};
pub use history::{delete, history, history_page};
pub(crate) use report::assemble;
pub use report::{export, report};
pub use retake::{practise, retake};
pub use room::{act, answer, room, save_draft};
pub use start::{setup_options, start};

pub(crate) use begin::begin;
pub(crate) use recent::{asked_since, recent};
pub(crate) use retake::practice;
