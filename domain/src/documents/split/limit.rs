//! How long an answer may be, as questions say it: `(1000자 이내)`, `최대 500자, 공백 제외`, `up to 700 characters`.

use super::{FoundLimit, FoundUnit};

/// Larger numbers limit nothing.
const MOST: u32 = 100_000;

/// Units by their words, the longer ones first.
const UNITS: &[(&str, FoundUnit)] = &[
    ("글자", FoundUnit::Characters),
    ("자", FoundUnit::Characters),
    ("바이트", FoundUnit::Bytes),
    ("characters", FoundUnit::Characters),
    ("character", FoundUnit::Characters),
    ("chars", FoundUnit::Characters),
    ("bytes", FoundUnit::Bytes),
    ("byte", FoundUnit::Bytes),
];

/// What may follow a unit of a limit. Anything else is another word: 10자리, 3자녀.
const AFTER: &[&str] = &[
    "이내",
    "이하",
    "내외",
    "내로",
    "내에",
    "내 ",
    "내)",
    "까지",
    "제한",
    "미만",
    "정도",
    "로 ",
    "분량",
    "공백",
    "띄어쓰기",
    "기준",
    "max",
    "or ",
    "including",
    "excluding",
    "with",
];

/// A question without the limit that it ends with, and the limit.
pub fn without_limit(question: &str) -> (String, Option<FoundLimit>) {
    let Some(limit) = find(question) else { return (question.to_owned(), None) };
    let end = question.trim_end().trim_end_matches(['.', ' ']);
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('<', '>')] {
        let Some(inner) = end.strip_suffix(close) else { continue };
        let Some(from) = inner.rfind(open) else { continue };
        if find(&inner[from..]).is_some() {
            let kept = inner[..from].trim_end().trim_end_matches([']', '】', '>', '〉', '》', '」']);
            return (kept.trim_end().to_owned(), Some(limit));
        }
    }
    (question.to_owned(), Some(limit))
}

/// The largest number of a unit that is no least length.
fn find(question: &str) -> Option<FoundLimit> {
    let text = question.to_lowercase();
    let without_blanks = text.contains("공백 제외")
        || text.contains("공백제외")
        || text.contains("공백 미포함")
        || text.contains("공백미포함")
        || text.contains("띄어쓰기 제외")
        || text.contains("excluding spaces")
        || text.contains("without spaces");
    let mut found: Option<FoundLimit> = None;
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|character: char| character.is_ascii_digit()) {
        let end = rest[at..]
            .find(|character: char| !character.is_ascii_digit() && character != ',')
            .map_or(rest.len(), |length| at + length);
        let digits: String = rest[at..end].chars().filter(char::is_ascii_digit).collect();
        rest = &rest[end..];
        let behind = rest.trim_start();
        let Some((word, unit)) = UNITS.iter().find(|(word, _)| behind.starts_with(word)) else { continue };
        let after = behind[word.len()..].trim_start();
        let Ok(most) = digits.parse::<u32>() else { continue };
        if !(1..=MOST).contains(&most) || after.starts_with("이상") || !may_follow(after) {
            continue;
        }
        let unit = match unit {
            FoundUnit::Characters if without_blanks => FoundUnit::NoSpaces,
            unit => *unit,
        };
        if found.is_none_or(|found| found.most < most) {
            found = Some(FoundLimit { most, unit });
        }
    }
    found
}

fn may_follow(after: &str) -> bool {
    let stop = after.chars().next().is_none_or(|next| !next.is_alphanumeric());
    stop || AFTER.iter().any(|word| after.starts_with(word.trim_start())) || after == "내"
}
