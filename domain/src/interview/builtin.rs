//! The built-in interviewer: it needs no key and no network, and does the same every time.

use std::time::Duration;

use async_trait::async_trait;

use super::feedback::builtin_label;
use super::{
    AssessmentBrief, Feedback, Interviewer, InterviewerLabel, QuestionBrief, SpeechBrief, Spoken, Words,
};
use crate::ModelFailure;
use crate::questions::Question;

/// Time between two words: a pace that can be read along.
const PACE: Duration = Duration::from_millis(25);

/// Says the script word by word.
#[derive(Clone, Copy, Debug)]
pub struct BuiltinInterviewer {
    paces_words: bool,
}

impl BuiltinInterviewer {
    /// One that says everything at once unless it paces its words.
    pub const fn new(paces_words: bool) -> Self {
        Self { paces_words }
    }
}

/// Sends a text word by word. Ends early when nobody listens any more.
pub(super) async fn say_in_words(text: &str, paced: bool, words: &Words) {
    for word in text.split_inclusive(char::is_whitespace) {
        if words.send(word.to_owned()).await.is_err() {
            return;
        }
        if paced {
            tokio::time::sleep(PACE).await;
        }
    }
}

#[async_trait]
impl Interviewer for BuiltinInterviewer {
    fn label(&self) -> InterviewerLabel {
        builtin_label()
    }

    fn makes_questions(&self) -> bool {
        false
    }

    async fn speak(&self, brief: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure> {
        say_in_words(&brief.script, self.paces_words, &words).await;
        Ok(Spoken::Said)
    }

    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        Ok(brief.builtin.clone())
    }

    async fn make_question(&self, _: &QuestionBrief) -> Result<Question, ModelFailure> {
        Err(ModelFailure::Broken)
    }
}
