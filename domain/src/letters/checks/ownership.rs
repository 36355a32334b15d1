//! Whether one's own part shows: 저는 against 우리는.

use std::ops::Range;

use super::text::{begins_word, is_whole, places, sentences};
use super::{Finding, FindingKind, Passage};
use crate::letters::LetterItem;

/// Most findings of one answer.
const MOST: usize = 3;

const TEAM: &[&str] = &[
    "우리는",
    "우리가",
    "우리 팀은",
    "우리 팀이",
    "저희는",
    "저희가",
    "저희 팀은",
    "저희 팀이",
    "팀원들은",
    "팀원들이",
    "팀은",
    "팀이",
    "we",
    "our team",
    "the team",
];

const OWN: &[&str] =
    &["저는", "제가", "나는", "내가", "저의 역할", "제 역할", "저도", "i", "my role", "my part"];

/// Sentences whose subject is the team, when the person hardly shows.
pub fn check(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    let mut team: Vec<Range<usize>> = Vec::new();
    let mut own = 0;
    for sentence in sentences(answer) {
        let subject = |words: &[&str]| first(answer, &sentence, words);
        match (subject(TEAM), subject(OWN)) {
            (_, Some(_)) => own += 1,
            (Some(place), None) => team.push(place),
            (None, None) => {}
        }
    }
    if team.len() <= own || (team.len() == 1 && sentences(answer).len() > 3) {
        return;
    }
    found.extend(team.into_iter().take(MOST).map(|place| Finding {
        item_id: item.id,
        kind: FindingKind::Ownership,
        passage: Passage::of(answer, place),
        detail: None,
    }));
}

/// The first of the words in a sentence.
fn first(text: &str, sentence: &Range<usize>, words: &[&str]) -> Option<Range<usize>> {
    let part = &text[sentence.clone()];
    words
        .iter()
        .flat_map(|word| places(part, word))
        .map(|place| place.start + sentence.start..place.end + sentence.start)
        // 팀은 is a subject in “팀은”, and none in “스팀은”.
        .filter(|place| is_whole(text, place) && begins_word(text, place))
        .min_by_key(|place| place.start)
}
