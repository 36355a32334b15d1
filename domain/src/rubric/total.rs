//! One number from several levels. It is never asked of a model.

use super::{Criterion, CriterionId};

/// Highest total of an answer that leaves out a point which belongs to every full answer.
const WITHOUT_MUST: f64 = 3.0;

/// The mean of the proven levels, weighted by their criteria: 1 to 5. At most 3 when a must-point is missing.
/// None when criteria of less than half of the weight are proven.
pub fn total(criteria: &[&Criterion], levels: &[(CriterionId, u8)], must_is_missing: bool) -> Option<f64> {
    let (mut all, mut proven, mut sum) = (0, 0, 0);
    for criterion in criteria {
        all += criterion.weight;
        if let Some((_, level)) = levels.iter().find(|(id, _)| *id == criterion.id) {
            proven += criterion.weight;
            sum += criterion.weight * u32::from(*level);
        }
    }
    let total = (proven > 0 && 2 * proven >= all).then(|| f64::from(sum) / f64::from(proven))?;
    Some(if must_is_missing { total.min(WITHOUT_MUST) } else { total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Kind;
    use crate::rubric::rubric;

    #[test]
    fn levels_count_by_the_weight_of_their_criteria() {
        use CriterionId::{Accuracy, Communication, Depth, Structure};
        // Weights 4, 3, 2 and 1.
        let criteria: Vec<&Criterion> = rubric().of(Kind::Concept).collect();
        let total = |levels: &[_], missing| total(&criteria, levels, missing);
        let all = [(Accuracy, 5), (Depth, 4), (Structure, 3), (Communication, 2)];
        assert_eq!(total(&all, false), Some(4.0));
        assert_eq!(total(&all, true), Some(3.0));
        // Without proof a criterion is left out, not counted as the lowest.
        assert_eq!(total(&[(Accuracy, 4), (Structure, 4)], false), Some(4.0));
        assert_eq!(total(&[(Depth, 5), (Communication, 5)], false), None);
        assert_eq!(total(&[], false), None);
    }
}
