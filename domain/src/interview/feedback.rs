//! From what was found to what is said about it.

use super::{Band, Feedback, InterviewerKind, InterviewerLabel, PointFeedback, PointTally, QuestionStatus};
use crate::questions::Question;
use crate::scoring::{Coverage, Verdict};

/// Version of the built-in rules, stored with every judgement. Raised when the same answers may be judged otherwise.
pub const RULES_VERSION: &str = "rules/2";

/// What the built-in interviewer signs with.
pub fn builtin_label() -> InterviewerLabel {
    InterviewerLabel { kind: InterviewerKind::Builtin, model: None, version: RULES_VERSION.to_owned() }
}

/// The judgement of the built-in interviewer.
pub fn from_coverage(question: &Question, coverage: &Coverage) -> Feedback {
    let points: Vec<PointFeedback> = question
        .points
        .iter()
        .map(|point| {
            let found = coverage.point(&point.id);
            PointFeedback {
                id: point.id.clone(),
                say: point.say.clone(),
                weight: point.weight,
                must: point.must,
                verdict: found.map_or(Verdict::NotFound, |found| found.verdict),
                spans: found.map(|found| found.spans.clone()).unwrap_or_default(),
                after_probe: found.is_some_and(|found| found.verdict != Verdict::NotFound && found.after > 0),
                doubtful: found.is_some_and(|found| found.negated || found.trapped),
            }
        })
        .collect();
    let band = if coverage.too_short { Band::Unjudged } else { band(&points) };
    Feedback {
        by: builtin_label(),
        instead_of_model: None,
        band,
        band_before_probes: None,
        too_short: coverage.too_short,
        off_topic: coverage.off_topic,
        points,
        comment: None,
        rating: None,
    }
}

/// What one covered point of weight 1 is worth.
const WORTH: u32 = 8;

/// A point that was made partly counts half; what was made only after a probe counts three quarters of that.
fn worth(point: &PointFeedback) -> u32 {
    let worth = match point.verdict {
        Verdict::Covered => WORTH,
        Verdict::Partly => WORTH / 2,
        Verdict::NotFound => 0,
    };
    if point.after_probe { worth * 3 / 4 } else { worth }
}

/// The share of the points' weight that was made, from 0 to 1. None without points.
pub fn credit(points: &[PointFeedback]) -> Option<f64> {
    let most: u32 = points.iter().map(|point| WORTH * point.weight).sum();
    let made: u32 = points.iter().map(|point| worth(point) * point.weight).sum();
    (most > 0).then(|| f64::from(made) / f64::from(most))
}

/// The band of one question, by the rules written on [`Band`].
pub fn band(points: &[PointFeedback]) -> Band {
    let Some(credit) = credit(points) else { return Band::Unjudged };
    let musts = || points.iter().filter(|point| point.must);
    let all_covered = musts().all(|point| point.verdict == Verdict::Covered);
    let all_partly = musts().all(|point| point.verdict != Verdict::NotFound);
    if credit >= 0.85 && all_covered {
        Band::Full
    } else if credit >= 0.6 && all_partly {
        Band::Mostly
    } else if credit >= 0.25 {
        Band::Some
    } else {
        Band::Practise
    }
}

/// The band as it was before the probes.
pub fn band_before_probes(points: &[PointFeedback]) -> Band {
    let before: Vec<PointFeedback> = points
        .iter()
        .map(|point| match point.after_probe {
            true => PointFeedback { verdict: Verdict::NotFound, after_probe: false, ..point.clone() },
            false => point.clone(),
        })
        .collect();
    band(&before)
}

/// The band with the points that the person holds for made.
pub fn band_with_overrides(points: &[PointFeedback], overridden: &[String]) -> Band {
    let with: Vec<PointFeedback> = points
        .iter()
        .map(|point| match overridden.contains(&point.id) {
            true => PointFeedback { verdict: Verdict::Covered, ..point.clone() },
            false => point.clone(),
        })
        .collect();
    band(&with)
}

/// How a main question ended, and how far it was explained.
pub type Outcome = (QuestionStatus, Option<Band>);

