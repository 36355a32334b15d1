//! Korean verbs and adjectives: the dictionary forms that a word may belong to.
//!
//! Rules only, no dictionary: a form yields every verb that it may come from, written with `다` (`읽는` gives `읽다`,
//! `나눠` gives `나누다`). Too many are harmless, because a verb matters only when a term asks for it.

use super::hangul::{
    CODA_B, CODA_D, CODA_L, CODA_M, CODA_N, CODA_S, CODA_SS, NO_CODA, Syllable, VOWEL_A, VOWEL_AE, VOWEL_EO,
    VOWEL_EU, VOWEL_I, VOWEL_O, VOWEL_OE, VOWEL_U, VOWEL_WA, VOWEL_WAE, VOWEL_WO, VOWEL_YEO,
};
use super::korean::{ENDINGS, is_particle};

/// Longer stems are not looked for.
const LONGEST: usize = 6;
/// All that may stand behind a stem: endings, particles and light auxiliary verbs.
const TAIL: &str = "다는은을고지기게며면니도록던자거나든어아여었았였습으려네음므로죠구겠시세더러라야요서데만까가이의에와과부터때마냐란뿐주줘줬준줍줄\
    보봐봤봅본볼드두둬버렸린립집졌져진질웠왔우운울움랐렀워걸수들인랑채후않없있못";
/// First syllables of endings before which a final ㅅ or ㄷ changes.
const OPEN_ENDINGS: &str = "어아었았으은을음";

/// Syllables before which a stem and its ending melt into one: `나눠서`, `줄여야`, `빨라지다`, `바꿔 주다` written together.
const AFTER_CONTRACTION: &str = "서요도야지진집질져졌버벼보본볼봅봐봤주준줄줍줘줬드놓두둔둬뒀내낸냈";

/// Verbs that begin like others but are never a form of them.
const WHOLE: &[(&str, &str)] =
    &[("아니", "아니다"), ("않", "않다"), ("없", "없다"), ("있", "있다"), ("크기", "크기다")];

/// Every verb or adjective that the word may be a form of, in its dictionary form.
pub(super) fn verbs(word: &str) -> Vec<String> {
    if is_particle(word) && word != "보다" {
        return Vec::new();
    }
    if let Some((_, verb)) = WHOLE.iter().find(|(start, _)| {
        word.starts_with(start)
            && !["없애", "없앴", "없앱", "없앤", "없앨"].iter().any(|other| word.starts_with(other))
    }) {
        return vec![(*verb).to_owned()];
    }
    let letters: Vec<char> = word.chars().collect();
    let mut found = Vec::new();
    for end in 1..=letters.len().min(LONGEST) {
        if letters[end..].iter().all(|letter| TAIL.contains(*letter)) {
            add_stems(&letters, end, &mut found);
        }
    }
    found
}

/// Adds the verbs of a word whose stem, or the syllable in which stem and ending have melted, ends before `end`.
fn add_stems(letters: &[char], end: usize, found: &mut Vec<String>) {
    let Some(last) = Syllable::of(letters[end - 1]) else { return };
    let head: String = letters[..end - 1].iter().collect();
    let mut add = |syllable: Syllable, tail: &str| {
        let verb = format!("{head}{}{tail}다", syllable.letter());
        if !found.contains(&verb) {
            found.push(verb);
        }
    };
    let next = letters.get(end).copied();
    let follows = |list: &str| next.is_some_and(|letter| list.contains(letter));

    if follows(ENDINGS) {
        add(last, "");
        if last.coda == NO_CODA && follows("는시세네") {
            add(last.with_coda(CODA_L), "");
        }
        if last.coda == NO_CODA && follows(OPEN_ENDINGS) {
            add(last.with_coda(CODA_S), "");
        }
        if last.coda == CODA_L && follows(OPEN_ENDINGS) {
            add(last.with_coda(CODA_D), "");
        }
    }
    if last.coda == NO_CODA && follows("우워웠와왔운울움") {
        add(last.with_coda(CODA_B), "");
    }
    if last.coda == CODA_L && follows("라러랐렀") {
        add(last.with_coda(NO_CODA), "르");
    }
    let fused = match last.coda {
        CODA_N => next.is_none() || follows("다데지가걸"),
        CODA_L => next.is_none() || follows("까지걸게때수거뿐"),
        CODA_M => next.is_none() || (end > 1 && follows("을이은에으과도")),
        CODA_B => follows("니시"),
        _ => false,
    };
    if fused {
        add(last.with_coda(NO_CODA), "");
        add(last.with_coda(CODA_L), "");
    }
    if last.coda == NO_CODA || last.coda == CODA_SS {
        let open = last.with_coda(NO_CODA);
        let past = last.coda == CODA_SS && (next.is_none() || follows(ENDINGS));
        let contracted = past || (last.coda == NO_CODA && (next.is_none() || follows(AFTER_CONTRACTION)));
        match last.vowel {
            _ if !contracted => {}
            VOWEL_WA => add(open.with_vowel(VOWEL_O), ""),
            VOWEL_WO => add(open.with_vowel(VOWEL_U), ""),
            VOWEL_YEO => add(open.with_vowel(VOWEL_I), ""),
            VOWEL_WAE => add(open.with_vowel(VOWEL_OE), ""),
            VOWEL_AE if open.letter() == '해' => add(open.with_vowel(VOWEL_A), ""),
            VOWEL_EO | VOWEL_A => add(open.with_vowel(VOWEL_EU), ""),
            _ => {}
        }
        if contracted {
            add(open, "");
        }
    }
}

