//! What the interviewer says as sound: made when it is asked for, kept for an hour, and opened by an address that nobody guesses.

mod espeak;
mod model;
mod playable;
pub mod service;
mod synthesizer;

pub use espeak::Espeak;
pub use model::{ModelVoice, VoiceConfig};
pub use synthesizer::{Audio, SpeechFailure, SpeechSynthesizer};