/// The rank of each question that was asked, a skipped or too short one counting as the lowest.
/// None when no answer could be judged.
pub fn ranks(questions: &[Outcome]) -> Option<Vec<u32>> {
    let asked: Vec<Option<Band>> = questions
        .iter()
        .filter(|(status, _)| matches!(status, QuestionStatus::Answered | QuestionStatus::Skipped))
        .map(|(_, band)| *band)
        .collect();
    let judged = asked.iter().any(|band| band.is_some_and(|band| band != Band::Unjudged));
    judged.then(|| asked.iter().map(|band| band.map_or(0, Band::rank)).collect())
}

/// The band nearest to the mean of ranks; of two that are equally near, the better one.
pub fn mean_band(ranks: &[u32]) -> Band {
    let sum: u32 = ranks.iter().sum();
    match u32::try_from(ranks.len()) {
        Ok(count @ 1..) => Band::of_rank((2 * sum + count) / (2 * count)),
        _ => Band::Unjudged,
    }
}

/// The band of an interview: the mean of its questions. Unjudged when no answer could be judged.
pub fn overall(questions: &[Outcome]) -> Band {
    ranks(questions).map_or(Band::Unjudged, |ranks| mean_band(&ranks))
}

/// Counts the points of all judgements that say something about points.
pub fn tally<'a>(feedback: impl Iterator<Item = &'a Feedback>) -> PointTally {
    let mut tally = PointTally::default();
    for point in feedback.filter(|feedback| !feedback.too_short).flat_map(|feedback| &feedback.points) {
        match point.verdict {
            Verdict::Covered => tally.covered += 1,
            Verdict::Partly => tally.partly += 1,
            Verdict::NotFound => tally.not_found += 1,
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(verdicts: &[(u32, bool, Verdict)]) -> Vec<PointFeedback> {
        verdicts
            .iter()
            .map(|&(weight, must, verdict)| PointFeedback {
                id: String::new(),
                say: String::new(),
                weight,
                must,
                verdict,
                spans: vec![],
                after_probe: false,
                doubtful: false,
            })
            .collect()
    }

    #[test]
    fn bands() {
        use Verdict::{Covered, NotFound, Partly};
        let check =
            |verdicts: &[(u32, bool, Verdict)], expected| assert_eq!(band(&points(verdicts)), expected);
        check(&[(3, true, Covered), (2, false, Covered), (1, false, Covered)], Band::Full);
        check(&[(3, true, Covered), (2, false, Covered), (1, false, NotFound)], Band::Mostly);
        // However much else was said: without the must-point it is not mostly explained.
        check(&[(1, true, NotFound), (3, false, Covered), (3, false, Covered)], Band::Some);
        check(&[(3, true, Partly), (1, false, NotFound)], Band::Some);
        check(&[(3, true, NotFound), (1, false, Partly)], Band::Practise);
        check(&[], Band::Unjudged);
    }

    #[test]
    fn what_is_said_only_after_a_probe_counts_less() {
        use Verdict::{Covered, NotFound};
        let mut given = points(&[(3, true, Covered), (2, false, Covered), (1, false, NotFound)]);
        assert_eq!((credit(&given), band(&given)), (Some(5.0 / 6.0), Band::Mostly));
        given[0].after_probe = true;
        // Three quarters of 3, and 2, of 6.
        assert_eq!((credit(&given), band(&given)), (Some(4.25 / 6.0), Band::Mostly));
        assert_eq!(band_before_probes(&given), Band::Some);
        assert_eq!(credit(&[]), None);
    }

    #[test]
    fn what_the_person_holds_for_made_counts_apart() {
        use Verdict::{Covered, NotFound};
        let mut given = points(&[(3, true, NotFound), (2, false, Covered)]);
        given[0].id = "left-out".to_owned();
        assert_eq!(band_with_overrides(&given, &[]), Band::Some);
        assert_eq!(band_with_overrides(&given, &["left-out".to_owned()]), Band::Full);
        assert_eq!(band(&given), Band::Some);
    }

    #[test]
    fn the_band_of_an_interview() {
        use QuestionStatus::{Answered, Pending, Skipped};
        assert_eq!(overall(&[]), Band::Unjudged);
        assert_eq!(overall(&[(Skipped, None), (Answered, Some(Band::Unjudged))]), Band::Unjudged);
        assert_eq!(overall(&[(Answered, Some(Band::Full)), (Pending, None)]), Band::Full);
        assert_eq!(overall(&[(Answered, Some(Band::Full)), (Skipped, None)]), Band::Mostly);
        assert_eq!(overall(&[(Answered, Some(Band::Full)), (Skipped, None), (Skipped, None)]), Band::Some);
    }
}
