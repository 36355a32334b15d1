//! The interviewer: one trait, the built-in engine and language models behind it.
//!
//! What happens next in an interview is decided by rules ([`super::plan`]), so that an interview keeps the shape it was
//! set up with. An interviewer puts it into words, and judges the answers.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use super::feedback::from_coverage;
use super::{CriterionFeedback, Feedback, InterviewerLabel};
use crate::ModelFailure;
use crate::letters::LetterContent;
use crate::letters::proposals::{DraftBrief, ImprovementPoint};
use crate::material::{AskBrief, CompareBrief, Contradiction, Made};
use crate::questions::{Depth, Field, Language, Level, Question};
use crate::scoring::{Coverage, KeyPoints, cover};
use crate::usage::Meter;

/// Words on their way to the candidate, in pieces of any length. Sending fails when the turn was stopped.
pub type Words = mpsc::Sender<String>;

/// Something that can hold an interview.
#[async_trait]
pub trait Interviewer: Send + Sync {
    /// What is stored with everything that it produces.
    fn label(&self) -> InterviewerLabel;

    /// Whether it can make up questions where the bank has too few.
    fn makes_questions(&self) -> bool;

    /// Says one turn. The verbatim text of [`Act::Greet`] and [`Act::MoveOn`], the main question, is not part of it: it is added
    /// behind these words unchanged.
    ///
    /// # Errors
    /// [`ModelFailure`] when no more words come; those that were sent stand.
    async fn speak(&self, brief: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure>;

    /// Judges the answers to one main question.
    ///
    /// # Errors
    /// [`ModelFailure`] when there is no usable judgement, after its own attempts to repair one.
    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure>;

    /// Judges again what the candidate disputes, and answers with reasons, if it has words of its own.
    ///
    /// # Errors
    /// As [`Interviewer::assess`].
    async fn reconsider(
        &self,
        brief: &AssessmentBrief,
        _reason: &str,
        _before: &Feedback,
    ) -> Result<(Feedback, Option<String>), ModelFailure> {
        Ok((self.assess(brief).await?, None))
    }

    /// Rates the same answers by the rubric: every criterion that applies, or none when it does not rate.
    ///
    /// # Errors
    /// [`ModelFailure`] when there is no usable rating, after its own attempts to repair one.
    async fn rate(&self, _brief: &AssessmentBrief) -> Result<Vec<CriterionFeedback>, ModelFailure> {
        Ok(Vec::new())
    }

    /// Makes one question up, in the form of the bank.
    ///
    /// # Errors
    /// [`ModelFailure`] when there is no question of the right form, or when it cannot make any.
    async fn make_question(&self, brief: &QuestionBrief) -> Result<Question, ModelFailure>;

    /// Writes what answers to a question of somebody else's are judged by, in the form of the bank. What is asked stays as it is.
    ///
    /// # Errors
    /// As [`Interviewer::make_question`].
    async fn complete_question(
        &self,
        _brief: &QuestionBrief,
        _asked: &str,
    ) -> Result<Question, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    /// Who writes drafts of letters and reads them, with the version of its prompts; none when it does neither.
    fn letter_writer(&self) -> Option<InterviewerLabel> {
        None
    }

    /// Writes an answer of a letter, out of what the person has told and nothing else.
    ///
    /// # Errors
    /// [`ModelFailure`] when no more words come; those that were sent stand.
    async fn draft_letter(&self, _brief: &DraftBrief, _words: Words) -> Result<(), ModelFailure> {
        Err(ModelFailure::Broken)
    }

    /// Says what a reader would improve about a letter. Every point is proven by words that stand in it.
    ///
    /// # Errors
    /// [`ModelFailure`] when there are no usable points, after its own attempts to repair them.
    async fn improve_letter(&self, _letter: &LetterContent) -> Result<Vec<ImprovementPoint>, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    /// Asks about a material in words of its own. What it quotes was found there to the letter.
    ///
    /// # Errors
    /// As [`Interviewer::make_question`].
    async fn ask_about(&self, _brief: &AskBrief) -> Result<Made, ModelFailure> {
        Err(ModelFailure::Broken)
    }

    /// Finds where materials and answers contradict each other. Both quotes of each were found to the letter.
    ///
    /// # Errors
    /// [`ModelFailure`] when it cannot be said, after its own attempts to repair it.
    async fn contradictions(&self, _brief: &CompareBrief) -> Result<Vec<Contradiction>, ModelFailure> {
        Ok(Vec::new())
    }

    /// From now on its calls to a model server are counted, if it makes any. To be called once.
    fn count_calls(&self, _meter: Meter) {}

    /// The host of the model server that it calls, if it calls any.
    fn host(&self) -> Option<String> {
        None
    }

    /// Makes one small call, to see whether the model answers. Without a model there is nothing that could fail.
    ///
    /// # Errors
    /// How the call failed.
    async fn try_out(&self) -> Result<(), ModelFailure> {
        Ok(())
    }
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// Everything that was to be said was said.
    Said,
    /// Nothing was said: asked to probe, the interviewer holds the question for exhausted and wants to move on.
    MoveOn,
}

/// What the interviewer is to do in a turn.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Greet. The first main question follows.
    Greet,
    /// Ask one follow-up.
    Probe(Probe),
    /// Take note of the answer without judging it. The next main question follows.
    MoveOn { skipped: bool },
    /// Thank and say that it is over.
    Close { early: bool },
}

