//! One call to a model server, from its beginning to its end.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};

use super::meter::Meter;
use super::{Estimate, Purpose, Tokens};
use crate::ModelFailure;

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was given up before its end: the person stopped the turn, or the program ended.
    Cancelled,
    Answered,
    Failed(ModelFailure),
}

/// A call that is under way. However it ends, also by being dropped, it is counted once, with what is known by then.
#[derive(Debug)]
pub struct Call {
    /// None counts nothing.
    meter: Option<Meter>,
    began: Instant,
    ended: Ended,
    /// Of what was sent, once the server took it.
    sent: Option<Estimate>,
    said: Estimate,
    told: Option<Tokens>,
}

/// A call that is over.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    pub at: DateTime<Utc>,
    pub model: String,
    pub purpose: Purpose,
    pub is_repair: bool,
    pub outcome: Outcome,
    pub took: Duration,
    pub first_word: Option<Duration>,
    pub tokens: Tokens,
    pub are_estimated: bool,
}

impl Call {
    pub(super) fn begin(meter: Option<Meter>, model: &str, purpose: Purpose, is_repair: bool) -> Self {
        let ended = Ended {
            at: DateTime::UNIX_EPOCH,
            model: model.to_owned(),
            purpose,
            is_repair,
            outcome: Outcome::Cancelled,
            took: Duration::ZERO,
            first_word: None,
            tokens: Tokens::default(),
            are_estimated: false,
        };
        Self { meter, began: Instant::now(), ended, sent: None, said: Estimate::default(), told: None }
    }

    /// A call that nobody counts.
    pub fn uncounted(model: &str, purpose: Purpose) -> Self {
        Self::begin(None, model, purpose, false)
    }

    /// The server took the request and has begun to answer.
    pub fn accepted(&mut self, request: Estimate) {
        self.sent = Some(request);
    }

    /// Words have come.
    pub fn said(&mut self, text: &str) {
        self.said.add(text);
    }

    /// The first words of a stream have come.
    pub fn first_word(&mut self) {
        self.ended.first_word.get_or_insert_with(|| self.began.elapsed());
    }

    /// The server told what the call used. When it tells again, the last counts.
    pub fn told(&mut self, tokens: Tokens) {
        self.told = Some(tokens);
    }

    /// All that was wanted has come.
    pub fn answered(&mut self) {
        self.ended.outcome = Outcome::Answered;
    }

    /// It failed.
    pub fn failed(&mut self, failure: ModelFailure) {
        self.ended.outcome = Outcome::Failed(failure);
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let Some(meter) = self.meter.take() else { return };
        let mut ended = self.ended.clone();
        (ended.at, ended.took) = (meter.now(), self.began.elapsed());
        (ended.tokens, ended.are_estimated) = match (self.told, self.sent) {
            (Some(told), _) => (told, false),
            (None, Some(sent)) => (Tokens { prompt: sent.tokens(), completion: self.said.tokens() }, true),
            (None, None) => (Tokens::default(), false),
        };
        meter.count(ended);
    }
}
