//! Durations counted in a few fixed steps: enough to tell what half of them stayed within, without keeping each.

use super::{STEPS_MS, Within};

/// How many durations fell into each step.
pub type Steps = [u64; STEPS_MS.len() + 1];

/// The step of a duration in milliseconds.
pub fn step_of(ms: u64) -> usize {
    STEPS_MS.iter().position(|end| ms <= u64::from(*end)).unwrap_or(STEPS_MS.len())
}

/// What so many percent of the durations stayed within; none when there are none.
pub fn percentile(steps: &Steps, percent: u64) -> Option<Within> {
    let all: u64 = steps.iter().sum();
    let wanted = (all * percent).div_ceil(100).max(1);
    let mut seen = 0;
    let step = steps.iter().position(|count| {
        seen += count;
        seen >= wanted
    })?;
    Some(STEPS_MS.get(step).map_or(Within::Longer, |end| Within::Ms(*end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_belongs_to_its_step() {
        assert_eq!([0, 250, 251, 64_000, 64_001].map(step_of), [0, 0, 1, 8, 9]);
    }

    #[test]
    fn percentiles_are_the_ends_of_steps() {
        let mut steps = Steps::default();
        assert_eq!(percentile(&steps, 50), None);
        steps[2] = 1;
        assert_eq!(percentile(&steps, 50), Some(Within::Ms(1_000)));
        // 19 of 20 are 95 percent to the call.
        (steps[2], steps[9]) = (19, 1);
        assert_eq!(percentile(&steps, 95), Some(Within::Ms(1_000)));
        (steps[2], steps[9]) = (18, 2);
        assert_eq!(percentile(&steps, 95), Some(Within::Longer));
        assert_eq!(percentile(&steps, 50), Some(Within::Ms(1_000)));
    }
}
