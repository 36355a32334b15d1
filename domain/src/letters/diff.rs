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

/// The pieces of both texts in reading order: without those added they are the text before, without those removed the text after.
pub fn diff(before: &str, after: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(before, after).iter_all_changes() {
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
}