/// A follow-up to what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    pub depth: Depth,
    pub reason: ProbeReason,
    /// What the bank would ask here.
    pub ask: String,
    /// Words of the candidate that it goes back to.
    pub quote: Option<String>,
}

/// Why a follow-up is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProbeReason {
    /// The answer was too short to judge.
    TooShort,
    /// A point that a full answer makes was not made.
    Missing,
    /// A point was denied, or a common misconception was said: is it meant like that?
    Confirm,
    /// The answer was full: one level deeper.
    Deeper,
    /// Two misses: one level down, once.
    StepDown,
}

/// Everything an interviewer knows when it speaks.
#[derive(Clone, Debug)]
pub struct SpeechBrief {
    pub field: Field,
    pub level: Level,
    pub language: Language,
    /// How the candidate wants to be called.
    pub candidate_name: String,
    pub question_count: u32,
    /// Position of the open question, from 0.
    pub position: u32,
    pub act: Act,
    /// The words of the built-in interviewer for this act, the main question left out.
    pub script: String,
    /// The question that is being talked about; with [`Act::Greet`] and [`Act::MoveOn`] the one that comes next.
    pub question: Option<Question>,
    /// What was said about the question that was open until now, oldest first.
    pub exchange: Vec<Utterance>,
    /// The key points found in it so far.
    pub coverage: Option<Coverage>,
    /// Words of the person's material that were read out, and past questions: what repeats them is not in our words.
    pub read_out: Vec<String>,
}

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    pub by_candidate: bool,
    pub text: String,
}

/// What is judged.
#[derive(Clone, Debug)]
pub struct AssessmentBrief {
    pub level: Level,
    pub language: Language,
    pub question: Question,
    /// The question, the answers and the probes, oldest first.
    pub exchange: Vec<Utterance>,
    /// The candidate's words alone, in order: [`crate::scoring::Span::answer`] counts them.
    pub answers: Vec<String>,
    /// The judgement of the built-in interviewer on the same answers.
    pub builtin: Feedback,
}

impl AssessmentBrief {
    /// What is judged of an exchange on a question, with what the rules say of its answers. They are compared with every key point,
    /// which keeps a core busy for a while.
    pub fn new(level: Level, language: Language, question: Question, exchange: Vec<Utterance>) -> Self {
        let said = exchange.iter().filter(|utterance| utterance.by_candidate);
        let answers: Vec<String> = said.map(|utterance| utterance.text.clone()).collect();
        let said: Vec<&str> = answers.iter().map(String::as_str).collect();
        let builtin = from_coverage(&question, &cover(&KeyPoints::new(&question), &said));
        Self { level, language, question, exchange, answers, builtin }
    }

    /// An answer to a main question, without probes.
    pub fn of_answer(question: &Question, answer: &str) -> Self {
        let said = |by_candidate, text: &str| Utterance { by_candidate, text: text.to_owned() };
        let exchange = vec![said(false, &question.question), said(true, answer)];
        Self::new(question.level, question.language, question.clone(), exchange)
    }

    /// Whether nothing was said, too little, or nothing on the question: then no model is asked, since it may be talked into praise.
    /// Nor is one asked without key points: whatever it said would be its own invention.
    pub fn has_nothing_to_judge(&self) -> bool {
        self.is_too_short() || self.builtin.off_topic || self.question.points.is_empty()
    }

    /// Whether nothing was said, or too little.
    pub fn is_too_short(&self) -> bool {
        self.answers.iter().all(|answer| answer.trim().is_empty()) || self.builtin.too_short
    }
}

/// What a question is to be about.
#[derive(Clone, Debug)]
pub struct QuestionBrief {
    pub field: Field,
    pub level: Level,
    pub language: Language,
    /// Names of the chosen topics, possibly none.
    pub topics: Vec<String>,
    /// Questions that this interview and the last ones asked already.
    pub avoid: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::samples::question;

    #[test]
    fn the_answers_of_a_brief_are_what_the_candidate_said_in_order() {
        let said = |by_candidate, text: &str| Utterance { by_candidate, text: text.to_owned() };
        let exchange =
            vec![said(false, "A dirty read?"), said(true, "One."), said(false, "Why?"), said(true, "Two.")];
        let brief = AssessmentBrief::new(Level::Senior, Language::English, question(), exchange);
        assert_eq!(brief.answers, ["One.", "Two."]);
        assert_eq!((brief.level, brief.exchange.len()), (Level::Senior, 4));
    }

    #[test]
    fn a_brief_brings_what_the_rules_say() {
        let answer = "A dirty read sees data of another transaction that is not committed yet, so it may never have been there.";
        let brief = AssessmentBrief::of_answer(&question(), answer);
        let key_points = KeyPoints::new(&brief.question);
        assert_eq!(brief.builtin, from_coverage(&brief.question, &cover(&key_points, &[answer])));
        assert!(!brief.has_nothing_to_judge());
        assert!(AssessmentBrief::of_answer(&question(), "  ").has_nothing_to_judge());
    }
}
