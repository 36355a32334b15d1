//! Numbers, ages and closed lists of a profile in the language of the page.

use domain::github::{Part, RepositoryFlag};

/// A share as a percentage.
pub fn percent(share: f64) -> String {
    match share {
        share if share <= 0.0 => "0%".to_owned(),
        share if share < 0.005 => "<1%".to_owned(),
        // Halves up: formatting alone would round to even.
        share => format!("{}%", (share * 100.0).round()),
    }
}

/// How long ago, in words that "ago" can follow. None for less than a minute.
pub fn age(minutes: u32) -> Option<String> {
    match minutes {
        0 => None,
        1..60 => Some(tr!(github.age_minutes, n = minutes)),
        60..1_440 => Some(tr!(github.age_hours, n = minutes / 60)),
        _ => Some(tr!(github.age_days, n = minutes / 1_440)),
    }
}

/// The name of a part.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Account => tr!(github.part_account),
        Part::Repositories => tr!(github.part_repositories),
        Part::Activity => tr!(github.part_activity),
        Part::Languages => tr!(github.part_languages),
        Part::Readmes => tr!(github.part_readmes),
        Part::Files => tr!(github.part_files),
    }
}

/// What a mark on a repository says.
pub fn flag(flag: RepositoryFlag) -> &'static str {
    match flag {
        RepositoryFlag::Fork => tr!(github.flag_fork),
        RepositoryFlag::Archived => tr!(github.flag_archived),
        RepositoryFlag::Template => tr!(github.flag_template),
        RepositoryFlag::Notebooks => tr!(github.flag_notebooks),
        RepositoryFlag::Generated => tr!(github.flag_generated),
        RepositoryFlag::Capped => tr!(github.flag_capped),
    }
}

/// In which language a text of somebody is, as far as its letters tell: a screen reader reads it by that.
pub fn spoken(text: &str) -> Option<&'static str> {
    let is_hangul = |character| matches!(character, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7a3}');
    text.chars().any(is_hangul).then_some("ko")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_nothing_when_it_is_something() {
        let check = |share, expected: &str| assert_eq!(percent(share), expected, "{share}");
        check(0.0, "0%");
        check(0.0001, "<1%");
        check(0.005, "1%");
        check(0.3987, "40%");
        check(1.0, "100%");
    }

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let check = |minutes, expected: Option<&str>| assert_eq!(age(minutes).as_deref(), expected);
        check(0, None);
        check(59, Some("59분"));
        check(60, Some("1시간"));
        check(1_439, Some("23시간"));
        check(3_000, Some("2일"));
    }

    #[test]
    fn korean_is_told_by_its_letters() {
        assert_eq!(spoken("A queue"), None);
        assert_eq!(spoken("메모 app"), Some("ko"));
    }
}
