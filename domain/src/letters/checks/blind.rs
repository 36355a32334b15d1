//! What blind hiring (블라인드 채용) does not want to know: school, family, where somebody comes from, and other things that say nothing
//! about the work.

use std::ops::Range;

use super::text::{begins_word, behind, is_name, is_particle, is_whole, places, words};
use super::{Finding, FindingKind, Passage};
use crate::letters::LetterItem;

const SCHOOLS: &[&str] = &[
    "서울대",
    "연세대",
    "고려대",
    "서강대",
    "성균관대",
    "한양대",
    "이화여대",
    "중앙대",
    "경희대",
    "한국외대",
    "서울시립대",
    "건국대",
    "동국대",
    "홍익대",
    "숙명여대",
    "국민대",
    "숭실대",
    "세종대",
    "단국대",
    "아주대",
    "인하대",
    "부산대",
    "경북대",
    "전남대",
    "전북대",
    "충남대",
    "충북대",
    "강원대",
    "제주대",
    "카이스트",
    "포스텍",
    "포항공대",
    "유니스트",
    "지스트",
    "디지스트",
    "KAIST",
    "POSTECH",
    "UNIST",
    "GIST",
    "DGIST",
    "Stanford",
    "Harvard",
    "MIT",
    "Berkeley",
    "Oxford",
    "Cambridge",
    "Carnegie Mellon",
];

/// Endings of the names of schools. A word that is nothing but one names no school.
const SCHOOL_ENDINGS: &[&str] = &[
    "대학교",
    "대학원",
    "고등학교",
    "중학교",
    "초등학교",
    "여자고등학교",
    "과학고",
    "외국어고",
    "외고",
    "마이스터고",
    "특성화고",
];

/// Words before such an ending that name no school either.
const NO_NAMES: &[&str] = &[
    "",
    "한",
    "그",
    "이",
    "저희",
    "우리",
    "같은",
    "여러",
    "지방",
    "일반",
    "공업",
    "전문",
    "사이버",
    "특성화",
    "인문계",
];

const FAMILY: &[&str] = &[
    "아버지",
    "어머니",
    "아버님",
    "어머님",
    "부모님",
    "할머니",
    "할아버지",
    "남동생",
    "여동생",
    "장남",
    "장녀",
    "외동딸",
    "외아들",
    "외동아들",
    "맏이로",
    "막내로 태어",
    "남매 중",
    "형제 중",
    "자매 중",
    "my father",
    "my mother",
    "my parents",
    "my grandfather",
    "my grandmother",
    "my brother",
    "my sister",
    "only child",
    "my family",
];

const REGIONS: &[&str] = &[
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남", "충청",
    "전북", "전남", "전라", "경북", "경남", "경상", "제주", "호남", "영남",
];

const ORIGIN: &[&str] =
    &["태어나", "태어났", "태어난", "고향", "본적", "grew up in", "i was born", "born in", "my hometown"];

const PERSONAL: &[&str] = &[
    "여성으로서",
    "남성으로서",
    "여자로서",
    "남자로서",
    "미혼",
    "기혼",
    "결혼",
    "자녀를 둔",
    "교회",
    "성당",
    "신앙",
    "기독교",
    "불교",
    "천주교",
    "혈액형",
    "years old",
    "as a woman",
    "as a man",
    "married",
    "my religion",
    "church",
    "my children",
];

/// Every place of such words.
pub fn check(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    let mut hits: Vec<(Range<usize>, FindingKind)> = Vec::new();
    for (list, kind) in [
        (FAMILY, FindingKind::BlindFamily),
        (ORIGIN, FindingKind::BlindOrigin),
        (PERSONAL, FindingKind::BlindPersonal),
    ] {
        let named = list.iter().flat_map(|word| places(answer, word));
        hits.extend(
            named
                .filter(|place| begins_word(answer, place) && is_whole(answer, place))
                .map(|place| (place, kind)),
        );
    }
    let known =
        SCHOOLS.iter().flat_map(|name| places(answer, name).into_iter().map(move |place| (place, *name)));
    hits.extend(
        known
            .filter(|(place, name)| is_school(answer, place, name))
            .map(|(place, _)| (place, FindingKind::BlindSchool)),
    );
    hits.extend(schools(answer).into_iter().map(|place| (place, FindingKind::BlindSchool)));
    hits.extend(natives(answer).into_iter().map(|place| (place, FindingKind::BlindOrigin)));
    hits.extend(ages(answer).into_iter().map(|place| (place, FindingKind::BlindPersonal)));
    hits.sort_by_key(|(place, _)| (place.start, usize::MAX - place.end));
    let mut behind = 0;
    for (place, kind) in hits {
        if place.start < behind {
            continue;
        }
        behind = place.end;
        found.push(Finding { item_id: item.id, kind, passage: Passage::of(answer, place), detail: None });
    }
}

/// Whether a known name stands there: 세종대 does not in 세종대왕, and GIST not in “the gist”.
fn is_school(text: &str, place: &Range<usize>, name: &str) -> bool {
    let goes_on = ["학교", "학원", "생", "출신"].iter().any(|rest| behind(text, place).starts_with(rest));
    &text[place.clone()] == name && (is_name(text, place) || (begins_word(text, place) && goes_on))
}

/// Words that end like the name of a school, and have a name before the ending; in English, University with a name.
fn schools(text: &str) -> Vec<Range<usize>> {
    let korean = words(text).filter_map(|(place, word)| {
        SCHOOL_ENDINGS.iter().find_map(|ending| {
            let at = word.find(ending)?;
            (!NO_NAMES.contains(&&word[..at])).then(|| place.start..place.start + at + ending.len())
        })
    });
    let list: Vec<(Range<usize>, &str)> = words(text).collect();
    let is_proper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let english = list.windows(3).filter_map(|words| match words {
        [(first, "University"), (_, "of"), (last, name)] if is_proper(name) => Some(first.start..last.end),
        [_, (first, name), (last, "University" | "College")]
            if is_proper(name) && !["The", "A", "My", "Our"].contains(name) =>
        {
            Some(first.start..last.end)
        }
        _ => None,
    });
    korean.chain(english).collect()
}

/// “부산 출신”, and no “개발자 출신”.
fn natives(text: &str) -> Vec<Range<usize>> {
    let list: Vec<(Range<usize>, &str)> = words(text).collect();
    list.windows(2)
        .filter(|pair| {
            pair[1].1.starts_with("출신") && REGIONS.iter().any(|region| pair[0].1.starts_with(region))
        })
        .map(|pair| pair[0].0.start..pair[1].0.start + "출신".len())
        .collect()
}

/// Ages and years of birth.
fn ages(text: &str) -> Vec<Range<usize>> {
    words(text)
        .filter_map(|(place, word)| {
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            let unit = &word[digits..];
            // 12세트 is no age.
            let age = unit.strip_prefix('살').or_else(|| unit.strip_prefix('세'));
            let is_age = digits == 2 && age.is_some_and(|rest| rest.is_empty() || is_particle(rest));
            let is_birth = matches!(digits, 2 | 4) && unit.starts_with("년생");
            let length = digits + if is_birth { "년생".len() } else { '살'.len_utf8() };
            (is_age || is_birth).then(|| place.start..place.start + length)
        })
        .collect()
}
