//! Figures in a text: values with what they count.

use super::technologies::is_particle;

/// What a figure counts, so far as two of them can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Percent,
    /// `3배`, `3 times`.
    Times,
    People,
    /// A time that something takes, in seconds.
    Seconds,
    /// A time that something goes on, in days.
    Days,
    /// A year of the calendar.
    Year,
    Bytes,
    Money,
    /// So many in a second.
    Rate,
    /// Things: `3만 건`, `12개`.
    Count,
}

/// A value, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    pub value: f64,
    pub unit: Unit,
    /// In bytes, its unit included.
    pub start: usize,
    pub end: usize,
}

/// Units behind a number, without the blank, and how many of the base unit they are. Longer ones first.
const UNITS: &[(&str, Unit, f64)] = &[
    ("퍼센트포인트", Unit::Percent, 1.0),
    ("퍼센트", Unit::Percent, 1.0),
    ("프로", Unit::Percent, 1.0),
    ("percent", Unit::Percent, 1.0),
    ("%", Unit::Percent, 1.0),
    ("배", Unit::Times, 1.0),
    ("times", Unit::Times, 1.0),
    ("밀리초", Unit::Seconds, 0.001),
    ("milliseconds", Unit::Seconds, 0.001),
    ("ms", Unit::Seconds, 0.001),
    ("초", Unit::Seconds, 1.0),
    ("seconds", Unit::Seconds, 1.0),
    ("second", Unit::Seconds, 1.0),
    ("분", Unit::Seconds, 60.0),
    ("minutes", Unit::Seconds, 60.0),
    ("minute", Unit::Seconds, 60.0),
    ("시간", Unit::Seconds, 3_600.0),
    ("hours", Unit::Seconds, 3_600.0),
    ("hour", Unit::Seconds, 3_600.0),
    ("일간", Unit::Days, 1.0),
    ("일", Unit::Days, 1.0),
    ("days", Unit::Days, 1.0),
    ("주일", Unit::Days, 7.0),
    ("주간", Unit::Days, 7.0),
    ("주", Unit::Days, 7.0),
    ("weeks", Unit::Days, 7.0),
    ("개월", Unit::Days, 30.0),
    ("달", Unit::Days, 30.0),
    ("months", Unit::Days, 30.0),
    ("month", Unit::Days, 30.0),
    ("년간", Unit::Days, 365.0),
    ("년", Unit::Days, 365.0),
    ("years", Unit::Days, 365.0),
    ("year", Unit::Days, 365.0),
    ("명", Unit::People, 1.0),
    ("인", Unit::People, 1.0),
    ("people", Unit::People, 1.0),
    ("persons", Unit::People, 1.0),
    ("members", Unit::People, 1.0),
    ("engineers", Unit::People, 1.0),
    ("developers", Unit::People, 1.0),
    ("users", Unit::People, 1.0),
    ("customers", Unit::People, 1.0),
    ("students", Unit::People, 1.0),
    ("of us", Unit::People, 1.0),
    ("tb", Unit::Bytes, 1e12),
    ("gb", Unit::Bytes, 1e9),
    ("mb", Unit::Bytes, 1e6),
    ("kb", Unit::Bytes, 1e3),
    ("테라바이트", Unit::Bytes, 1e12),
    ("기가바이트", Unit::Bytes, 1e9),
    ("메가바이트", Unit::Bytes, 1e6),
    ("원", Unit::Money, 1.0),
    ("달러", Unit::Money, 1_300.0),
    ("tps", Unit::Rate, 1.0),
    ("rps", Unit::Rate, 1.0),
    ("qps", Unit::Rate, 1.0),
    ("건", Unit::Count, 1.0),
    ("개", Unit::Count, 1.0),
    ("회", Unit::Count, 1.0),
    ("번", Unit::Count, 1.0),
    ("대", Unit::Count, 1.0),
    ("곳", Unit::Count, 1.0),
    ("줄", Unit::Count, 1.0),
    ("requests", Unit::Count, 1.0),
    ("orders", Unit::Count, 1.0),
    ("messages", Unit::Count, 1.0),
    ("records", Unit::Count, 1.0),
    ("rows", Unit::Count, 1.0),
    ("servers", Unit::Count, 1.0),
    ("services", Unit::Count, 1.0),
    ("projects", Unit::Count, 1.0),
    ("tests", Unit::Count, 1.0),
    ("bugs", Unit::Count, 1.0),
    ("lines", Unit::Count, 1.0),
];

