//! Words by which a comparison of material and answers tells people, denials and times apart.

/// Words that stand at figures of every kind, as `content_words` has them.
pub(super) const NO_SUBJECT: &[&str] = &[
    "약", "총", "정도", "이상", "이하", "평균", "대략", "거의", "최대", "최소", "하루", "매일", "매달",
    "전체", "기준", "대비", "기존", "처음", "동안", "모두", "각각", "이후", "about", "around", "total",
    "averag", "approxim", "nearli", "almost", "roughli", "per", "dai", "daili", "day", "everi", "near",
    "reduc", "cut", "improv", "increas", "decreas", "fall", "fell", "drop", "grow", "lower", "rise", "rose",
    "save", "take", "took", "handl", "process", "serv", "run",
];
/// Words by which an answer speaks of people who were at it, beyond the mere 우리.
pub(super) const OTHERS_KO: &[&str] = &[
    "팀원",
    "동료",
    "저희 팀",
    "우리 팀",
    "팀으로",
    "팀에서 함께",
    "같이 개발",
    "같이 만들",
    "함께 개발",
    "함께 만들",
    "함께 구현",
    "나눠서",
    "분담",
];
pub(super) const OTHERS_EN: &[&str] = &[
    "teammate",
    "teammates",
    "my team",
    "our team",
    "together with",
    "colleague",
    "colleagues",
    "the other developers",
];
/// Words behind a technology that deny it.
pub(super) const DENIALS_KO: &[&str] = &[
    "적이 없",
    "적은 없",
    "적이 전혀 없",
    "경험이 없",
    "경험은 없",
    "경험이 전혀 없",
    "안 써 봤",
    "안 써봤",
    "못 써 봤",
    "못 써봤",
    "잘 모릅니다",
    "잘 모르겠",
    "모릅니다",
    "몰라요",
    "사용하지 않았습니다",
    "사용하지 않았어요",
    "사용하지는 않았",
    "쓰지 않았습니다",
    "쓰지 않았어요",
    "쓰지는 않았",
    "안 썼습니다",
    "안 썼어요",
    "써 보지 못",
    "써 보지는 못",
    "사용해 보지 못",
    "다뤄 보지 못",
    "다루어 보지 못",
];
/// Words before a technology that deny it.
pub(super) const DENIALS_EN: &[&str] = &[
    "never used",
    "never worked with",
    "never touched",
    "have not used",
    "haven't used",
    "did not use",
    "didn't use",
    "not used",
    "no experience with",
    "no experience in",
    "not familiar with",
    "do not know",
    "don't know",
];
/// Words of a sentence that tells how it was before.
pub(super) const BEFORE_THEN_KO: &[&str] = &[
    "처음에는",
    "처음엔",
    "이전에는",
    "예전에는",
    "전까지",
    "그때까지",
    "그전까지",
    "입사 전",
    "시작할 때",
    "원래",
];
pub(super) const BEFORE_THEN_EN: &[&str] =
    &["at first", "before", "until then", "initially", "previously", "back then", "at that time"];
