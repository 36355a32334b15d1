//! Answers that are too long, much too short, or missing.

use unicode_segmentation::UnicodeSegmentation;

use super::text::sentences;
use super::{Finding, FindingKind, Passage};
use crate::letters::count::count;
use crate::letters::{LetterItem, Limit};

/// From this limit on, an answer is expected to use it.
const ROOM: u32 = 200;
/// Less than so many of a hundred of the limit is short.
const SHORT: u32 = 60;

/// What the limit says about an answer.
pub fn check(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    let mut add = |kind, passage, detail| found.push(Finding { item_id: item.id, kind, passage, detail });
    if answer.trim().is_empty() {
        add(FindingKind::Unanswered, None, None);
        return;
    }
    let Some((length, limit)) = item.measured() else { return };
    let detail = Some(format!("{length}/{}", limit.max));
    if length > limit.max {
        let from = fitting(answer, limit);
        add(FindingKind::OverLimit, Passage::of(answer, from..answer.len()), detail);
    } else if limit.max >= ROOM && u64::from(length) * 100 < u64::from(limit.max) * u64::from(SHORT) {
        let last = sentences(answer).pop();
        add(FindingKind::UnderLimit, last.and_then(|last| Passage::of(answer, last)), detail);
    }
}

/// The byte up to which an answer fits its limit.
fn fitting(answer: &str, limit: Limit) -> usize {
    let mut length = 0;
    for (at, grapheme) in answer.grapheme_indices(true) {
        length += count(grapheme, limit.counting);
        if length > limit.max {
            return at;
        }
    }
    answer.len()
}
