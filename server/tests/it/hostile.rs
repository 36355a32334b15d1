//! Texts that want to be more than text, and a model that says nothing else.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ModelFailure;
use domain::interview::{
    AssessmentBrief, Comment, Feedback, Interviewer, InterviewerKind, InterviewerLabel, QuestionBrief,
    SentenceFix, SpeechBrief, Spoken, Words,
};
use domain::questions::{Bank, Language, Question};

/// Stands in every hostile text.
pub const CANARY: &str = "xsscanary";

pub const PAYLOADS: &[&str] = &[
    "<script>alert('xsscanary')</script>",
    "</script><script>xsscanary()",
    "</textarea><b onclick=xsscanary()>",
    "</title><script>xsscanary()",
    "</option></select><script>xsscanary()",
    "\"><img src=x onerror=xsscanary()>",
    "' onfocus='xsscanary()' autofocus x='",
    "\" onfocus=\"xsscanary()\" autofocus x=\"",
    "<svg/onload=xsscanary()>",
    "<xsscanary xsscanary=xsscanary>",
    "<iframe srcdoc='<script>parent.xsscanary()</script>'>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=xsscanary()>",
    "<style>@import 'https://evil.example/xsscanary';</style>",
    "<base href='https://evil.example/xsscanary/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/xsscanary'>",
    "<!-- xsscanary",
    "--><script>xsscanary()</script>",
    "]]><script>xsscanary()</script>",
    "<plaintext>xsscanary",
    "javascript:xsscanary()",
    "[x](javascript:xsscanary)",
    "<javascript:xsscanary>",
    "![x](https://evil.example/xsscanary.png)",
    "[x](data:text/html;base64,xsscanary)",
    "\";xsscanary();//",
    "\\\";xsscanary();//",
    "\\\\\";xsscanary();//",
    "'};xsscanary();//",
    "`${xsscanary()}`",
    "\n\";xsscanary();//",
    "\u{2028}\";xsscanary();//",
    "\\u003c/script\\u003e\\u003cscript\\u003exsscanary()",
    "&lt;script&gt;xsscanary()&lt;/script&gt;",
    "&quot; onfocus=xsscanary() x=&quot;",
    "{{xsscanary}}",
    "\u{202e}xsscanary\u{2066}<script>xsscanary()</script>",
];

/// All of them at once.
pub fn all() -> String {
    PAYLOADS.join("\n\n")
}

/// A model that has been turned.
pub struct HostileModel;

impl HostileModel {
    pub fn interviewer() -> Arc<dyn Interviewer> {
        Arc::new(Self)
    }
}

#[async_trait]
impl Interviewer for HostileModel {
    fn label(&self) -> InterviewerLabel {
        InterviewerLabel { kind: InterviewerKind::Model, model: Some(all()), version: all() }
    }

    fn makes_questions(&self) -> bool {
        true
    }

    async fn speak(&self, _brief: &SpeechBrief, words: Words) -> Result<Spoken, ModelFailure> {
        for payload in PAYLOADS {
            words.send(format!("{payload}\n\n")).await.map_err(|_| ModelFailure::Broken)?;
        }
        Ok(Spoken::Said)
    }

    async fn assess(&self, brief: &AssessmentBrief) -> Result<Feedback, ModelFailure> {
        let mut feedback = brief.builtin.clone();
        feedback.by = self.label();
        feedback.too_short = false;
        for point in &mut feedback.points {
            point.say = all();
        }
        let sentence = Some(SentenceFix { quote: all(), better: all() });
        feedback.comment = Some(Comment { good: all(), improve: all(), sentence });
        Ok(feedback)
    }

    async fn make_question(&self, _brief: &QuestionBrief) -> Result<Question, ModelFailure> {
        let bank = Bank::load(None).map_err(|_| ModelFailure::Broken)?;
        let template =
            bank.questions(Language::Korean, None, None, None).next().ok_or(ModelFailure::Broken)?;
        let mut question = template.as_ref().clone();
        question.id = format!("made/{CANARY}");
        question.question = all();
        question.intent = all();
        question.model_answer = all();
        question.misconception = all();
        question.sources = PAYLOADS.iter().map(|payload| format!("https://evil.example/{payload}")).collect();
        question.sources.extend(PAYLOADS.iter().map(|payload| (*payload).to_owned()));
        for point in &mut question.points {
            point.say = all();
        }
        for follow_up in &mut question.follow_ups {
            follow_up.ask = all();
        }
        Ok(question)
    }
}
