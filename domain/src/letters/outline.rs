//! A draft without a model: what the person told, put in the order in which an answer tells it, with a mark wherever something is missing.
//! It adds no fact, and it is called an outline wherever it is shown.

use super::checks::star::{Part, parts};
use super::checks::text::{has_any, sentences};
use super::templates::Template;
use super::{LetterContent, LetterItem};
use crate::questions::Language;

/// Sentences under one heading.
const EACH_MAX: usize = 3;
/// Words of a question that are looked for in experiences, and experiences that are looked at: an outline is made while the letter is
/// locked.
const ASKED_MAX: usize = 40;
const BLOCKS_MAX: usize = 100;

/// The outline of an answer to an item.
pub fn outline(content: &LetterContent, item: &LetterItem) -> String {
    let template = Template::of_question(&item.question);
    let say = Words::of(content.language);
    let block = fitting(content, item, template);
    match template {
        Some(Template::Motive) => motive(content, &block, say),
        Some(Template::Future) => future(content, &block, say),
        Some(Template::Character) => character(content, &block, say),
        _ => story(content, &block, say),
    }
}

/// An experience: situation, action, result, and what it means for the role.
fn story(content: &LetterContent, block: &[String], say: Words) -> String {
    let told = |part: Part| -> Vec<String> {
        let of_part = |sentence: &&String| first_part(sentence) == Some(part);
        block.iter().filter(of_part).take(EACH_MAX).cloned().collect()
    };
    let rest: Vec<String> = block.iter().filter(|sentence| first_part(sentence).is_none()).cloned().collect();
    let mut situation = told(Part::Situation);
    situation.extend(rest);
    situation.truncate(EACH_MAX);
    let mut result = told(Part::Result);
    if !result.is_empty() && !result.iter().any(|sentence| sentence.chars().any(char::is_numeric)) {
        result.push(say.number.to_owned());
    }
    put(&[
        (say.situation, situation, say.no_situation),
        (say.action, told(Part::Action), say.no_action),
        (say.result, result, say.no_result),
        (say.meaning, for_role(content, say), say.no_meaning),
    ])
}

fn motive(content: &LetterContent, block: &[String], say: Words) -> String {
    let company = content.company.trim();
    let reason =
        if company.is_empty() { say.no_company.to_owned() } else { say.why.replace("{company}", company) };
    put(&[
        (say.reason, vec![reason], say.no_company),
        (say.proof, block.iter().take(EACH_MAX).cloned().collect(), say.no_situation),
        (say.strength, lines(&content.facts.strengths), say.no_strength),
        (say.meaning, for_role(content, say), say.no_meaning),
    ])
}

fn future(content: &LetterContent, block: &[String], say: Words) -> String {
    put(&[
        (say.now, block.iter().take(EACH_MAX).cloned().collect(), say.no_situation),
        (say.strength, lines(&content.facts.strengths), say.no_strength),
        (say.soon, for_role(content, say), say.no_soon),
        (say.later, Vec::new(), say.no_later),
    ])
}

fn character(content: &LetterContent, block: &[String], say: Words) -> String {
    put(&[
        (say.strength, lines(&content.facts.strengths), say.no_strength),
        (say.proof, block.iter().take(EACH_MAX).cloned().collect(), say.no_situation),
        (say.weakness, Vec::new(), say.no_weakness),
    ])
}

/// Headings with what stands below them, or the mark of what is missing.
fn put(sections: &[(&str, Vec<String>, &str)]) -> String {
    let section = |(heading, told, missing): &(&str, Vec<String>, &str)| {
        let told = if told.is_empty() { (*missing).to_owned() } else { told.join("\n") };
        format!("{heading}\n{told}")
    };
    sections.iter().map(section).collect::<Vec<_>>().join("\n\n")
}

/// What a sentence tells first of all: a result says more than the situation that it names.
fn first_part(sentence: &str) -> Option<Part> {
    let parts = parts(sentence);
    [Part::Result, Part::Action, Part::Situation].into_iter().find(|part| parts.contains(part))
}

