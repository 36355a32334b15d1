//! Sentences and words of a text, and where they stand.

use std::ops::Range;

/// The sentences of a text, white space around them left out. A point inside a number or a name (`3.5`, `Node.js`) ends none.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let behind = at + character.len_utf8();
        let ends = match character {
            '\n' | '\r' | '。' | '！' | '？' => true,
            '.' | '!' | '?' => text[behind..]
                .chars()
                .next()
                .is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '\'' | '”' | '’' | ')')),
            _ => false,
        };
        if ends {
            push(text, start..behind, &mut found);
            start = behind;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let sentence = &text[range.clone()];
    let start = range.start + (sentence.len() - sentence.trim_start().len());
    let end = range.start + sentence.trim_end().len();
    if text.get(start..end).is_some_and(|sentence| sentence.chars().any(char::is_alphanumeric)) {
        found.push(start..end);
    }
}

/// The words of a text between white space, punctuation around them left out.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.split_whitespace().filter_map(move |raw| {
        let word = raw.trim_matches(|character: char| !character.is_alphanumeric());
        let at = offset(text, word);
        (!word.is_empty()).then_some((at..at + word.len(), word))
    })
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Every place of some words. Case is of no account for ASCII.
pub fn places(text: &str, needle: &str) -> Vec<Range<usize>> {
    // Lowering ASCII alone keeps every byte where it is.
    let (lower, needle) = (text.to_ascii_lowercase(), needle.to_ascii_lowercase());
    lower.match_indices(&needle).map(|(at, found)| at..at + found.len()).collect()
}

/// Whether a text has any of some words.
pub fn has_any(text: &str, needles: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    needles.iter().any(|needle| lower.contains(needle))
}

/// Whether a Latin word that stands there is a whole one: `we` is none in `week`. Hangul words take endings and particles.
pub fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let latin = |character: char| character.is_ascii_alphanumeric();
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let word = &text[range.clone()];
    let starts = word.chars().next().is_none_or(|first| !latin(first)) || !before.is_some_and(latin);
    let ends = word.chars().next_back().is_none_or(|last| !latin(last)) || !after.is_some_and(latin);
    starts && ends
}

/// Particles and endings that may follow a Korean name.
const PARTICLES: &[&str] = &[
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "로",
    "으로",
    "도",
    "만",
    "에서",
    "에게",
    "라는",
    "이라는",
    "처럼",
    "보다",
    "까지",
    "부터",
    "입니다",
    "이며",
    "이고",
    "라면",
    "이라면",
    "님",
];

/// More characters than any of them has.
const BEHIND_MAX: usize = 8;

/// Whether that may follow a Korean name.
pub fn is_particle(text: &str) -> bool {
    PARTICLES.contains(&text)
}

/// Whether a word begins there: 교회 does not in 수교회담.
pub fn begins_word(text: &str, place: &Range<usize>) -> bool {
    text[..place.start].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// Whether a name stands there as a word of its own, with a particle at most: 기아 does not in 기아대책.
pub fn is_name(text: &str, place: &Range<usize>) -> bool {
    if !begins_word(text, place) || !is_whole(text, place) {
        return false;
    }
    let behind = behind(text, place);
    behind.is_empty() || is_particle(&behind)
}

/// What follows in the same word, as far as it can be a particle or an ending: a word may be as long as an answer, and have a name at
/// every place.
pub fn behind(text: &str, place: &Range<usize>) -> String {
    text[place.end..].chars().take(BEHIND_MAX).take_while(|character| character.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = "저는 3.5점을 받았습니다. Node.js를 썼나요? “네.” 끝\n\n다음 줄";
        let found: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["저는 3.5점을 받았습니다.", "Node.js를 썼나요?", "“네.", "” 끝", "다음 줄"]);
        assert!(sentences(" \n…\n").is_empty());
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "(저는) ‘지도’를, 그립니다.";
        let found: Vec<&str> = words(text)
            .map(|(range, word)| {
                assert_eq!(&text[range], word);
                word
            })
            .collect();
        assert_eq!(found, ["저는", "지도’를", "그립니다"]);
        assert_eq!(places("We met. WE won.", "we"), [0..2, 8..10]);
        assert!(!is_whole("week", &(0..2)));
        assert!(is_whole("we won", &(0..2)));
        assert!(is_whole("우리는", &(0..6)));
    }
}
