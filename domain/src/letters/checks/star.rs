//! Whether an experience is told with its situation, one's own action, its result, and a number.

use std::ops::Range;

use super::text::{has_any, sentences};
use super::{Finding, FindingKind, Passage};
use crate::letters::LetterItem;
use crate::letters::supplied::GAPS;
use crate::letters::templates::Template;

/// Fewest characters of an answer that can be expected to tell a story.
const STORY_MIN: usize = 40;

/// What a sentence of an experience tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Situation,
    Action,
    Result,
}

const SITUATION: &[&str] = &[
    "당시",
    "상황",
    "문제",
    "과제",
    "목표",
    "프로젝트",
    "동아리",
    "인턴",
    "학기",
    "수업",
    "대회",
    "공모전",
    "해커톤",
    "맡았",
    "맡은",
    "맡게",
    "필요했",
    "부족했",
    "발생",
    "요구",
    "어려웠",
    "어려움",
    "늦어",
    "느려",
    "오래 걸",
    "갈등",
    "의견이",
    "때였",
    "했을 때",
    "있었습니다",
    "있던",
    "팀에서",
    "회사에서",
    "when ",
    "while ",
    "project",
    "problem",
    "challenge",
    "task",
    "needed",
    "internship",
    "deadline",
    "conflict",
    "our team",
    "the team",
    "at the time",
    "was asked",
    "were asked",
];

const ACTION: &[&str] = &[
    "제안",
    "도입",
    "설계",
    "구현",
    "개발",
    "작성",
    "분석",
    "조사",
    "설득",
    "조율",
    "정리",
    "적용",
    "나눴",
    "나누",
    "바꿨",
    "바꾸",
    "고쳤",
    "고치",
    "만들었",
    "만들어",
    "시도",
    "측정",
    "비교",
    "공유",
    "기록",
    "준비",
    "이끌",
    "주도",
    "진행했",
    "물어",
    "찾았",
    "찾아",
    "옮겼",
    "추가",
    "제거",
    "자동화",
    "테스트",
    "i built",
    "i wrote",
    "i designed",
    "i proposed",
    "i measured",
    "i changed",
    "i led",
    "i analy",
    "i added",
    "i moved",
    "i asked",
    "i set up",
    "i introduced",
    "i fixed",
    "i split",
    "i replaced",
    "i automated",
    "i created",
    "i implemented",
    "i organi",
    "i made",
    "i decided",
    "i talked",
    "i suggested",
    "i rewrote",
    "i tested",
];

const RESULT: &[&str] = &[
    "결과",
    "덕분",
    "그 뒤로",
    "이후로",
    "성과",
    "달성",
    "수상",
    "줄었",
    "줄였",
    "줄어",
    "늘었",
    "늘렸",
    "늘어",
    "높였",
    "높아",
    "낮췄",
    "낮아",
    "향상",
    "개선되",
    "단축",
    "절감",
    "감소",
    "증가",
    "배웠",
    "배우",
    "얻었",
    "얻게",
    "합격",
    "완료",
    "마쳤",
    "성공",
    "해결됐",
    "해결되",
    "해결할 수",
    "깨달",
    "as a result",
    "resulted",
    "reduced",
    "increased",
    "improved",
    "dropped",
    "rose",
    "saved",
    "achieved",
    "learned",
    "learnt",
    "won ",
    "cut ",
    "finished",
    "succeeded",
    "faster",
    "fewer",
    "since then",
    "delivered",
];

/// What a sentence tells; none when no word says so.
pub fn parts(sentence: &str) -> Vec<Part> {
    [(Part::Situation, SITUATION), (Part::Action, ACTION), (Part::Result, RESULT)]
        .into_iter()
        .filter(|(_, cues)| has_any(sentence, cues))
        .map(|(part, _)| part)
        .collect()
}

/// Whether an item asks for an experience.
pub fn asks_for_experience(question: &str) -> bool {
    let told = has_any(
        question,
        &["경험", "사례", "프로젝트", "문제를 해결", "과정을", "experience", "example", "describe a"],
    );
    let template = Template::of_question(question);
    told || matches!(template, Some(Template::Skills | Template::Teamwork | Template::Failure))
}

/// Parts that the story lacks.
pub fn check(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    if !asks_for_experience(&item.question) || answer.chars().count() < STORY_MIN {
        return;
    }
    let sentences = sentences(answer);
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
    let told: Vec<(Range<usize>, Vec<Part>)> =
        sentences.iter().map(|sentence| (sentence.clone(), parts(&answer[sentence.clone()]))).collect();
    let tells =
        |part: Part| told.iter().rev().find(|(_, parts)| parts.contains(&part)).map(|(place, _)| place);
    let mut add = |kind, place: &Range<usize>| {
        found.push(Finding {
            item_id: item.id,
            kind,
            passage: Passage::of(answer, place.clone()),
            detail: None,
        });
    };
    if tells(Part::Situation).is_none() {
        add(FindingKind::NoSituation, first);
    }
    if tells(Part::Action).is_none() {
        add(FindingKind::NoAction, sentences.get(sentences.len() / 2).unwrap_or(first));
    }
    match tells(Part::Result) {
        None => add(FindingKind::NoResult, last),
        Some(result) if !has_number(answer) => add(FindingKind::NoNumber, result),
        Some(_) => {}
    }
}

/// Gaps that a draft has left to be filled.
pub fn check_gaps(item: &LetterItem, found: &mut Vec<Finding>) {
    let answer = item.answer.as_str();
    for (start, _) in answer.match_indices('[') {
        let Some(length) = answer[start..].find(']') else { continue };
        let inner = &answer[start + 1..start + length];
        let is_gap = inner.trim_end().ends_with("필요") || inner.trim_end().ends_with("needed");
        if is_gap && inner.chars().count() < 40 && !inner.contains('\n') {
            let passage = Passage::of(answer, start..start + length + 1);
            found.push(Finding { item_id: item.id, kind: FindingKind::OpenGap, passage, detail: None });
        }
    }
}

/// Whether anything is said in numbers, be it that they stand as gaps, or in words.
fn has_number(text: &str) -> bool {
    text.chars().any(|character| character.is_numeric())
        || has_any(
            text,
            &[
                "두 배",
                "세 배",
                "절반",
                "두 명",
                "세 명",
                "네 명",
                "다섯 명",
                "twice",
                "half",
                "doubled",
                "two ",
                "three ",
            ],
        )
        || GAPS.iter().any(|gap| text.contains(gap))
}
