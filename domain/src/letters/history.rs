//! Which saves belong to one version. Every pause in writing is saved, and nobody wants to look for a text among hundreds of versions;
//! but what somebody deletes must stand in one of them.

use chrono::{DateTime, Duration, Utc};

use super::LetterContent;

/// Versions that are kept of a letter.
pub const VERSIONS_MAX: u64 = 30;
/// For so long saves are added to the version that is there.
const ONE_VERSION: Duration = Duration::minutes(10);
/// When an answer loses so many characters, what it was stays a version.
const LOST_MAX: usize = 20;

/// Whether what is saved now takes the place of the version that was begun then and holds `before`.
pub fn continues(
    before: &LetterContent,
    after: &LetterContent,
    begun_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    now - begun_at < ONE_VERSION && !loses(before, after)
}

/// Whether text goes that somebody may want back.
fn loses(before: &LetterContent, after: &LetterContent) -> bool {
    let shrinks = |before: &str, after: &str| {
        before.chars().count() > after.chars().count() + LOST_MAX
            // Another text of the same length is as much of a loss.
            || (before.chars().count() > LOST_MAX && kept(before, after) * 2 < before.chars().count())
    };
    let facts = [
        (&before.posting, &after.posting),
        (&before.facts.experiences, &after.facts.experiences),
        (&before.facts.strengths, &after.facts.strengths),
    ];
    facts.into_iter().any(|(before, after)| shrinks(before, after))
        || before.items.iter().any(|item| match after.item(item.id) {
            Some(other) => shrinks(&item.answer, &other.answer) || shrinks(&item.question, &other.question),
            None => !item.answer.trim().is_empty() || !item.question.trim().is_empty(),
        })
}

/// Characters that stand at the beginning or the end of both.
fn kept(before: &str, after: &str) -> usize {
    let front = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    let back = before.chars().rev().zip(after.chars().rev()).take_while(|(one, other)| one == other).count();
    (front + back).min(before.chars().count())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::letters::LetterItem;
    use crate::questions::Language;

    fn letter(answer: &str) -> LetterContent {
        let item = LetterItem {
            id: Uuid::from_u128(1),
            question: "지원 동기".to_owned(),
            answer: answer.to_owned(),
            limit: None,
            tip: String::new(),
        };
        LetterContent { items: vec![item], ..LetterContent::empty(Language::Korean) }
    }

    fn continues_after(before: &LetterContent, after: &LetterContent, minutes: i64) -> bool {
        let begun = DateTime::UNIX_EPOCH;
        continues(before, after, begun, begun + Duration::minutes(minutes))
    }

    #[test]
    fn writing_on_is_one_version_for_a_while() {
        let (before, after) = (letter("저는 지도를"), letter("저는 지도를 좋아합니다."));
        assert!(continues_after(&before, &after, 9));
        assert!(!continues_after(&before, &after, 10));
    }

    #[test]
    fn what_is_deleted_or_replaced_stays_a_version() {
        let long = letter("저는 학교에서 지도를 그리는 동아리를 이끌며 많은 것을 배웠습니다.");
        assert!(!continues_after(&long, &letter("저는"), 1), "deleted");
        assert!(
            !continues_after(
                &long,
                &letter("전혀 다른 글을 같은 길이로 붙여 넣어서 예전 글이 없어졌어요!!"),
                1
            ),
            "replaced"
        );
        assert!(
            !continues_after(&long, &LetterContent { items: vec![], ..long.clone() }, 1),
            "an item removed"
        );
        assert!(
            continues_after(&long, &letter("저는 학교에서 지도를 그리는 동아리를 이끌며 배웠습니다."), 1),
            "a few words"
        );
    }
}
