//! The model interviewer against a model server that misbehaves.

mod assessing;
mod briefs;
pub mod logging;
mod material;
mod rating;
mod retaking;
mod speaking;

pub use briefs::{ANSWER, assessment, hear, impatient, interviewer, made, probe, speech, upstream};
