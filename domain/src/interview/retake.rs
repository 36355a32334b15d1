//! Holding an interview once more: what comes in, and how two sittings look side by side.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Band, Competency, InterviewSummary, QuestionStatus, ReportView};
use crate::questions::Topic;
use crate::scoring::Verdict;

/// A finished interview is to be held once more: same field, level, language and mode.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Retake {
    /// Made with the button: the same id starts the same interview once, however often it is sent.
    pub request_id: Uuid,
    pub questions: RetakeQuestions,
}

/// What a retake asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RetakeQuestions {
    /// The same questions in the same order, those that a model made as they were.
    Same,
    /// As many others by the same setup.
    New,
    /// The one question at this position.
    Question(u32),
    /// Questions on this one topic.
    Topic(String),
}

/// An interview on chosen questions of the bank, or on past questions by their keys. Parsed by the service.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NewPractice {
    /// Made with the button: the same id starts the same interview once, however often it is sent.
    pub request_id: Uuid,
    /// From one to [`super::QUESTIONS_MAX`], in the order in which they are asked.
    pub question_ids: Vec<String>,
    pub language: String,
    pub mode: String,
}

/// Two finished interviews side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// The one that was started first.
    pub before: Sitting,
    pub after: Sitting,
    /// Topics that both asked about, in the order of the later one.
    pub topics: Vec<TopicChange>,
    /// Questions that both asked, in the order of the later one.
    pub questions: Vec<QuestionChange>,
}

/// One of two interviews that are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sitting {
    pub interview: InterviewSummary,
    /// Pauses left out.
    pub elapsed_seconds: u32,
}

/// How far a topic was explained then and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopicChange {
    pub before: Competency,
    pub after: Competency,
}

/// A question that was asked twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QuestionChange {
    /// As it was asked the second time.
    pub question: String,
    pub before: Try,
    pub after: Try,
    /// Empty while feedback is being written, and when nothing was said either time.
    pub points: Vec<PointChange>,
}

/// What was said to a question in one of the sittings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Try {
    pub position: u32,
    pub status: QuestionStatus,
    /// None without feedback.
    pub band: Option<Band>,
    /// To the question and its probes, oldest first.
    pub answers: Vec<String>,
}

/// What became of a key point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PointChange {
    /// The point in one sentence.
    pub say: String,
    pub must: bool,
    pub before: Verdict,
    pub after: Verdict,
}

crate::questions::words! {
    /// What became of a key point between two sittings.
    PointProgress {
        /// Said more of than before.
        Gained = "gained",
        /// Said less of than before.
        Lost = "lost",
        /// Not made, or only partly, both times.
        Missing = "missing",
        /// Made both times.
        Kept = "kept",
    }
}

impl PointChange {
    /// What became of it.
    pub fn progress(&self) -> PointProgress {
        let rank = |verdict| match verdict {
            Verdict::NotFound => 0,
            Verdict::Partly => 1,
            Verdict::Covered => 2,
        };
        match rank(self.after).cmp(&rank(self.before)) {
            std::cmp::Ordering::Greater => PointProgress::Gained,
            std::cmp::Ordering::Less => PointProgress::Lost,
            std::cmp::Ordering::Equal if self.after == Verdict::Covered => PointProgress::Kept,
            std::cmp::Ordering::Equal => PointProgress::Missing,
        }
    }
}

impl ReportView {
    /// The topic that was explained least; none when every one was explained in full. The first of several.
    pub fn weakest_topic(&self) -> Option<&Topic> {
        let rank = |band| match band {
            Band::Practise | Band::Unjudged => 0,
            Band::Some => 1,
            Band::Mostly => 2,
            Band::Full => 3,
        };
        self.competencies
            .iter()
            .filter(|competency| competency.band != Band::Full)
            .filter_map(|competency| Some((rank(competency.band), competency.topic.as_ref()?)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, topic)| topic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_a_point() {
        use Verdict::{Covered, NotFound, Partly};
        let check = |before, after, expected| {
            let point = PointChange { say: String::new(), must: true, before, after };
            assert_eq!(point.progress(), expected, "{before} to {after}");
        };
        check(NotFound, Covered, PointProgress::Gained);
        check(NotFound, Partly, PointProgress::Gained);
        check(Covered, Partly, PointProgress::Lost);
        check(NotFound, NotFound, PointProgress::Missing);
        check(Partly, Partly, PointProgress::Missing);
        check(Covered, Covered, PointProgress::Kept);
    }
}