/// The experience that fits the item best, in sentences. Experiences are told apart by empty lines, else by lines.
fn fitting(content: &LetterContent, item: &LetterItem, template: Option<Template>) -> Vec<String> {
    let told = content.facts.experiences.replace("\r\n", "\n");
    let separator = if told.contains("\n\n") { "\n\n" } else { "\n" };
    let blocks = told.split(separator).map(str::trim).filter(|block| !block.is_empty());
    let blocks: Vec<&str> = blocks.take(BLOCKS_MAX).collect();
    let asked = item.question.split_whitespace().filter(|word| word.chars().count() > 1);
    let asked: Vec<&str> = asked.take(ASKED_MAX).collect();
    let fits = |block: &str| {
        let cues: &[&str] = template.map_or(&[], cues);
        2 * cues.iter().filter(|cue| has_any(block, &[**cue])).count()
            + asked.iter().filter(|word| block.contains(**word)).count()
    };
    // Items that nothing fits take the experiences in turn, so that not all of them tell the same.
    let place = content.items.iter().position(|other| other.id == item.id).unwrap_or(0);
    let best = blocks.iter().copied().max_by_key(|block| fits(block)).filter(|block| fits(block) > 0);
    let Some(best) = best.or_else(|| blocks.get(place % blocks.len().max(1)).copied()) else {
        return Vec::new();
    };
    lines(best)
}

/// Words of experiences that suit an item.
fn cues(template: Template) -> &'static [&'static str] {
    match template {
        Template::Teamwork => {
            &["팀", "협업", "갈등", "의견", "설득", "동료", "team", "conflict", "together", "disagree"]
        }
        Template::Failure => {
            &["실패", "실수", "문제", "장애", "어려", "늦", "fail", "mistake", "outage", "late"]
        }
        Template::Skills => &[
            "개발",
            "구현",
            "설계",
            "분석",
            "서버",
            "테스트",
            "built",
            "implement",
            "design",
            "server",
            "test",
        ],
        Template::Background => &["처음", "계기", "바뀌", "배웠", "first", "began", "learned", "changed"],
        Template::Character => &["성격", "꼼꼼", "끈기", "먼저", "careful", "patient"],
        Template::Motive => &["관심", "좋아", "사용", "쓰면서", "interest", "use", "like"],
        Template::Future => &["목표", "배우", "공부", "goal", "learn", "study"],
    }
}

/// Sentences, as the person wrote them.
fn lines(text: &str) -> Vec<String> {
    sentences(text).into_iter().take(2 * EACH_MAX).map(|range| text[range].to_owned()).collect()
}

fn for_role(content: &LetterContent, say: Words) -> Vec<String> {
    let (company, role) = (content.company.trim(), content.role.trim());
    match (company.is_empty(), role.is_empty()) {
        (_, true) => Vec::new(),
        (true, false) => vec![say.for_role.replace("{role}", role)],
        (false, false) => vec![say.for_both.replace("{role}", role).replace("{company}", company)],
    }
}

/// Our own words in an outline.
#[derive(Clone, Copy)]
struct Words {
    situation: &'static str,
    action: &'static str,
    result: &'static str,
    meaning: &'static str,
    reason: &'static str,
    proof: &'static str,
    strength: &'static str,
    weakness: &'static str,
    now: &'static str,
    soon: &'static str,
    later: &'static str,
    number: &'static str,
    no_situation: &'static str,
    no_action: &'static str,
    no_result: &'static str,
    no_meaning: &'static str,
    no_company: &'static str,
    no_strength: &'static str,
    no_weakness: &'static str,
    no_soon: &'static str,
    no_later: &'static str,
    why: &'static str,
    for_role: &'static str,
    for_both: &'static str,
}

