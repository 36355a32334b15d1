//! What makes a statement worth asking about, and what to ask about it. Words and figures, and no understanding: a question that comes
//! out of it is one that an interviewer could ask about any such sentence.

use super::figures::{Figure, Unit, figures};
use super::technologies::technologies;
use super::{Link, MaterialKind, Signal};
use crate::scoring::technical_terms;

/// Words that allow no exception, as they begin in Korean and as whole words in English.
const ABSOLUTE_KO: &[&str] = &[
    "최고",
    "최초",
    "최상",
    "최대",
    "최선",
    "완벽",
    "항상",
    "언제나",
    "늘",
    "누구보다",
    "모든",
    "모두",
    "절대",
    "유일",
    "탁월",
    "뛰어난",
    "뛰어나",
    "압도적",
    "가장",
    "획기적",
    "반드시",
    "전부",
    "완전히",
    "어떤 상황",
    "누구나",
    "끊임없이",
];
const ABSOLUTE_EN: &[&str] = &[
    "best",
    "always",
    "never",
    "every",
    "everything",
    "perfect",
    "perfectly",
    "most",
    "only",
    "greatest",
    "outstanding",
    "exceptional",
    "exceptionally",
    "expert",
    "unique",
    "completely",
    "fully",
    "guarantee",
    "guaranteed",
    "all",
    "first-ever",
    "fastest",
    "strongest",
];
const TEAM_KO: &[&str] = &["우리", "저희", "팀", "함께", "협업", "협력", "동료", "공동"];
const TEAM_EN: &[&str] = &[
    "we",
    "our",
    "ours",
    "us",
    "team",
    "teams",
    "together",
    "colleague",
    "colleagues",
    "teammate",
    "teammates",
    "collaborated",
];
const ALONE_KO: &[&str] = &["혼자", "단독", "홀로", "1인"];
const ALONE_EN: &[&str] = &["alone", "single-handedly", "solo", "sole", "solely", "myself"];
const ROLE_KO: &[&str] = &[
    "리드",
    "리더",
    "팀장",
    "파트장",
    "담당",
    "맡",
    "주도",
    "총괄",
    "책임",
    "이끌",
    "대표",
    "회장",
    "부회장",
    "조장",
    "멘토",
    "pm으로",
];
const ROLE_EN: &[&str] = &[
    "led",
    "lead",
    "leader",
    "leading",
    "managed",
    "manager",
    "owner",
    "owned",
    "responsible",
    "head",
    "headed",
    "coordinated",
    "mentor",
    "mentored",
    "president",
];
const MOTIVE_KO: &[&str] = &[
    "지원하",
    "지원한",
    "지원했",
    "지원동기",
    "지원 동기",
    "입사",
    "귀사",
    "귀하의",
    "합류",
    "기여하",
    "관심을 갖",
    "관심을 가",
];
const MOTIVE_EN: &[&str] = &[
    "apply",
    "applying",
    "applied to",
    "join",
    "joining",
    "your company",
    "your team",
    "your product",
    "contribute",
    "motivated",
];
const TIMING_KO: &[&str] = &[
    "이제",
    "앞으로",
    "이직",
    "전환",
    "전향",
    "졸업",
    "새로운 도전",
    "커리어",
    "성장하고 싶",
    "다음 단계",
    "포부",
    "비전공",
];
const TIMING_EN: &[&str] = &[
    "career",
    "switch",
    "switched",
    "transition",
    "graduate",
    "graduated",
    "graduating",
    "next step",
    "in the future",
    "self-taught",
];
const ACHIEVEMENT_KO: &[&str] = &[
    "개선",
    "해결",
    "구축",
    "구현",
    "개발",
    "도입",
    "설계",
    "최적화",
    "단축",
    "줄였",
    "줄이",
    "높였",
    "높이",
    "늘렸",
    "달성",
    "출시",
    "배포",
    "운영",
    "자동화",
    "성공",
    "수상",
    "만들었",
    "제작",
    "이전했",
    "리팩터링",
    "리팩토링",
    "마이그레이션",
    "향상",
    "감소",
    "증가",
    "극복",
    "완성",
    "분석",
];
const ACHIEVEMENT_EN: &[&str] = &[
    "improved",
    "built",
    "reduced",
    "launched",
    "designed",
    "implemented",
    "developed",
    "achieved",
    "automated",
    "shipped",
    "increased",
    "solved",
    "optimised",
    "optimized",
    "migrated",
    "won",
    "delivered",
    "created",
    "introduced",
    "refactored",
    "cut",
    "doubled",
    "halved",
    "overcame",
    "analysed",
    "analyzed",
    "wrote",
    "ran",
];
const REQUIREMENT_KO: &[&str] = &[
    "경험",
    "우대",
    "필수",
    "이해",
    "능숙",
    "가능",
    "자격",
    "지식",
    "역량",
    "이상",
    "있는 분",
    "하신 분",
    "하는 분",
    "분을",
    "활용",
    "요건",
];
const REQUIREMENT_EN: &[&str] = &[
    "experience",
    "required",
    "requirement",
    "preferred",
    "knowledge",
    "familiar",
    "familiarity",
    "proficient",
    "proficiency",
    "ability",
    "must",
    "plus",
    "years",
    "understanding",
    "skills",
    "skilled",
    "able",
];

