//! Which follow-up (꼬리질문) comes next, if any. Rules only: the same answers always lead to the same question.

use super::{PROBES_MAX, Probe, ProbeReason};
use crate::questions::{Depth, FollowUp, Question, When};
use crate::scoring::{Coverage, PointCoverage, Verdict};

/// Most characters of the candidate's words that are quoted back.
const QUOTE_MAX: usize = 48;

/// What was said about a question so far.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    pub question: &'a Question,
    /// The candidate's answers, oldest first; the first is to the main question.
    pub answers: &'a [&'a str],
    /// The coverage after each of the answers, all earlier ones included.
    pub coverages: &'a [Coverage],
    /// The follow-ups that were asked.
    pub asked: &'a [Probe],
}

/// The follow-up to ask now, or none when it is time to move on.
///
/// In this order: two answers that brought nothing lead one level down, once, and then on, and where no must-point is missing, on at
/// once; a denied point or a misconception
/// is asked back; a very short first answer is asked to be longer; a missing must-point is probed neutrally; when all
/// must-points were made it goes one level deeper; else a missing lesser point is probed.
pub fn next(exchange: &Exchange<'_>) -> Option<Probe> {
    let coverage = exchange.coverages.last()?;
    if exchange.asked.len() >= PROBES_MAX as usize {
        return None;
    }
    let must = exchange.question.points.iter().filter(|point| point.must);
    let mut missing = must.filter(|point| !is_covered(coverage, &point.id)).peekable();
    if exchange.brought_nothing_twice() {
        let stepped_down = exchange.asked.iter().any(|probe| probe.reason == ProbeReason::StepDown);
        let nothing_to_help_with = missing.peek().is_none();
        return if stepped_down || nothing_to_help_with { None } else { exchange.step_down() };
    }
    if let Some(confirm) = coverage.points.iter().find_map(|point| exchange.confirm(point)) {
        return Some(confirm);
    }
    if coverage.too_short && exchange.asked.is_empty() {
        return exchange.more();
    }
    if missing.peek().is_none() {
        return exchange.deeper(coverage);
    }
    missing.find_map(|point| exchange.missing(&point.id)).or_else(|| {
        let lesser = exchange.question.points.iter().filter(|point| !point.must);
        lesser.filter(|point| !is_covered(coverage, &point.id)).find_map(|point| exchange.missing(&point.id))
    })
}

fn is_covered(coverage: &Coverage, point: &str) -> bool {
    coverage.point(point).is_some_and(|found| found.verdict == Verdict::Covered)
}

/// Grows with everything that is found.
fn found(coverage: &Coverage) -> usize {
    coverage
        .points
        .iter()
        .map(|point| match point.verdict {
            Verdict::Covered => 2,
            Verdict::Partly => 1,
            Verdict::NotFound => 0,
        })
        .sum()
}

impl Exchange<'_> {
    fn brought_nothing(&self, answer: usize) -> bool {
        let before = answer.checked_sub(1).map_or(0, |previous| found(&self.coverages[previous]));
        found(&self.coverages[answer]) <= before
    }

    fn brought_nothing_twice(&self) -> bool {
        let count = self.coverages.len();
        // After the probe one level down, one more empty answer is enough.
        count >= 2 && self.brought_nothing(count - 1) && self.brought_nothing(count - 2)
    }

    fn was_asked(&self, ask: &str) -> bool {
        self.asked.iter().any(|probe| probe.ask == ask)
    }

    /// The follow-ups that were not asked yet, shallow ones first.
    fn left(&self) -> Vec<&FollowUp> {
        let mut left: Vec<&FollowUp> =
            self.question.follow_ups.iter().filter(|follow| !self.was_asked(&follow.ask)).collect();
        left.sort_by_key(|follow| follow.depth.rank());
        left
    }

    fn missing(&self, point: &str) -> Option<Probe> {
        let follow = self
            .left()
            .into_iter()
            .find(|follow| matches!(&follow.when, When::Missing(missing) if missing == point))?;
        Some(probe(follow, ProbeReason::Missing, None))
    }

    fn confirm(&self, point: &PointCoverage) -> Option<Probe> {
        if !point.negated && !point.trapped {
            return None;
        }
        let quote = self.quote(point)?;
        let asked_already = self
            .asked
            .iter()
            .any(|probe| probe.reason == ProbeReason::Confirm && probe.quote.as_ref() == Some(&quote));
        (!asked_already).then(|| Probe {
            depth: Depth::Define,
            reason: ProbeReason::Confirm,
            ask: self.question.question.clone(),
            quote: Some(quote),
        })
    }

    fn more(&self) -> Option<Probe> {
        Some(Probe {
            depth: Depth::Define,
            reason: ProbeReason::TooShort,
            ask: self.question.question.clone(),
            quote: None,
        })
    }

    fn deeper(&self, coverage: &Coverage) -> Option<Probe> {
        let deepest = self.asked.iter().map(|probe| probe.depth.rank()).max();
        let fits = |follow: &FollowUp| match &follow.when {
            When::Always => true,
            When::Covered(point) => is_covered(coverage, point),
            When::Missing(_) => false,
        };
        let follow = self
            .left()
            .into_iter()
            .filter(|follow| deepest.is_none_or(|deepest| follow.depth.rank() > deepest))
            .find(|follow| fits(follow))?;
        let quote = match &follow.when {
            When::Covered(point) => coverage.point(point).and_then(|point| self.quote(point)),
            _ => None,
        };
        Some(probe(follow, ProbeReason::Deeper, quote))
    }

    fn step_down(&self) -> Option<Probe> {
        let shallowest = self.asked.iter().map(|probe| probe.depth.rank()).min().unwrap_or(usize::MAX);
        let left = self.left();
        let follow = left
            .iter()
            .find(|follow| follow.depth.rank() < shallowest && !matches!(follow.when, When::Covered(_)))
            .or_else(|| left.iter().find(|follow| !matches!(follow.when, When::Covered(_))))?;
        Some(probe(follow, ProbeReason::StepDown, None))
    }

    /// The candidate's words that show the point, cut to a length that can be spoken.
    fn quote(&self, point: &PointCoverage) -> Option<String> {
        let span = point.spans.first()?;
        let text = span.quote(self.answers)?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| shorten(&text))
    }
}

