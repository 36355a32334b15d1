//! What a share of durations stayed within, to the next of a few fixed steps.

use serde::{Deserialize, Serialize};

/// Ends of the steps in milliseconds. What took longer is in the step behind the last.
pub const STEPS_MS: [u32; 9] = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000];

/// What a share of the durations stayed within, as exactly as the steps tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// So many milliseconds: the end of a step.
    Ms(u32),
    /// Longer than all steps.
    Longer,
}
