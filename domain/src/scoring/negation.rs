//! Whether a hit says the opposite: the words around it that turn it round.

use super::text::{Script, Text, Token};

/// How many words before an English hit a `not` still reaches it.
const REACH: usize = 3;

/// Whether the word turns something round.
pub(super) fn is_negation(token: &Token) -> bool {
    match token.script {
        Script::Latin => matches!(
            token.text.as_str(),
            "not" | "no" | "never" | "none" | "nothing" | "neither" | "nor" | "without" | "non" | "hardly"
        ),
        Script::Hangul => {
            let word = token.text.as_str();
            matches!(word, "안" | "못") || is_negative_verb(word)
        }
        Script::Digit | Script::Symbol | Script::Other => false,
    }
}

/// `않다`, `못하다`, `아니다` and `없다`, unless the form is a condition, a purpose or a question:
/// `걸지 않으면` and `읽지 못하게` say nothing against locking or reading.
fn is_negative_verb(word: &str) -> bool {
    const STEMS: &[&str] =
        &["않", "못하", "못한", "못합", "못했", "못해", "못할", "아니", "아닌", "아닙", "아님", "없"];
    const HARMLESS: &[&str] = &["면", "도록", "게", "까", "나요", "가요", "고서는"];
    // `없어지다` and `없애다` are verbs of their own: something disappears or is removed.
    if ["없어지", "없어진", "없어져", "없어졌", "없어집", "없애", "없앤", "없앱"]
        .iter()
        .any(|verb| word.starts_with(verb))
    {
        return false;
    }
    STEMS.iter().any(|stem| {
        word.strip_prefix(stem)
            .is_some_and(|ending| !HARMLESS.iter().any(|harmless| ending.contains(harmless)))
    })
}

/// The words that turn the words `first..=last` round, by their place.
pub(super) fn negations(text: &Text, first: usize, last: usize) -> Vec<usize> {
    let tokens = &text.tokens;
    let mut found = Vec::new();
    let sentence = tokens[first].sentence;
    let at = |place: usize| tokens.get(place).filter(|token| token.sentence == sentence);

    // Before: `not guaranteed`, `안 막습니다`.
    let mut place = first;
    for distance in 1..=REACH {
        if place == 0 || !tokens[place].close {
            break;
        }
        place -= 1;
        let Some(token) = at(place) else { break };
        if matches!(
            token.text.as_str(),
            "but" | "and" | "or" | "because" | "so" | "if" | "until" | "unless" | "while"
        ) {
            break;
        }
        let reaches =
            token.script == Script::Latin || (distance == 1 && matches!(token.text.as_str(), "안" | "못"));
        if reaches && is_negation(token) && !is_exempt_before(at(place + 1)) {
            found.push(place);
            break;
        }
    }

    // After: `커밋되지 않은`, `락이 없다`, `사용하지 않고`, `필요가 없다`.
    if let Some(next) = at(last + 1).filter(|next| next.script == Script::Hangul) {
        let word = tokens[last].text.as_str();
        let only_more = word.ends_with("뿐") || word.ends_with("뿐만");
        // `닫으면 없다`: the clause before it is over.
        let over = ["면", "고", "서", "며", "니까", "지만"].iter().any(|ending| word.ends_with(ending));
        if is_negative_verb(&next.text) && !only_more && !over {
            found.push(last + 1);
        } else if (["지", "지는", "것이", "것은", "게", "건"]
            .iter()
            .any(|ending| next.text.ends_with(ending))
            || next.text.starts_with("필요"))
            && at(last + 2)
                .is_some_and(|after| after.script == Script::Hangul && is_negative_verb(&after.text))
        {
            found.push(last + 2);
        }
    }
    found
}

/// `not only`, `not just`: more than that, not the opposite.
fn is_exempt_before(next: Option<&Token>) -> bool {
    next.is_some_and(|token| matches!(token.text.as_str(), "only" | "just" | "merely" | "simply" | "matter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, word: &str, negated: bool) {
        let read = Text::new(text);
        let place =
            read.tokens.iter().position(|token| token.text.starts_with(word)).expect("the word is there");
        assert_eq!(!negations(&read, place, place).is_empty(), negated, "{text}");
    }

    #[test]
    fn reads_korean_negation() {
        check("쓰기를 막지 않습니다", "막", true);
        check("커밋되지 않은 데이터", "커밋", true);
        check("커밋을 하지 않은 상태", "커밋", true);
        check("쓰기를 안 막습니다", "막", true);
        check("순서를 보장하지 못합니다", "보장", true);
        check("락이 없습니다", "락", true);
        check("탭을 닫으면 없어집니다", "닫으면", false);
        check("문제가 없어졌습니다", "문제가", false);
        check("락이 필요 없습니다", "락", true);
        check("스냅샷을 읽는 것이 아닙니다", "읽는", true);
        check("공유 자원이 아니라 복사본", "자원", true);
        check("쓰기를 막습니다", "막", false);
        check("락을 걸지 않으면 문제가 생깁니다", "락", false);
        check("다른 쪽이 읽지 못하게 합니다", "읽", false);
        check("속도뿐만 아니라 안전", "속도뿐만", false);
        check("막지 않을까요", "막", false);
    }

    #[test]
    fn reads_english_negation() {
        check("it does not block writers", "block", true);
        check("it doesn't block writers", "block", true);
        check("it never really blocks writers", "block", true);
        check("without a lock", "lock", true);
        check("there is no guarantee of order", "guarantee", true);
        check("it blocks writers", "block", false);
        check("it not only blocks writers", "block", false);
        check("not fast, it blocks writers", "block", false);
        check("it is not fast but blocks", "block", false);
    }
}
