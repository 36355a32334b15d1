//! The figures: pure functions over what the scorer and the graders said.

use std::collections::BTreeMap;

/// Quadratic weighted kappa over the pairs of two graders (Cohen 1968, Psychological Bulletin 70, 213–220): one minus the ratio of the
/// observed to the expected mean of the squared differences. None when nothing could differ.
pub fn kappa(pairs: &[(u8, u8)]) -> Option<f64> {
    let count = pairs.len() as f64;
    let squared = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
    let observed: f64 = pairs.iter().map(|&(a, b)| squared(a, b)).sum::<f64>() / count;
    let (mut first, mut second) = (BTreeMap::new(), BTreeMap::new());
    for &(a, b) in pairs {
        *first.entry(a).or_insert(0.0) += 1.0;
        *second.entry(b).or_insert(0.0) += 1.0;
    }
    let mut expected = 0.0;
    for (a, of_first) in &first {
        for (b, of_second) in &second {
            expected += squared(*a, *b) * of_first * of_second / (count * count);
        }
    }
    (expected > 0.0).then(|| rounded(1.0 - observed / expected))
}

/// The mean, or 0 of nothing.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { rounded(values.iter().sum::<f64>() / values.len() as f64) }
}

/// A share, or 0 of nothing.
pub fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { rounded(f64::from(part) / f64::from(whole)) }
}

/// To six places: more says nothing, and what is stored is read back as it was.
pub fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_one_for_equals_and_less_the_further_apart_they_are() {
        assert_eq!(kappa(&[(1, 1), (3, 3), (5, 5)]), Some(1.0));
        assert_eq!(kappa(&[(1, 5), (5, 1)]), Some(-1.0));
        let near = kappa(&[(1, 2), (2, 3), (3, 3), (4, 4), (5, 4)]).expect("they differ");
        let far = kappa(&[(1, 5), (2, 3), (3, 3), (4, 4), (5, 4)]).expect("they differ");
        assert!(near > 0.7 && far < near, "{near} {far}");
        assert_eq!(kappa(&[(2, 2), (2, 2)]), None);
    }

    #[test]
    fn kappa_of_a_worked_example() {
        // Two graders, levels 1 to 3: the observed mean of squared differences is 3/6, the expected one 42/36.
        let pairs = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (3, 2)];
        let kappa = kappa(&pairs).expect("they differ");
        assert!((kappa - (1.0 - 0.5 / (42.0 / 36.0))).abs() < 1e-6, "{kappa}");
    }
}