/// The verbs that a term stands for, when its form shows that it is one.
pub(super) fn term_verbs(term: &str) -> Vec<String> {
    const NO_FORMS: &[&str] = &["무게", "가게", "지게", "다운", "마다", "버전", "토큰", "조건", "시간"];
    if NO_FORMS.contains(&term) {
        return Vec::new();
    }
    if term.starts_with('않') {
        return verbs(term);
    }
    let letters: Vec<char> = term.chars().collect();
    let [.., before, last] = letters.as_slice() else { return Vec::new() };
    let coda = |letter: char| Syllable::of(letter).map_or(NO_CODA, |syllable| syllable.coda);
    let count = letters.len();
    let mut found = Vec::new();
    match last {
        '다' => match before {
            '는' => found.extend(term.strip_suffix("는다").map(|stem| format!("{stem}다"))),
            '니' => match term.strip_suffix("습니다") {
                Some(stem) => found.push(format!("{stem}다")),
                None if count > 2 => add_stems(&letters, count - 2, &mut found),
                None => {}
            },
            _ => {
                found.push(term.to_owned());
                if coda(*before) == CODA_N {
                    add_stems(&letters, count - 1, &mut found);
                }
            }
        },
        '는' | '은' | '게' | '워' | '운' => add_stems(&letters, count - 1, &mut found),
        '려' | '져' | '켜' => add_stems(&letters, count, &mut found),
        '라' | '러' if coda(*before) == CODA_L => add_stems(&letters, count - 1, &mut found),
        _ if coda(*last) == CODA_N => add_stems(&letters, count, &mut found),
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_verb(form: &str, verb: &str) {
        assert!(verbs(form).iter().any(|found| found == verb), "{form}: {:?}", verbs(form));
    }

    #[test]
    fn finds_the_verb_of_a_form() {
        for (verb, forms) in [
            ("읽다", "읽는 읽습니다 읽어요 읽었습니다 읽고 읽지 읽으면 읽을 읽기 읽은"),
            ("막다", "막아 막는 막습니다 막았 막아야"),
            ("나누다", "나눠 나눕니다 나눈 나누는 나눴습니다 나눌"),
            ("만들다", "만드는 만든 만듭니다 만들어 만들고"),
            ("빠르다", "빠른 빨라 빠릅니다 빨라집니다 빠르게"),
            ("다르다", "달라요 다른 다릅니다"),
            ("어렵다", "어려운 어려워 어렵습니다 어려워요"),
            ("줄이다", "줄여 줄입니다 줄였습니다 줄인 줄이는"),
            ("쓰다", "써 씁니다 썼습니다 쓰는 쓴 써서"),
            ("보내다", "보내 보냅니다 보낸 보내는 보냈습니다"),
            ("기다리다", "기다려 기다립니다 기다린 기다려야 기다렸다가"),
            ("걸다", "걸어 거는 겁니다 건 걸고"),
            ("여쭈다", "여쭤봤습니다 여쭤보고 여쭙니다"),
            ("않다", "않은 않습니다 않고 않는 않았습니다"),
            ("없애다", "없앱니다 없애고 없앤"),
            ("되다", "돼 됩니다 됐습니다 되는 된"),
            ("잇다", "이어 잇는"),
        ] {
            for form in forms.split(' ') {
                check_verb(form, verb);
            }
        }
    }

    #[test]
    fn a_term_is_a_verb_only_by_its_form() {
        assert!(term_verbs("막는다").contains(&"막다".to_owned()));
        assert!(term_verbs("높은").contains(&"높다".to_owned()));
        assert!(term_verbs("빠르게").contains(&"빠르다".to_owned()));
        for noun in ["무게", "경고", "방지", "언어", "캐시", "속도"] {
            assert!(term_verbs(noun).is_empty(), "{noun}");
        }
    }
}
