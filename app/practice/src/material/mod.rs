//! A person's own material: choosing it for an interview, and showing the words that a question is about.

mod chooser;
mod contradictions;
mod cue;
mod preview;
mod server_fns;

pub use chooser::{MaterialChoice, preselected};
pub use contradictions::MaterialSection;
pub use cue::CueView;
