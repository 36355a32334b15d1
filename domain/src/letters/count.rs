//! How long a text is, in the ways that application forms count. The same code runs in the browser and on the server.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use utoipa::ToSchema;

crate::questions::words! {
    /// What is counted.
    Measure {
        /// 글자 수(공백 포함): what a person sees as one character, spaces included.
        Characters = "characters",
        /// 글자 수(공백 제외): the same without spaces.
        CharactersWithoutSpaces = "characters-without-spaces",
        /// Bytes of UTF-8: 3 for a Hangul syllable.
        Utf8Bytes = "utf8-bytes",
        /// Bytes as forms count that say 한글 2바이트 (EUC-KR): 1 for ASCII, 2 for everything else.
        EucKrBytes = "euc-kr-bytes",
    }
}

/// How a text is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Counting {
    pub measure: Measure,
    /// Whether the end of a line counts, as one. Without it, lines may be broken for free.
    pub newlines: bool,
}

impl Counting {
    /// What most forms do: characters with spaces, line ends included.
    pub const USUAL: Self = Self { measure: Measure::Characters, newlines: true };
}

/// How long the text is. The end of a line counts once however it is written: CRLF, CR, or LF.
pub fn count(text: &str, counting: Counting) -> u32 {
    let mut total: u32 = 0;
    for grapheme in text.graphemes(true) {
        total = total.saturating_add(match is_newline(grapheme) {
            true => u32::from(counting.newlines),
            false => measure(grapheme, counting.measure),
        });
    }
    total
}

/// The end of a line. CRLF is one grapheme.
fn is_newline(grapheme: &str) -> bool {
    matches!(grapheme, "\r\n" | "\n" | "\r" | "\u{2028}" | "\u{2029}" | "\u{85}")
}

fn measure(grapheme: &str, measure: Measure) -> u32 {
    match measure {
        Measure::Characters => 1,
        Measure::CharactersWithoutSpaces => u32::from(!grapheme.chars().all(char::is_whitespace)),
        Measure::Utf8Bytes => u32::try_from(grapheme.len()).unwrap_or(u32::MAX),
        Measure::EucKrBytes => euc_kr_bytes(grapheme),
    }
}

/// Two bytes for every UTF-16 unit that is not ASCII, which is how the forms do it that offer this count. A syllable that is written as
/// separate jamo is one syllable there.
fn euc_kr_bytes(grapheme: &str) -> u32 {
    if grapheme.chars().next().is_some_and(is_conjoining_jamo) {
        return 2;
    }
    grapheme
        .chars()
        .map(|character| match character.is_ascii() {
            true => 1,
            false => 2 * character.len_utf16() as u32,
        })
        .sum()
}

/// The jamo that combine to syllables, as file names of macOS have them (NFD).
const fn is_conjoining_jamo(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{A960}'..='\u{A97C}' | '\u{D7B0}'..='\u{D7FB}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters, without spaces, UTF-8 and EUC-KR bytes, line ends counted.
    fn all(text: &str) -> [u32; 4] {
        let of = |measure| count(text, Counting { measure, newlines: true });
        [
            of(Measure::Characters),
            of(Measure::CharactersWithoutSpaces),
            of(Measure::Utf8Bytes),
            of(Measure::EucKrBytes),
        ]
    }

    #[test]
    fn every_measure_counts_as_its_forms_do() {
        let check = |text: &str, expected: [u32; 4]| assert_eq!(all(text), expected, "{text:?}");
        check("", [0, 0, 0, 0]);
        check("abc", [3, 3, 3, 3]);
        check("안녕하세요", [5, 5, 15, 10]);
        check("저는 A팀에서", [7, 6, 17, 12]);
        check("  ", [2, 0, 2, 2]);
        // The ideographic space and the no-break space are spaces.
        check("가\u{3000}나\u{a0}다", [5, 3, 14, 10]);
        // Punctuation that Korean texts use.
        check("‘가’…", [4, 4, 12, 8]);
        check("ㅋㅋ", [2, 2, 6, 4]);
    }

    #[test]
    fn what_is_seen_as_one_character_is_one() {
        let characters = |text: &str| all(text)[0];
        for (text, bytes, euc_kr) in [
            ("👍", 4, 4),
            // A skin tone.
            ("👍🏽", 8, 8),
            // A family joined by ZWJ.
            ("👨‍👩‍👧‍👦", 25, 22),
            // A flag of two regional indicators.
            ("🇰🇷", 8, 8),
            // A keycap: a digit, a variation selector and the enclosing key.
            ("1️⃣", 7, 5),
            // A heart with the selector for colour.
            ("❤️", 6, 4),
            // An accent that combines.
            ("e\u{301}", 3, 3),
            ("é", 2, 2),
        ] {
            assert_eq!(characters(text), 1, "{text}");
            assert_eq!(all(text), [1, 1, bytes, euc_kr], "{text}");
        }
        assert_eq!(characters("🇰🇷🇺🇸"), 2);
    }

    #[test]
    fn syllables_of_separate_jamo_are_syllables() {
        // 한글, as macOS writes file names.
        let nfd = "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}";
        assert_eq!(all(nfd), [2, 2, 18, 4]);
        // Old Hangul has syllables that exist in no other way.
        assert_eq!(all("\u{1112}\u{119e}\u{11ab}"), [1, 1, 9, 2]);
    }

    #[test]
    fn the_end_of_a_line_counts_once_or_not_at_all() {
        for text in ["가\n나", "가\r\n나", "가\r나", "가\u{2028}나"] {
            let of = |measure, newlines| count(text, Counting { measure, newlines });
            for (measure, counted, free) in [
                (Measure::Characters, 3, 2),
                (Measure::CharactersWithoutSpaces, 3, 2),
                (Measure::Utf8Bytes, 7, 6),
                (Measure::EucKrBytes, 5, 4),
            ] {
                assert_eq!(of(measure, true), counted, "{text:?} {measure}");
                assert_eq!(of(measure, false), free, "{text:?} {measure}");
            }
        }
        assert_eq!(count("\n\r\n\n", Counting::USUAL), 3);
    }

    #[test]
    fn a_text_counts_as_much_as_its_parts() {
        let text = "저는 2024년에\r\nA팀에서 👨‍👩‍👧‍👦 일했습니다.\n\n끝";
        for measure in Measure::ALL {
            for newlines in [true, false] {
                let counting = Counting { measure: *measure, newlines };
                let lines = text.lines().map(|line| count(line, counting)).sum::<u32>();
                let ends = if newlines { 3 } else { 0 };
                assert_eq!(count(text, counting), lines + ends, "{measure}");
            }
        }
    }
}
