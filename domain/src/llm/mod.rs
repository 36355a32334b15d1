//! The interviewer that is a language model, behind the OpenAI-compatible API.
//!
//! What a candidate says reaches the model in the user role only, between tags. What the model says about an answer counts only
//! with words of that answer. Neither ever reaches the log.

mod assess;
mod client;
mod dispute;
mod evidence;
mod failed;
mod json;
mod letter_draft;
mod letter_points;
mod make_question;
mod prompts;
mod rate;
#[cfg(test)]
mod samples;
mod shape;
mod speak;
mod sse;
mod stream;
mod visible;

use async_trait::async_trait;

use crate::ModelFailure;
use crate::interview::{
    AssessmentBrief, CriterionFeedback, Feedback, Interviewer, InterviewerKind, InterviewerLabel,
    QuestionBrief, SpeechBrief, Spoken, Words,
};
use crate::letters::LetterContent;
use crate::letters::proposals::{DraftBrief, ImprovementPoint};
use crate::questions::Question;
use crate::usage::Meter;

pub use client::ModelConfig;
pub use rate::CALLS_PER_RATING;

/// Interviews with a language model.
#[derive(Debug)]
pub struct ModelInterviewer {
    client: client::Client,
}

impl ModelInterviewer {
    /// Calls nobody yet.
    ///
    /// # Errors
    /// When the base URL, the key or the name of the model cannot be used.
    pub fn new(config: ModelConfig) -> anyhow::Result<Self> {
        Ok(Self { client: client::Client::new(config)? })
    }
}

#[async_trait]
impl Interviewer for ModelInterviewer {
    fn label(&self) -> InterviewerLabel {
        InterviewerLabel {
            kind: InterviewerKind::Model,
            model: Some(self.client.config.model.clone()),
            version: prompts::versions(),
        }
    }

    fn makes_questions(&self) -> bool {
        true
    }

    async fn speak(&self, brief: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure> {
        speak::speak(&self.client, brief, words).await
    }

    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        assess::assess(&self.client, self.label(), brief).await
    }

    async fn reconsider(
        &self,
        brief: &AssessmentBrief,
        reason: &str,
        before: &Feedback,
    ) -> Result<(Feedback, Option<String>), ModelFailure> {
        dispute::reconsider(&self.client, self.label(), brief, reason, before).await
    }

    async fn rate(&self, brief: &AssessmentBrief) -> Result<Vec<CriterionFeedback>, ModelFailure> {
        rate::rate(&self.client, brief).await
    }

    async fn make_question(&self, brief: &QuestionBrief) -> Result<Question, ModelFailure> {
        make_question::make_question(&self.client, brief).await
    }

    fn letter_writer(&self) -> Option<InterviewerLabel> {
        Some(InterviewerLabel { version: prompts::letter_versions(), ..self.label() })
    }

    async fn draft_letter(&self, brief: &DraftBrief, words: Words) -> Result<(), ModelFailure> {
        letter_draft::draft(&self.client, brief, words).await
    }

    async fn improve_letter(&self, letter: &LetterContent) -> Result<Vec<ImprovementPoint>, ModelFailure> {
        letter_points::points(&self.client, letter).await
    }

    fn count_calls(&self, meter: Meter) {
        self.client.count_calls(meter);
    }

    fn host(&self) -> Option<String> {
        self.client.host()
    }

    async fn try_out(&self) -> Result<(), ModelFailure> {
        self.client.try_out().await
    }
}
