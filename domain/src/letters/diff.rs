//! What changed from one text to another, word by word. Nothing is replaced before a person has seen it.

use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    Same,
    Removed,
    Added,
}

/// Words that share a fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub change: Change,
    pub text: String,
}

/// Most pairs of words, or of lines, that are compared. The server renders what is proposed, too, so no text may keep it busy; a text of
/// three thousand characters has half of it.
const PAIRS_MAX: usize = 4_000_000;

/// The pieces of both texts in reading order: without those added they are the text before, without those removed the text after. What is
/// too long to be compared word by word is compared line by line, or stands there as one text for the other.
pub fn diff(before: &str, after: &str) -> Vec<Piece> {
    let fits = |count: fn(&str) -> usize| count(before).saturating_mul(count(after)) <= PAIRS_MAX;
    let compared = if fits(|text| 2 * text.split_whitespace().count() + 1) {
        TextDiff::from_words(before, after)
    } else if fits(|text| text.lines().count() + 1) {
        TextDiff::from_lines(before, after)
    } else {
        return exchanged(before, after);
    };
    let mut pieces: Vec<Piece> = Vec::new();
    for change in compared.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Delete => Change::Removed,
            ChangeTag::Insert => Change::Added,
        };
        match pieces.last_mut() {
            Some(last) if last.change == kind => last.text.push_str(change.value()),
            _ => pieces.push(Piece { change: kind, text: change.value().to_owned() }),
        }
    }
    pieces
}

/// One text for the other, without looking into them.
fn exchanged(before: &str, after: &str) -> Vec<Piece> {
    let piece = |change, text: &str| Piece { change, text: text.to_owned() };
    match before == after {
        true => vec![piece(Change::Same, before)],
        false => vec![piece(Change::Removed, before), piece(Change::Added, after)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removed words as `-…-`, added ones as `+…+`.
    fn shown(before: &str, after: &str) -> String {
        diff(before, after)
            .into_iter()
            .map(|piece| match piece.change {
                Change::Same => piece.text,
                Change::Removed => format!("-{}-", piece.text),
                Change::Added => format!("+{}+", piece.text),
            })
            .collect()
    }

    #[test]
    fn only_the_words_that_changed_are_marked() {
        assert_eq!(
            shown("저는 팀을 이끌었습니다.", "저는 팀을 도왔습니다."),
            "저는 팀을 -이끌었습니다.-+도왔습니다.+"
        );
        assert_eq!(shown("", "새 글"), "+새 글+");
        assert_eq!(shown("같은 글", "같은 글"), "같은 글");
        assert_eq!(shown("지울 글", ""), "-지울 글-");
    }

    #[test]
    fn both_texts_can_be_put_together_again() {
        let (before, after) = ("하나 둘\n셋 넷 다섯", "하나  둘 셋\n넷 여섯 🇰🇷");
        let without = |left_out: Change| -> String {
            diff(before, after)
                .into_iter()
                .filter(|piece| piece.change != left_out)
                .map(|piece| piece.text)
                .collect()
        };
        assert_eq!(without(Change::Added), before);
        assert_eq!(without(Change::Removed), after);
    }

    #[test]
    fn texts_without_anything_in_common_are_compared_in_no_time() {
        let text = |from: u32, blank: &str| -> String {
            (from..from + 5_000)
                .filter_map(char::from_u32)
                .flat_map(|it| [it.to_string(), blank.to_owned()])
                .collect()
        };
        let begun = std::time::Instant::now();
        // Words in one line each, and lines of one word each.
        for blank in [" ", "\n"] {
            let (before, after) = (text(0xac00, blank), text(0xc000, blank));
            let pieces = diff(&before, &after);
            assert_eq!(
                pieces.iter().map(|piece| piece.change).collect::<Vec<_>>(),
                [Change::Removed, Change::Added]
            );
            assert_eq!((pieces[0].text.as_str(), pieces[1].text.as_str()), (before.as_str(), after.as_str()));
            assert_eq!(diff(&before, &before).len(), 1);
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
    }
}