/// Words between a number and its unit that multiply it.
const MAGNITUDES: &[(&str, f64)] = &[
    ("천만", 1e7),
    ("백만", 1e6),
    ("십만", 1e5),
    ("억", 1e8),
    ("만", 1e4),
    ("천", 1e3),
    ("백", 1e2),
    ("million", 1e6),
    ("thousand", 1e3),
    ("hundred", 1e2),
    ("k", 1e3),
    ("m", 1e6),
];

/// Numbers in words, as they stand before what they count.
const WORDS: &[(&str, f64)] = &[
    ("한", 1.0),
    ("두", 2.0),
    ("세", 3.0),
    ("네", 4.0),
    ("다섯", 5.0),
    ("여섯", 6.0),
    ("일곱", 7.0),
    ("여덟", 8.0),
    ("아홉", 9.0),
    ("열", 10.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
];

/// Every figure of a text, in its order.
pub fn figures(text: &str) -> Vec<Figure> {
    // ASCII alone, so that places in both texts are the same.
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<Figure> = Vec::new();
    let mut place = 0;
    while let Some(letter) = lower[place..].chars().next() {
        let figure = match starts_word(&lower, place) {
            true if letter.is_ascii_digit() => of_digits(&lower, place),
            true => of_word(&lower, place),
            false => None,
        };
        place = figure.map_or(place + letter.len_utf8(), |figure| figure.end);
        found.extend(figure);
    }
    found
}

/// Whether a number or a word can begin here: `3` of `Java3` or of `1.3` does not.
fn starts_word(text: &str, place: usize) -> bool {
    let mut before = text[..place].chars().rev();
    match before.next() {
        None => true,
        Some('.' | ',' | '/' | '-') => !before.next().is_some_and(|digit| digit.is_ascii_alphanumeric()),
        Some(character) => !character.is_ascii_alphanumeric() && !('가'..='힣').contains(&character),
    }
}

fn of_digits(text: &str, start: usize) -> Option<Figure> {
    let digits = text[start..]
        .char_indices()
        .find(|(at, character)| {
            let between_digits = matches!(character, ',' | '.')
                && text[start + at + 1..].starts_with(|next: char| next.is_ascii_digit());
            !character.is_ascii_digit() && !between_digits
        })
        .map_or(text.len(), |(at, _)| start + at);
    let value: f64 = text[start..digits].replace(',', "").parse().ok()?;
    let year = (1_950.0..2_100.0).contains(&value) && digits - start == 4;
    if year && text[digits..].starts_with('년') {
        return Some(Figure { value, unit: Unit::Year, start, end: digits + '년'.len_utf8() });
    }
    with_unit(text, start, digits, value)
}

fn of_word(text: &str, start: usize) -> Option<Figure> {
    WORDS.iter().find_map(|(word, value)| {
        let end = start + word.len();
        // `세대` and `한인` count nothing: a number in words stands apart from its unit.
        let stands_apart = text[start..].starts_with(word) && text[end..].starts_with(' ');
        stands_apart.then(|| with_unit(text, start, end, *value)).flatten()
    })
}

fn with_unit(text: &str, start: usize, mut end: usize, mut value: f64) -> Option<Figure> {
    let after_blank = |at: usize| at + (text[at..].len() - text[at..].trim_start_matches(' ').len()).min(1);
    let latin = |word: &str| word.ends_with(|last: char| last.is_ascii_alphabetic());
    // `3m` is nothing, `3 만` is 30,000.
    let goes_on = |word: &str, at: usize| {
        latin(word) && text[at..].starts_with(|next: char| next.is_ascii_alphanumeric())
    };
    let magnitude = |at: usize, adjacent: bool| {
        MAGNITUDES.iter().find_map(|(word, times)| {
            // One Latin letter stands at its number.
            let at = if adjacent || word.len() == 1 { at } else { after_blank(at) };
            let found = text[at..].starts_with(word) && !goes_on(word, at + word.len());
            found.then_some((at + word.len(), *times))
        })
    };
    if let Some((behind, times)) = magnitude(end, false) {
        (value, end) = (value * times, behind);
        // `3만 5천`: what follows is smaller and belongs to it.
        let from = after_blank(end);
        let digits =
            text[from..].len() - text[from..].trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
        if let Ok(more) = text[from..from + digits].parse::<f64>() {
            match magnitude(from + digits, true).filter(|(_, smaller)| *smaller < times) {
                Some((behind, smaller)) => (value, end) = (value + more * smaller, behind),
                None if more < times => (value, end) = (value + more, from + digits),
                None => {}
            }
        }
    }
    let at = after_blank(end);
    let (word, unit, times) = UNITS.iter().find(|(word, ..)| {
        text[at..].starts_with(word) && !goes_on(word, at + word.len()) && ends_there(text, word, at)
    })?;
    Some(Figure { value: value * times, unit: *unit, start, end: at + word.len() })
}

/// Whether a Korean unit is the whole word but for its particle: `3분기` are no minutes, `2 인턴` no people and `5번째` no times.
fn ends_there(text: &str, word: &str, at: usize) -> bool {
    const BEHIND: &[&str] = &[
        "씩",
        "이서",
        "이상",
        "이하",
        "가량",
        "동안",
        "만에",
        "마다",
        "짜리",
        "여",
        "정도",
        "쯤",
        "넘",
        "이었",
        "였",
        "이에요",
        "예요",
        "입니다",
        "이라",
        "이던",
        "에서",
        "으로",
    ];
    if word.is_ascii() {
        return true;
    }
    let rest: String =
        text[at + word.len()..].chars().take_while(|next| ('가'..='힣').contains(next)).collect();
    is_particle(&rest) || BEHIND.iter().any(|beginning| rest.starts_with(beginning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(f64, Unit)]) {
        let found: Vec<(f64, Unit)> =
            figures(text).into_iter().map(|figure| (figure.value, figure.unit)).collect();
        assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
        for ((value, unit), (wanted, of)) in found.iter().zip(expected) {
            assert!((value - wanted).abs() < 1e-6 * wanted.abs().max(1.0) && unit == of, "{text}: {found:?}");
        }
    }

    #[test]
    fn values_are_read_with_their_units() {
        check("조회 시간을 40% 줄였습니다", &[(40.0, Unit::Percent)]);
        check("3.1초에서 1.8초로", &[(3.1, Unit::Seconds), (1.8, Unit::Seconds)]);
        check("하루 3만 건, 월 1,200만 명", &[(30_000.0, Unit::Count), (12_000_000.0, Unit::People)]);
        check("사용자 3만 5천 명, 2만5000원", &[(35_000.0, Unit::People), (25_000.0, Unit::Money)]);
        check("네 명이 6개월 동안", &[(4.0, Unit::People), (180.0, Unit::Days)]);
        check("2023년부터 2년간", &[(2_023.0, Unit::Year), (730.0, Unit::Days)]);
        check("cut latency by 40 percent to 120ms", &[(40.0, Unit::Percent), (0.12, Unit::Seconds)]);
        check("a team of four engineers for 2 years", &[(4.0, Unit::People), (730.0, Unit::Days)]);
        check(
            "30k requests a day, 1.5 million users",
            &[(30_000.0, Unit::Count), (1_500_000.0, Unit::People)],
        );
        check("300ms를 3배 빠르게", &[(0.3, Unit::Seconds), (3.0, Unit::Times)]);
    }

    #[test]
    fn numbers_without_a_unit_are_no_figures() {
        check("Java 17과 HTTP/2, v1.2.3", &[]);
        check("2024.03.01", &[]);
        check("1. 첫째", &[]);
        check("제3 대기업, 2 인턴십, 3분기, 5번째, 3 프로젝트", &[]);
        check("한국에서 두꺼운 책을 세심하게", &[]);
        check("someone told", &[]);
        check("", &[]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "지연을 약 1,200 ms로";
        let figure = figures(text)[0];
        assert_eq!(&text[figure.start..figure.end], "1,200 ms");
    }
}
