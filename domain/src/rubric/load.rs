//! The rubric as it was compiled in.

use std::sync::LazyLock;

use super::Rubric;

static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rubric/rubric.toml"))
        .expect("a test reads the rubric that is compiled in")
});

/// The rubric that is compiled in.
pub fn rubric() -> &'static Rubric {
    &RUBRIC
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::{Kind, Language};
    use crate::rubric::CriterionId;

    #[test]
    fn every_kind_of_question_has_criteria_that_say_every_level_in_both_languages() {
        for kind in Kind::ALL {
            assert!(rubric().of(*kind).count() >= 4, "{kind}");
        }
        for criterion in &rubric().criteria {
            assert!(criterion.weight > 0, "{}", criterion.id);
            for language in Language::ALL {
                let text = criterion.text(*language);
                assert!(
                    text.levels.iter().chain([&text.name, &text.asks]).all(|text| !text.trim().is_empty())
                );
            }
        }
    }

    #[test]
    fn every_criterion_stands_once() {
        for id in CriterionId::ALL {
            assert_eq!(rubric().criteria.iter().filter(|criterion| criterion.id == *id).count(), 1, "{id}");
        }
    }
}
