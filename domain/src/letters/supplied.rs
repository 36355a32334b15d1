//! Whether the numbers of a draft were supplied: a model that makes one up writes somebody's letter into a lie.

use std::collections::BTreeSet;
use std::ops::Range;

use super::LetterContent;
use super::checks::Passage;

/// What marks a gap in a draft, in both languages.
pub const GAPS: [&str; 2] = ["[수치 필요]", "[number needed]"];

/// A number as it stands in a text.
struct Number {
    range: Range<usize>,
    /// In one spelling: `1,200`, `1200` and `1.2천` are the same.
    value: String,
}

/// The numbers of the draft that stand in nothing that the person told: experiences, strengths, job posting, company, role, questions,
/// answers, and the instruction.
pub fn unsupplied(draft: &str, content: &LetterContent, instruction: &str) -> Vec<Passage> {
    let told = told(content);
    let known: BTreeSet<String> = told
        .iter()
        .copied()
        .chain([instruction])
        .flat_map(|text| numbers(text).into_iter().map(|number| number.value))
        .collect();
    numbers(draft)
        .into_iter()
        .filter(|number| !known.contains(&number.value) && !is_numbering(draft, &number.range))
        .filter_map(|number| Passage::of(draft, number.range.start..unit_end(draft, number.range.end)))
        .collect()
}

fn told(content: &LetterContent) -> Vec<&str> {
    let mut told = vec![
        content.facts.experiences.as_str(),
        &content.facts.strengths,
        &content.posting,
        &content.company,
        &content.role,
    ];
    for item in &content.items {
        told.extend([item.question.as_str(), &item.answer]);
    }
    told
}

/// Every number of a text. Digits of full width count, separators of thousands do not.
fn numbers(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let Some(first) = digit(first) else { continue };
        let mut digits = String::from(first);
        let mut end = start + text[start..].chars().next().map_or(1, char::len_utf8);
        while let Some(&(at, character)) = rest.peek() {
            let next = text[at + character.len_utf8()..].chars().next().and_then(digit);
            match (digit(character), character, next) {
                (Some(digit), ..) => digits.push(digit),
                (None, ',', Some(_)) => {}
                (None, '.', Some(_)) if !digits.contains('.') => digits.push('.'),
                _ => break,
            }
            end = at + character.len_utf8();
            rest.next();
        }
        let scale = text[end..].chars().next().and_then(scale);
        found.push(Number { range: start..end, value: plain(&digits, scale.unwrap_or(0)) });
    }
    found
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(character as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// Zeros that a word adds to a number.
const fn scale(character: char) -> Option<usize> {
    match character {
        '천' => Some(3),
        '만' => Some(4),
        '억' => Some(8),
        _ => None,
    }
}

/// One spelling of a number: the point moved to the right, no zeros that mean nothing.
fn plain(digits: &str, scale: usize) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let moved: String = fraction.chars().chain(std::iter::repeat('0')).take(scale).collect();
    let fraction: String = fraction.chars().skip(scale).collect();
    let whole = format!("{whole}{moved}");
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    match fraction.is_empty() {
        true => whole.to_owned(),
        false => format!("{whole}.{fraction}"),
    }
}

/// The number of a list, at the beginning of a line: `1.` or `2)`.
fn is_numbering(text: &str, range: &Range<usize>) -> bool {
    let begins = text[..range.start].rsplit('\n').next().is_none_or(|before| before.trim().is_empty());
    begins && text[range.end..].starts_with(['.', ')']) && range.len() <= 2
}

/// Where the unit behind a number ends: `30%`, `3개월`.
fn unit_end(text: &str, from: usize) -> usize {
    let unit = text[from..].char_indices().take(6);
    let unit = unit.take_while(|(_, character)| character.is_alphabetic() || matches!(character, '%' | '％'));
    unit.last().map_or(from, |(at, character)| from + at + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::Facts;
    use crate::questions::Language;

    fn flagged(draft: &str, experiences: &str) -> Vec<String> {
        let facts = Facts { experiences: experiences.to_owned(), ..Facts::default() };
        let content = LetterContent { facts, ..LetterContent::empty(Language::Korean) };
        unsupplied(draft, &content, "").into_iter().map(|passage| passage.quote).collect()
    }

    #[test]
    fn a_number_that_nobody_told_is_found_with_its_unit() {
        let facts = "2024년에 3명이서 응답 시간을 1,200ms에서 300ms로 줄였습니다.";
        assert_eq!(flagged("3명이 2024년에 1200ms를 300ms로 줄였습니다.", facts), Vec::<String>::new());
        assert_eq!(flagged("응답 시간을 75% 줄이고 5명과 일했습니다.", facts), ["75%", "5명과"]);
        assert_eq!(flagged("응답 시간을 [수치 필요] 줄였습니다.", facts), Vec::<String>::new());
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        assert!(flagged("사용자 12,000명", "사용자가 1.2만 명").is_empty());
        assert!(flagged("3.50점", "3.5점").is_empty());
        assert!(flagged("２０２４년", "2024년").is_empty());
        assert_eq!(flagged("사용자 1.2억 명", "사용자가 1.2만 명"), ["1.2억"]);
        assert_eq!(flagged("버전 1.21", "버전 1.2"), ["1.21"]);
    }

    #[test]
    fn numbers_of_a_list_are_no_claims() {
        assert_eq!(flagged("1. 상황\n2) 행동\n7배 빨라졌습니다.", ""), ["7배"]);
    }

    #[test]
    fn what_the_instruction_says_was_told() {
        let content = LetterContent::empty(Language::Korean);
        assert!(unsupplied("40% 줄였습니다.", &content, "40% 줄인 걸 넣어 줘").is_empty());
        assert_eq!(unsupplied("40% 줄였습니다.", &content, "").len(), 1);
    }
}