fn probe(follow: &FollowUp, reason: ProbeReason, quote: Option<String>) -> Probe {
    Probe { depth: follow.depth, reason, ask: follow.ask.clone(), quote }
}

/// Cuts at a word, with an ellipsis.
fn shorten(text: &str) -> String {
    if text.chars().count() <= QUOTE_MAX {
        return text.to_owned();
    }
    let cut: String = text.chars().take(QUOTE_MAX).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::samples::question;
    use crate::scoring::{KeyPoints, cover};

    /// Interviews on the sample question with these answers, and tells why each follow-up was asked.
    fn reasons(answers: &[&str]) -> Vec<Option<ProbeReason>> {
        let question = question();
        let key_points = KeyPoints::new(&question);
        let coverages: Vec<Coverage> =
            (1..=answers.len()).map(|count| cover(&key_points, &answers[..count])).collect();
        let mut asked: Vec<Probe> = Vec::new();
        let mut reasons = Vec::new();
        for count in 1..=answers.len() {
            let exchange = Exchange {
                question: &question,
                answers: &answers[..count],
                coverages: &coverages[..count],
                asked: &asked,
            };
            let next = next(&exchange);
            reasons.push(next.as_ref().map(|probe| probe.reason));
            asked.extend(next);
        }
        reasons
    }

    const FULL: &str = "A dirty read sees a row that another transaction has written but not yet committed. \
                        Read committed already prevents it, because every statement reads only committed versions of the row.";
    const HALF: &str = "Well, I would say read committed prevents it in practice, that level is the default in many databases I used.";
    const NOTHING: &str = "I worked on a shop with a large team and we often talked about how the product should look and feel.";

    #[test]
    fn a_full_answer_is_followed_one_level_deeper_each_time_and_never_asked_more_simply() {
        assert_eq!(
            reasons(&[FULL, FULL, FULL]),
            [Some(ProbeReason::Deeper), Some(ProbeReason::Deeper), None]
        );
    }

    #[test]
    fn a_missing_must_point_is_probed() {
        assert_eq!(reasons(&[HALF]), [Some(ProbeReason::Missing)]);
    }

    #[test]
    fn two_misses_step_down_once_and_then_it_moves_on() {
        assert_eq!(
            reasons(&[NOTHING, NOTHING, NOTHING]),
            [Some(ProbeReason::Missing), Some(ProbeReason::StepDown), None]
        );
    }

    #[test]
    fn a_short_answer_is_asked_to_be_longer() {
        assert_eq!(reasons(&["I do not know"]), [Some(ProbeReason::TooShort)]);
    }

    #[test]
    fn never_more_than_three() {
        let answers = ["short", HALF, FULL, FULL, FULL];
        assert!(reasons(&answers).iter().filter(|reason| reason.is_some()).count() <= 3);
    }

    #[test]
    fn quotes_end_at_a_word() {
        assert_eq!(shorten("짧은 말"), "짧은 말");
        let long = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(shorten(long), "one two three four five six seven eight nine…");
    }
}
