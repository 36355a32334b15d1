//! Answering a dispute: which words were looked for, and which of them were not there.

use super::{Feedback, PointReason};
use crate::questions::Question;
use crate::scoring::{GroupTrace, KeyPoints, Verdict};

/// Most missing terms that are named for one point.
const NAMED: usize = 4;

/// The reasons for every point that is not covered after reading again, worked out from the answers as they stand.
pub fn reasons(
    question: &Question,
    answers: &[&str],
    before: &Feedback,
    after: &Feedback,
) -> Vec<PointReason> {
    let key_points = KeyPoints::new(question);
    let traces: Vec<_> = answers.iter().map(|answer| key_points.trace(answer)).collect();
    let open = after.points.iter().filter(|point| point.verdict != Verdict::Covered);
    open.map(|point| {
        let of_point = traces.iter().flatten().filter(|trace| trace.point == point.id);
        let nearest = of_point.flat_map(|trace| &trace.accept).max_by_key(|group| found(group));
        let before = before.points.iter().find(|known| known.id == point.id);
        PointReason {
            say: point.say.clone(),
            before: before.map_or(Verdict::NotFound, |known| known.verdict),
            after: point.verdict,
            nearest: nearest.and_then(|group| group.quote.clone()),
            missing: nearest.map(missing).unwrap_or_default(),
            negated: nearest.is_some_and(|group| group.complete && group.negated),
            listed: nearest.is_some_and(|group| group.complete && group.listed),
        }
    })
    .collect()
}

/// How much of a group was found: all of it, then as many terms as possible.
fn found(group: &GroupTrace) -> (bool, usize) {
    (group.complete, group.terms.iter().filter(|term| term.in_window.is_some()).count())
}

/// The first spelling of each term that was not found.
fn missing(group: &GroupTrace) -> Vec<String> {
    let terms = group.terms.iter().filter(|term| term.in_window.is_none());
    terms.filter_map(|term| Some(term.term.split('|').next()?.to_owned())).take(NAMED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::feedback::from_coverage;
    use crate::interview::samples::question;
    use crate::scoring::cover;

    fn judged(answer: &str) -> Feedback {
        from_coverage(&question(), &cover(&KeyPoints::new(&question()), &[answer]))
    }

    #[test]
    fn a_point_that_is_not_covered_is_told_with_what_was_missing() {
        let answer = "A dirty read sees data of another transaction that is not committed yet, and a statement may then count wrongly.";
        let feedback = judged(answer);
        let reasons = reasons(&question(), &[answer], &feedback, &feedback);
        let said: Vec<_> = reasons.iter().map(|reason| reason.say.as_str()).collect();
        assert_eq!(
            said,
            ["Read committed prevents it.", "Each statement sees a snapshot of committed rows."]
        );
        assert_eq!(reasons[1].missing, ["version"]);
        assert_eq!(reasons[1].nearest.as_deref(), Some("statement"));
    }

    #[test]
    fn a_negation_is_named() {
        let answer = "I believe read committed does not prevent a dirty read, because every reader still sees rows of others.";
        let feedback = judged(answer);
        let reasons = reasons(&question(), &[answer], &feedback, &feedback);
        let level =
            reasons.iter().find(|reason| reason.say == "Read committed prevents it.").expect("not covered");
        assert!(level.negated && level.missing.is_empty(), "{level:?}");
    }
}