/// What a statement has in it that is worth asking about.
pub fn signals(kind: MaterialKind, quote: &str) -> Vec<Signal> {
    match kind {
        MaterialKind::Github => return vec![Signal::Repository],
        MaterialKind::Posting => {
            return match has(quote, REQUIREMENT_KO, REQUIREMENT_EN) || names_technology(quote) {
                true => vec![Signal::Requirement],
                false => Vec::new(),
            };
        }
        MaterialKind::Letter | MaterialKind::Resume => {}
    }
    let figures = figures(quote);
    let tests = [
        (Signal::Motive, has(quote, MOTIVE_KO, MOTIVE_EN)),
        (Signal::Number, figures.iter().any(is_a_result)),
        (Signal::Technology, names_technology(quote)),
        (Signal::Absolute, has(quote, ABSOLUTE_KO, ABSOLUTE_EN)),
        (Signal::Alone, is_alone(quote)),
        (Signal::Team, is_with_others(quote)),
        (Signal::Role, has(quote, ROLE_KO, ROLE_EN)),
        (Signal::Timing, has(quote, TIMING_KO, TIMING_EN)),
        (Signal::Duration, figures.iter().any(|figure| figure.unit == Unit::Days)),
        (Signal::Achievement, has(quote, ACHIEVEMENT_KO, ACHIEVEMENT_EN)),
    ];
    tests.into_iter().filter(|(_, holds)| *holds).map(|(signal, _)| signal).collect()
}

/// What to ask about a statement with these signals, the most fitting first. Empty when there is nothing to it.
pub fn links(kind: MaterialKind, signals: &[Signal]) -> Vec<Link> {
    let of_kind: &[Link] = match kind {
        MaterialKind::Posting if signals.is_empty() => &[Link::WhyUs],
        MaterialKind::Posting => &[Link::Fit],
        _ => &[],
    };
    let mut links: Vec<Link> = of_kind.to_vec();
    for link in signals.iter().flat_map(|signal| of_signal(*signal)) {
        if !links.contains(link) {
            links.push(*link);
        }
    }
    links
}

/// The chain along which an interviewer goes on from a signal.
const fn of_signal(signal: Signal) -> &'static [Link] {
    match signal {
        Signal::Number => &[Link::Basis, Link::OwnPart, Link::Failure],
        Signal::Technology => &[Link::Alternative, Link::Failure, Link::Change],
        Signal::Absolute => &[Link::Evidence, Link::Failure],
        Signal::Team | Signal::Alone => &[Link::OwnPart, Link::Evidence],
        Signal::Role => &[Link::OwnPart, Link::Change, Link::Evidence],
        Signal::Duration => &[Link::Change, Link::Evidence],
        Signal::Achievement => &[Link::Failure, Link::Evidence, Link::Change],
        Signal::Motive => &[Link::WhyUs, Link::WhyNow],
        Signal::Timing => &[Link::WhyNow, Link::Evidence],
        Signal::Requirement => &[],
        Signal::Repository => &[Link::Alternative, Link::OwnPart, Link::Failure, Link::Change],
    }
}

