//! A rating by the rubric, from what is stored to what is shown.

use super::{CriterionView, Feedback, Numbers, Rating, RatingView};
use crate::questions::{Language, Question};
use crate::rubric::{self, rubric};
use crate::scoring::Verdict;

/// The rating in words, with numbers where they can be trusted. None without a rating.
pub fn view(feedback: &Feedback, question: &Question, numbers: Numbers) -> Option<RatingView> {
    let rating = feedback.rating.as_ref()?;
    let shown = numbers == Numbers::Shown;
    Some(RatingView {
        rubric: rating.rubric.clone(),
        criteria: criteria(rating, question.language, shown),
        total: total(feedback, question, numbers),
        numbers,
        failure: rating.failure,
    })
}

/// The weighted mean of the levels, where numbers can be trusted.
pub fn total(feedback: &Feedback, question: &Question, numbers: Numbers) -> Option<f32> {
    let rating = feedback.rating.as_ref().filter(|_| numbers == Numbers::Shown)?;
    total_of(feedback, rating, question).map(|total| total as f32)
}

fn criteria(rating: &Rating, language: Language, shown: bool) -> Vec<CriterionView> {
    rating
        .criteria
        .iter()
        .filter_map(|given| {
            let text = rubric().criterion(given.id)?.text(language);
            let anchor = given.level.and_then(|level| text.levels.get(usize::from(level).checked_sub(1)?));
            Some(CriterionView {
                name: text.name.clone(),
                level: given.level.filter(|_| shown),
                anchor: anchor.cloned(),
                spans: given.spans.clone(),
                reason: given.reason.clone(),
            })
        })
        .collect()
}

fn total_of(feedback: &Feedback, rating: &Rating, question: &Question) -> Option<f64> {
    let levels: Vec<_> =
        rating.criteria.iter().filter_map(|criterion| Some((criterion.id, criterion.level?))).collect();
    let must_is_missing =
        feedback.points.iter().any(|point| point.must && point.verdict == Verdict::NotFound);
    rubric::total(&rubric().of(question.kind).collect::<Vec<_>>(), &levels, must_is_missing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::CriterionFeedback;
    use crate::interview::feedback::from_coverage;
    use crate::interview::samples::question;
    use crate::rubric::CriterionId;
    use crate::scoring::{KeyPoints, cover};

    fn feedback() -> Feedback {
        let given = |id, level| CriterionFeedback { id, level, spans: vec![], reason: "why".to_owned() };
        let rating = Rating {
            rubric: rubric().version.clone(),
            criteria: vec![given(CriterionId::Accuracy, Some(4)), given(CriterionId::Depth, None)],
            failure: None,
        };
        let coverage = cover(
            &KeyPoints::new(&question()),
            &["Read committed prevents a dirty read of uncommitted rows."],
        );
        Feedback { rating: Some(rating), ..from_coverage(&question(), &coverage) }
    }

    #[test]
    fn numbers_are_shown_only_where_the_scorer_was_found_reliable() {
        let view = |numbers| view(&feedback(), &question(), numbers).expect("a rating");
        assert_eq!(view(Numbers::Shown).criteria[0].level, Some(4));
        for numbers in [Numbers::Unchecked, Numbers::Unreliable] {
            let view = view(numbers);
            assert_eq!((view.total, view.criteria[0].level), (None, None));
            assert!(view.criteria[0].anchor.is_some(), "the level is told in words");
        }
    }

    #[test]
    fn what_is_not_proven_has_neither_level_nor_anchor() {
        let view = view(&feedback(), &question(), Numbers::Shown).expect("a rating");
        assert_eq!((view.criteria[1].level, view.criteria[1].anchor.clone()), (None, None));
    }
}
