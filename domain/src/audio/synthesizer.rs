//! Whoever reads a text aloud.

use async_trait::async_trait;

use crate::ModelFailure;
use crate::questions::Language;

/// A sound that a browser can play.
#[derive(Clone, PartialEq, Eq)]
pub struct Audio {
    pub media_type: String,
    pub bytes: Vec<u8>,
}

/// Why nothing can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpeechFailure {
    #[error("it cannot be reached")]
    Unreachable,
    #[error("it refused, with status {0}")]
    Refused(u16),
    #[error("it took too long")]
    TimedOut,
    /// What came is no sound, or too much of it.
    #[error("what came is no sound")]
    Broken,
}

/// How it is counted where a model spoke.
impl From<SpeechFailure> for ModelFailure {
    fn from(failure: SpeechFailure) -> Self {
        match failure {
            SpeechFailure::Unreachable => Self::Unreachable,
            SpeechFailure::Refused(401 | 403) => Self::Refused,
            SpeechFailure::Refused(429) => Self::Limited,
            SpeechFailure::TimedOut => Self::TimedOut,
            SpeechFailure::Refused(_) | SpeechFailure::Broken => Self::Broken,
        }
    }
}

/// Reads a text aloud.
#[async_trait]
pub trait SpeechSynthesizer: Send + Sync {
    /// What the log calls it.
    fn name(&self) -> &'static str;

    /// The name of the model that is called, which is counted and may be paid for. None when it is no model.
    fn model(&self) -> Option<&str> {
        None
    }

    /// The text as sound. It keeps its own limits of time and size.
    ///
    /// # Errors
    /// [`SpeechFailure`], after no second attempt: somebody waits for it.
    async fn speak(&self, text: &str, language: Language) -> Result<Audio, SpeechFailure>;
}