/// A figure that says how much something came to: neither how many years somebody worked nor how large a group was.
fn is_a_result(figure: &Figure) -> bool {
    match figure.unit {
        Unit::Days | Unit::Year => false,
        Unit::People | Unit::Count => figure.value >= 20.0,
        Unit::Percent | Unit::Times | Unit::Seconds | Unit::Bytes | Unit::Money | Unit::Rate => true,
    }
}

/// Whether a product is named, or two terms of the trade.
fn names_technology(text: &str) -> bool {
    !technologies(text).is_empty() || technical_terms(text) >= 2
}

/// Whether somebody says to have been alone at it.
pub fn is_alone(text: &str) -> bool {
    has(text, ALONE_KO, ALONE_EN)
}

/// Whether somebody speaks of others who were at it.
pub fn is_with_others(text: &str) -> bool {
    has(text, TEAM_KO, TEAM_EN)
}

/// Whether a text has one of these: Korean ones where a word begins, English ones as whole words.
pub fn has(text: &str, korean: &[&str], english: &[&str]) -> bool {
    let lower = text.to_lowercase();
    let begins = |word: &&str| {
        lower.match_indices(*word).any(|(place, _)| {
            let before = lower[..place].chars().next_back();
            before.is_none_or(|character| !character.is_alphanumeric())
        })
    };
    let whole = |word: &&str| {
        lower.match_indices(*word).any(|(place, found)| {
            let outside = |character: Option<char>| {
                character.is_none_or(|character| !character.is_ascii_alphanumeric())
            };
            outside(lower[..place].chars().next_back())
                && outside(lower[place + found.len()..].chars().next())
        })
    };
    korean.iter().any(begins) || english.iter().any(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_letter(quote: &str) -> Vec<Signal> {
        signals(MaterialKind::Letter, quote)
    }

    #[track_caller]
    fn check(quote: &str, expected: &[Signal]) {
        assert_eq!(of_letter(quote), expected, "{quote}");
    }

    #[test]
    fn signals_are_found_in_both_languages() {
        check("저희 팀은 레디스를 도입했습니다.", &[Signal::Technology, Signal::Team, Signal::Achievement]);
        check("조회 시간을 40% 줄였습니다.", &[Signal::Number, Signal::Achievement]);
        check("항상 최선을 다하는 사람입니다.", &[Signal::Absolute]);
        check("6개월 동안 혼자 만들었습니다.", &[Signal::Alone, Signal::Duration, Signal::Achievement]);
        check("귀사에 지원하게 되었습니다.", &[Signal::Motive]);
        check(
            "We cut latency by 40 percent with Kafka.",
            &[Signal::Number, Signal::Technology, Signal::Team, Signal::Achievement],
        );
        check("I led five students.", &[Signal::Role]);
        check("I want to join your team.", &[Signal::Motive, Signal::Team]);
    }

    #[test]
    fn plain_sentences_have_none() {
        check("저는 차분한 성격입니다.", &[]);
        check("스팀 게임을 좋아합니다.", &[]);
        check("The ballpark was open.", &[]);
        check("She used to hear music.", &[]);
    }

    #[test]
    fn the_size_of_a_group_and_a_time_are_no_results() {
        assert!(!of_letter("네 명이 2년 동안 일했습니다.").contains(&Signal::Number));
        assert!(of_letter("사용자 3만 명이 썼습니다.").contains(&Signal::Number));
    }

    #[test]
    fn what_is_asked_follows_from_the_signals() {
        let asked = |quote: &str| links(MaterialKind::Letter, &of_letter(quote));
        assert_eq!(asked("조회 시간을 40% 줄였습니다.")[0], Link::Basis);
        assert_eq!(asked("레디스를 썼습니다.")[0], Link::Alternative);
        assert_eq!(asked("저희가 함께했습니다.")[0], Link::OwnPart);
        assert_eq!(asked("누구보다 성실합니다.")[0], Link::Evidence);
        assert_eq!(asked("귀사에 지원했습니다.")[0], Link::WhyUs);
        assert_eq!(asked("저는 차분합니다."), []);
        let posting = |quote: &str| links(MaterialKind::Posting, &signals(MaterialKind::Posting, quote));
        assert_eq!(posting("Kafka 운영 경험이 있는 분"), [Link::Fit]);
        assert_eq!(posting("우리는 물류의 지연을 줄입니다."), [Link::WhyUs]);
    }
}
