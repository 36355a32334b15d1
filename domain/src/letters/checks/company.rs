//! The name of another company, left in from the letter before.

use std::ops::Range;

use super::text::{is_name, is_whole, places, sentences};
use super::{Finding, FindingKind, Passage};
use crate::letters::{LetterContent, LetterItem};

/// Names that developers in Korea apply to often. They count only where a sentence speaks of joining: a place where one has worked may
/// be named.
const KNOWN: &[&str] = &[
    "삼성전자",
    "삼성SDS",
    "SK하이닉스",
    "SK텔레콤",
    "LG전자",
    "LG CNS",
    "LG유플러스",
    "현대자동차",
    "현대오토에버",
    "기아",
    "네이버",
    "NAVER",
    "카카오",
    "Kakao",
    "LINE",
    "쿠팡",
    "Coupang",
    "배달의민족",
    "우아한형제들",
    "토스",
    "비바리퍼블리카",
    "당근",
    "당근마켓",
    "직방",
    "야놀자",
    "여기어때",
    "무신사",
    "컬리",
    "마켓컬리",
    "오늘의집",
    "크래프톤",
    "넥슨",
    "엔씨소프트",
    "넷마블",
    "스마일게이트",
    "펄어비스",
    "하이퍼커넥트",
    "몰로코",
    "센드버드",
    "채널톡",
    "리디",
    "왓챠",
    "티빙",
    "KT",
    "포스코DX",
    "한화시스템",
    "롯데정보통신",
    "CJ올리브네트웍스",
    "신한은행",
    "국민은행",
    "하나은행",
    "우리은행",
    "카카오뱅크",
    "케이뱅크",
    "토스뱅크",
    "구글",
    "Google",
    "애플",
    "Apple",
    "마이크로소프트",
    "Microsoft",
    "아마존",
    "Amazon",
    "Meta",
    "넷플릭스",
    "Netflix",
];

/// Words of a sentence that speaks of joining a company.
const JOINING: &[&str] = &[
    "지원",
    "입사",
    "합류",
    "합격",
    "일원",
    "함께하고",
    "함께 성장",
    "기여",
    "인재상",
    "비전",
    "귀사",
    "apply",
    "applying",
    "join",
    "joining",
    "contribute",
    "working at",
    "work at",
    "work for",
    "your company",
    "your team",
];

/// Names of other companies. `others` are those that the person's other letters go to.
pub fn check(content: &LetterContent, others: &[String], item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    let own = bare(&content.company);
    // Once for all names: a known one may stand at every other word.
    let joining: Vec<Range<usize>> =
        sentences(answer).into_iter().filter(|sentence| joins(&answer[sentence.clone()])).collect();
    let mut hits: Vec<(Range<usize>, &str)> = Vec::new();
    for (name, always) in
        others.iter().map(|name| (core(name), true)).chain(KNOWN.iter().map(|name| (*name, false)))
    {
        if name.chars().count() < 2 || is_same(&own, &bare(name)) {
            continue;
        }
        let named = places(answer, name).into_iter().filter(|place| is_name(answer, place));
        // A known name is one only as it is written: a line is not LINE.
        let meant =
            named.filter(|place| always || (&answer[place.clone()] == name && stands_in(&joining, place)));
        hits.extend(meant.map(|place| (place, name)));
    }
    hits.sort_by_key(|(place, _)| (place.start, usize::MAX - place.end));
    let mut behind = 0;
    for (place, name) in hits {
        if place.start < behind {
            continue;
        }
        behind = place.end;
        let detail = Some(name.to_owned());
        let passage = Passage::of(answer, place);
        found.push(Finding { item_id: item.id, kind: FindingKind::OtherCompany, passage, detail });
    }
}

/// The name without what stands for its legal form.
fn core(name: &str) -> &str {
    let mut name = name.trim();
    for form in ["(주)", "㈜", "주식회사", "유한회사"] {
        name = name.trim_start_matches(form).trim_end_matches(form).trim();
    }
    for form in [" Inc.", " Inc", " Corp.", " Corp", " Co., Ltd.", " Ltd.", " Ltd", ","] {
        name = name.trim_end_matches(form).trim();
    }
    name
}

/// The name as it is compared.
fn bare(name: &str) -> String {
    core(name).to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Two names of one company.
const PAIRS: &[(&str, &str)] = &[
    ("네이버", "naver"),
    ("카카오", "kakao"),
    ("라인", "line"),
    ("쿠팡", "coupang"),
    ("구글", "google"),
    ("애플", "apple"),
    ("마이크로소프트", "microsoft"),
    ("아마존", "amazon"),
    ("메타", "meta"),
    ("넷플릭스", "netflix"),
    ("토스", "비바리퍼블리카"),
    ("배달의민족", "우아한형제들"),
    ("컬리", "마켓컬리"),
    ("당근", "당근마켓"),
];

/// Whether a name is the letter's own company, or a part of it: 네이버 is no other company in a letter to 네이버클라우드.
fn is_same(own: &str, other: &str) -> bool {
    let alike = |one: &str, two: &str| !one.is_empty() && (one.contains(two) || two.contains(one));
    alike(own, other)
        || PAIRS.iter().any(|(korean, english)| {
            (own.contains(korean) && other.contains(english))
                || (own.contains(english) && other.contains(korean))
        })
}

/// Whether two names are of one company, whatever its legal form, and however it is spelled.
pub fn same_company(one: &str, other: &str) -> bool {
    let (one, other) = (bare(one), bare(other));
    let are =
        |first: &str, second: &str| (one == first && other == second) || (one == second && other == first);
    !one.is_empty() && (one == other || PAIRS.iter().any(|(first, second)| are(first, second)))
}

/// Whether a place lies in one of these, which are in order.
fn stands_in(sentences: &[Range<usize>], place: &Range<usize>) -> bool {
    let next = sentences.partition_point(|sentence| sentence.start <= place.start);
    next.checked_sub(1).and_then(|at| sentences.get(at)).is_some_and(|sentence| place.end <= sentence.end)
}

/// Whether a sentence speaks of joining a company.
fn joins(sentence: &str) -> bool {
    JOINING.iter().any(|word| places(sentence, word).iter().any(|place| is_whole(sentence, place)))
}
