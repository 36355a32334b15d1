//! What a person can do with interviews. Every function takes the viewer and touches nothing of anybody else's.

mod events;
mod history;
mod report;
mod room;
mod start;

pub use events::{Cursor, RoomListener};
pub use history::{delete, history};
pub(crate) use report::assemble;
pub use report::{export, report};
pub use room::{act, answer, room, save_draft};
pub use start::{setup_options, start};