impl Words {
    const fn of(language: Language) -> Self {
        match language {
            Language::Korean => Self {
                situation: "■ 상황",
                action: "■ 내가 한 일",
                result: "■ 결과",
                meaning: "■ 직무와 잇기",
                reason: "■ 이 회사인 이유",
                proof: "■ 뒷받침하는 경험",
                strength: "■ 강점",
                weakness: "■ 단점과 고치려고 하는 일",
                now: "■ 지금까지 해 온 일",
                soon: "■ 입사 후 첫해",
                later: "■ 3년 뒤",
                number: "[수치 필요]",
                no_situation: "[언제, 어디서, 어떤 문제였는지 필요]",
                no_action: "[내가 직접 한 일 필요]",
                no_result: "[달라진 점과 수치 필요]",
                no_meaning: "[지원 직무 필요]",
                no_company: "[회사 이름과 고른 이유 필요]",
                no_strength: "[강점 필요]",
                no_weakness: "[단점 하나와 고치려고 하고 있는 행동 필요]",
                no_soon: "[지원 직무와 첫해 목표 필요]",
                no_later: "[3년 뒤의 목표와 그것을 잴 수치 필요]",
                why: "{company}: [다른 회사가 아니라 여기인 이유 필요]",
                for_role: "{role} 업무에서 이 경험이 쓰이는 곳: [공고의 업무 하나와 연결 필요]",
                for_both: "{company}의 {role} 업무에서 이 경험이 쓰이는 곳: [공고의 업무 하나와 연결 필요]",
            },
            Language::English => Self {
                situation: "■ Situation",
                action: "■ What I did",
                result: "■ Result",
                meaning: "■ What it means for the role",
                reason: "■ Why this company",
                proof: "■ The experience behind it",
                strength: "■ Strengths",
                weakness: "■ A weakness, and what I do about it",
                now: "■ What I have done so far",
                soon: "■ The first year",
                later: "■ In three years",
                number: "[number needed]",
                no_situation: "[when, where and which problem needed]",
                no_action: "[what you did yourself needed]",
                no_result: "[what changed, with a number, needed]",
                no_meaning: "[the role needed]",
                no_company: "[the company, and why it, needed]",
                no_strength: "[a strength needed]",
                no_weakness: "[one weakness, and what you do about it, needed]",
                no_soon: "[the role and a goal for the first year needed]",
                no_later: "[a goal in three years, with a number, needed]",
                why: "{company}: [why this one and no other needed]",
                for_role: "Where this counts as {role}: [one task of the posting needed]",
                for_both: "Where this counts as {role} at {company}: [one task of the posting needed]",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::letters::Facts;
    use crate::letters::supplied::unsupplied;

    fn letter(experiences: &str) -> LetterContent {
        let item = |number, template: Template| LetterItem {
            id: Uuid::from_u128(number),
            question: template.question(Language::Korean).to_owned(),
            answer: String::new(),
            limit: None,
            tip: String::new(),
        };
        let facts = Facts {
            experiences: experiences.to_owned(),
            strengths: "기록을 남깁니다.".to_owned(),
            ..Facts::default()
        };
        LetterContent {
            company: "하늘지도".to_owned(),
            role: "백엔드 개발자".to_owned(),
            facts,
            items: Template::ALL.iter().zip(1..).map(|(template, number)| item(number, *template)).collect(),
            ..LetterContent::empty(Language::Korean)
        }
    }

    const TOLD: &str = "동아리에서 지도 화면이 느려지는 문제를 맡았습니다. 로그를 분석해 캐시를 도입했습니다. 화면이 1초 만에 열리게 개선됐고 신고가 줄었습니다.\n\n\
                        팀에서 일정 때문에 의견이 갈렸습니다. 할 일을 나누자고 제안했습니다. 그 결과 제때 끝났습니다.";

    fn of(content: &LetterContent, template: Template) -> String {
        let place = Template::ALL.iter().position(|other| *other == template).expect("one of all");
        outline(content, &content.items[place])
    }

    #[test]
    fn a_story_is_put_in_order_with_words_of_the_person() {
        let skills = of(&letter(TOLD), Template::Skills);
        assert!(skills.contains("■ 상황\n동아리에서 지도 화면이 느려지는 문제를 맡았습니다."), "{skills}");
        assert!(skills.contains("■ 내가 한 일\n로그를 분석해 캐시를 도입했습니다."), "{skills}");
        assert!(skills.contains("■ 결과\n화면이 1초 만에 열리게 개선됐고 신고가 줄었습니다."), "{skills}");
        assert!(skills.contains("하늘지도의 백엔드 개발자"), "{skills}");
        // Another item tells the experience that suits it, and a result without a number has a gap.
        let teamwork = of(&letter(TOLD), Template::Teamwork);
        assert!(teamwork.contains("의견이 갈렸습니다."), "{teamwork}");
        assert!(teamwork.contains("그 결과 제때 끝났습니다.\n[수치 필요]"), "{teamwork}");
    }

    #[test]
    fn nothing_told_makes_gaps_and_no_facts() {
        let content = LetterContent {
            company: String::new(),
            role: String::new(),
            facts: Facts::default(),
            ..letter("")
        };
        for template in Template::ALL {
            let text = of(&content, *template);
            for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('■')) {
                assert!(line.starts_with('[') && line.ends_with("필요]"), "{line}");
            }
        }
    }

    #[test]
    fn an_outline_has_no_number_that_was_not_told() {
        let content = letter(TOLD);
        for item in &content.items {
            let found = unsupplied(&outline(&content, item), &content, "");
            // Our own headings speak of three years.
            let foreign: Vec<_> = found.iter().filter(|passage| passage.quote != "3년").collect();
            assert!(foreign.is_empty(), "{foreign:?}");
        }
    }
}
