//! What comes in and goes out about retention.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

crate::questions::words! {
    /// How long interviews are kept.
    RetentionChoice {
        Never = "never",
        Month = "30",
        Quarter = "90",
        HalfYear = "180",
        Year = "365",
    }
}

impl RetentionChoice {
    /// The days after which an interview is deleted; none keeps it.
    pub const fn days(self) -> Option<u32> {
        match self {
            Self::Never => None,
            Self::Month => Some(30),
            Self::Quarter => Some(90),
            Self::HalfYear => Some(180),
            Self::Year => Some(365),
        }
    }

    /// The choice of so many days. What was never offered counts as the next shorter time that is, so that nothing stays longer than meant.
    pub fn of_days(days: Option<i32>) -> Self {
        let Some(days) = days.and_then(|days| u32::try_from(days).ok()) else { return Self::Never };
        let fits = |choice: &&Self| choice.days().is_some_and(|own| own <= days);
        Self::ALL.iter().rev().find(fits).copied().unwrap_or(Self::Month)
    }

    /// The days that hold when the operator has set a maximum.
    pub fn within(self, maximum: Option<u32>) -> Option<u32> {
        match (self.days(), maximum) {
            (Some(own), Some(maximum)) => Some(own.min(maximum)),
            (own, maximum) => own.or(maximum),
        }
    }
}

/// What stands, and what could be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionView {
    pub chosen: RetentionChoice,
    /// Most days, as the operator has set it for everybody.
    pub maximum: Option<u32>,
    /// What each choice that is offered would lead to.
    pub effects: Vec<RetentionEffect>,
}

/// What a choice leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RetentionEffect {
    pub choice: RetentionChoice,
    /// Interviews that the next hourly deletion strikes.
    pub strikes: u32,
    /// Letters that it strikes: nobody has changed them for so long.
    #[serde(default)]
    pub letters: u32,
    /// Résumés and job postings that it strikes, likewise.
    #[serde(default)]
    pub documents: u32,
    /// When the oldest of the others is deleted; none when none is.
    pub next_at: Option<DateTime<Utc>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_maximum_shortens_what_was_chosen() {
        let check = |choice: RetentionChoice, maximum, expected| {
            assert_eq!(choice.within(maximum), expected, "{choice} {maximum:?}");
        };
        check(RetentionChoice::Never, None, None);
        check(RetentionChoice::Never, Some(45), Some(45));
        check(RetentionChoice::Month, Some(45), Some(30));
        check(RetentionChoice::Year, Some(45), Some(45));
        check(RetentionChoice::Year, None, Some(365));
    }

    #[test]
    fn days_are_read_back_as_the_choice_they_were() {
        for choice in RetentionChoice::ALL {
            let days = choice.days().map(|days| i32::try_from(days).expect("few"));
            assert_eq!(RetentionChoice::of_days(days), *choice);
        }
        assert_eq!(RetentionChoice::of_days(Some(100)), RetentionChoice::Quarter);
        assert_eq!(RetentionChoice::of_days(Some(1)), RetentionChoice::Month);
    }
}
