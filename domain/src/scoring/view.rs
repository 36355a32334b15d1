//! What goes out about the coverage of key points.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// How far one key point was made.
    Verdict {
        Covered = "covered",
        Partly = "partly",
        NotFound = "not-found",
    }
}

/// A piece of one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Span {
    /// Which answer to the question, from 0.
    pub answer: u32,
    /// First byte in the answer's own text, on a character boundary.
    pub start: u32,
    /// First byte behind it.
    pub end: u32,
}

impl Span {
    /// The marked words, when the span belongs to one of these answers.
    pub fn quote<'a>(&self, answers: &[&'a str]) -> Option<&'a str> {
        answers.get(self.answer as usize)?.get(self.start as usize..self.end as usize)
    }
}

/// What was found of one key point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PointCoverage {
    pub point: String,
    pub verdict: Verdict,
    /// Where the matched words stand.
    pub spans: Vec<Span>,
    /// A negation stands near the only hit: it wants to be confirmed.
    pub negated: bool,
    /// A common misconception about the point was matched.
    pub trapped: bool,
    /// The first answer after which the verdict stood. 0 when nothing was found.
    pub after: u32,
}

/// What was found of all key points of a question in the answers so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coverage {
    pub points: Vec<PointCoverage>,
    /// Words that carry meaning, over all answers.
    pub content_words: u32,
    /// Too few of them to judge.
    pub too_short: bool,
    /// Too few of them have to do with the question: no point is credited.
    pub off_topic: bool,
}

impl Coverage {
    /// What was found of one point.
    pub fn point(&self, id: &str) -> Option<&PointCoverage> {
        self.points.iter().find(|point| point.point == id)
    }
}
