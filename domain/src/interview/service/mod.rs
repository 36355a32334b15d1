//! What a person can do with interviews. Every function takes the viewer and touches nothing of anybody else's.

mod assess_again;
mod begin;
mod by_chat;
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

pub(crate) use begin::{Plan, begin, begun_before};
pub(crate) use by_chat::{
    TurnEnd, begin_by_chat, first_by_chat, last_by_chat, plan_for_chat, said_by_chat, turn_end,
};
pub(crate) use recent::{asked_since, recent};
pub(crate) use retake::practice;
pub(crate) use room::{Sent, check_answer, storable, take_answer};
