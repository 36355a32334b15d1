//! What to do next: the few things that would help most.

use super::{Advice, AdviceKind, Feedback, QuestionStatus};
use crate::scoring::Verdict;

/// Most pieces of advice of one report.
const MOST: usize = 3;

/// What is known of one main question: its position, how it ended and what was found.
pub type Outcome<'a> = (u32, QuestionStatus, Option<&'a Feedback>);

/// The most helpful things first, one for each question before a second for any.
pub fn advice(questions: &[Outcome<'_>]) -> Vec<Advice> {
    let mut by_question: Vec<Vec<(u32, Advice)>> = questions.iter().map(of_question).collect();
    for advice in &mut by_question {
        advice.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    }
    let rounds = by_question.iter().map(Vec::len).max().unwrap_or_default();
    let mut all = Vec::new();
    for round in 0..rounds {
        let mut of_round: Vec<_> = by_question.iter().filter_map(|advice| advice.get(round)).collect();
        of_round.sort_by_key(|(worth, advice)| (std::cmp::Reverse(*worth), advice.position));
        all.extend(of_round.into_iter().map(|(_, advice)| advice.clone()));
    }
    all.truncate(MOST);
    all
}

/// Everything that could be done about one question, with its worth.
fn of_question(&(position, status, feedback): &Outcome<'_>) -> Vec<(u32, Advice)> {
    let of = |kind| Advice { position, kind, point: None };
    let Some(feedback) = feedback else {
        let skipped = status == QuestionStatus::Skipped;
        return skipped.then(|| (100, of(AdviceKind::Answer))).into_iter().collect();
    };
    if feedback.too_short {
        return vec![(90, of(AdviceKind::Longer))];
    }
    if feedback.off_topic {
        return vec![(95, of(AdviceKind::Reread))];
    }
    feedback
        .points
        .iter()
        .filter_map(|point| {
            let kind = match point.verdict {
                Verdict::NotFound => AdviceKind::Explain,
                Verdict::Partly => AdviceKind::Complete,
                Verdict::Covered => return None,
            };
            let missing = u32::from(kind == AdviceKind::Explain);
            let worth = 20 * u32::from(point.must) + 4 * point.weight + 2 * missing;
            Some((worth, Advice { position, kind, point: Some(point.say.clone()) }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::feedback::from_coverage;
    use crate::interview::samples::question;
    use crate::scoring::{KeyPoints, cover};

    fn feedback(answer: &str) -> Feedback {
        from_coverage(&question(), &cover(&KeyPoints::new(&question()), &[answer]))
    }

    #[test]
    fn one_for_each_question_before_a_second_for_any() {
        use AdviceKind::{Answer, Explain, Longer};
        let short = feedback("no idea");
        let half = feedback(
            "Well, I would say read committed prevents it in practice, that level is the default in many databases I used.",
        );
        let given = advice(&[
            (0, QuestionStatus::Answered, Some(&half)),
            (1, QuestionStatus::Skipped, None),
            (2, QuestionStatus::Answered, Some(&short)),
        ]);
        let kinds: Vec<_> = given.iter().map(|advice| (advice.position, advice.kind)).collect();
        assert_eq!(kinds, [(1, Answer), (2, Longer), (0, Explain)]);
        assert!(given[2].point.is_some());
    }

    #[test]
    fn a_full_answer_needs_no_advice() {
        let full = feedback(
            "A dirty read sees a row that another transaction has written but not yet committed. \
             Read committed already prevents it, because every statement reads only committed versions of the row. \
             If the writer rolls back, the value that was read never existed.",
        );
        let open = full.points.iter().filter(|point| point.verdict != Verdict::Covered).count();
        assert_eq!(advice(&[(0, QuestionStatus::Answered, Some(&full))]).len(), open.min(MOST));
        assert_eq!(advice(&[(0, QuestionStatus::Pending, None)]), []);
    }
}
