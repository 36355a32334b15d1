//! Finding the items of a cover letter in a text: what was asked, what was answered, and how long the answer may be.
//!
//! People number their items, put them in brackets, or write their names on lines of their own, and lists and subtitles in the answers
//! look alike. So one way of marking is looked for at a time, the plainest first, and the others are then part of the answers.

mod limit;
mod mark;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use limit::without_limit;
use mark::{Mark, asks, marks};

/// Most items that a text is split into: as many as a letter has. What follows belongs to the last.
const ITEMS_MAX: usize = crate::letters::ITEMS_MAX as usize;
/// Lines that a question may go on for.
const QUESTION_LINES: usize = 4;
/// Fewest characters of a line that ends where the page did.
const BROKEN_OFF: usize = 10;
/// Most characters of a line above the first item that is a title, and belongs to none.
const TITLE_LINE: usize = 40;

crate::questions::words! {
    /// What a limit counts.
    FoundUnit {
        Characters = "characters",
        /// Without blanks (공백 제외).
        NoSpaces = "no-spaces",
        Bytes = "bytes",
    }
}

/// How long an answer may be, as the question says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundLimit {
    pub most: u32,
    pub unit: FoundUnit,
}

/// An item of a cover letter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FoundItem {
    /// Without its number and its limit. Empty when the text does not say what was asked.
    pub question: String,
    pub answer: String,
    pub limit: Option<FoundLimit>,
}

/// The items of a text, in their order. A text without any is the answer of one; an empty one has none.
pub fn split_items(text: &str) -> Vec<FoundItem> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let marks = marks(&lines);
    let first = marks.first().map_or(lines.len(), |mark| mark.line);
    let mut items = Vec::new();
    let above = answer(&[], &lines[..first]);
    let title = !marks.is_empty() && !above.contains('\n') && above.chars().count() <= TITLE_LINE;
    if !above.is_empty() && !title {
        items.push(FoundItem { answer: above, ..FoundItem::default() });
    }
    let marks = &marks[..marks.len().min(ITEMS_MAX - items.len())];
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).map_or(lines.len(), |next| next.line);
        items.push(item(mark, &lines[mark.line + 1..end]));
    }
    items
}

/// An item: what stands beside its mark, and the lines below.
fn item(mark: &Mark<'_>, below: &[&str]) -> FoundItem {
    let goes_on = match mark.is_whole {
        true => usize::from(below.first().is_some_and(|line| is_limit(line))),
        false => question_lines(mark.question, below),
    };
    let (asked, below) = below.split_at(goes_on);
    let question = std::iter::once(mark.question).chain(asked.iter().copied()).collect::<Vec<_>>().join(" ");
    let (question, limit) = without_limit(question.trim());
    FoundItem { question, answer: answer(&[mark.beside], below), limit }
}

/// Whether a line is a limit and nothing else.
fn is_limit(line: &str) -> bool {
    !line.is_empty() && without_limit(line).0.is_empty()
}

/// So many of the lines below a question still belong to it: those up to its end, when that is near. What is short was not broken off.
fn question_lines(question: &str, below: &[&str]) -> usize {
    if below.first().is_some_and(|line| is_limit(line)) {
        return 1;
    }
    if asks(question) || question.chars().count() < BROKEN_OFF {
        return 0;
    }
    let mut near = below.iter().take(QUESTION_LINES).take_while(|line| !line.is_empty());
    let Some(end) = near.position(|line| asks(line) || is_limit(line)) else { return 0 };
    let after = below.get(end + 1).is_some_and(|line| is_limit(line));
    end + 1 + usize::from(after)
}

/// The lines of an answer, without the word that only says that they are one.
fn answer(beside: &[&str], below: &[&str]) -> String {
    let text = beside.iter().chain(below).copied().collect::<Vec<_>>().join("\n");
    let text = text.trim();
    let text = ["답변", "답", "Answer", "A"].iter().find_map(|word| after_label(text, word)).unwrap_or(text);
    text.trim().to_owned()
}

/// What follows a label like `답변:` or `A1.`.
fn after_label<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_prefix(word)?.trim_start_matches(|character: char| character.is_ascii_digit());
    rest.strip_prefix([':', '：']).or_else(|| rest.strip_prefix(". ")).or_else(|| rest.strip_prefix(") "))
}

#[cfg(test)]
mod tests;
