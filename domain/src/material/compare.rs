//! Where a material and an answer seem to say different things. Rules only, and careful: what they find is worth checking, and what
//! they do not find may differ nevertheless.

use std::collections::HashSet;

use super::compare_words::{
    BEFORE_THEN_EN, BEFORE_THEN_KO, DENIALS_EN, DENIALS_KO, NO_SUBJECT, OTHERS_EN, OTHERS_KO,
};
use super::figures::{Figure, Unit, figures};
use super::signals::{has, is_alone, is_with_others};
use super::statements::sentences;
use super::technologies::{Named, technologies};
use super::{Contradiction, ContradictionKind, Cue, Material, MaterialKind};
use crate::interview::feedback::builtin_label;
use crate::scoring::{ContentWord, content_words, is_order};

/// Most contradictions that are told.
const TOLD_MAX: usize = 10;
/// Most sentences of one text that are compared.
const SENTENCES_MAX: usize = 400;
/// Most sentences of all materials, and of all answers, that are compared: every one of these with every one of those, while a core is
/// kept busy. Real papers and interviews have a third of it.
const COMPARED_MAX: usize = 600;
/// Most figures of a sentence that are looked at.
const FIGURES_MAX: usize = 8;
/// Values that differ by no more than this share of the larger one are one value, told roughly.
const ROUGHLY: f64 = 0.1;
/// Words that two sentences about one thing have in common, unless the question was about that very sentence.
const SHARED: usize = 2;
/// Words before a figure that tell what it counts.
const BEFORE: usize = 2;
/// Bytes between a technology and the words that deny it.
const DENIAL_REACH: usize = 60;

/// An answer, and the question that it was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    pub position: u32,
    pub text: &'a str,
}

/// Compares the materials with the answers. `cues` are the words that questions were about, by the position of the question.
pub fn compare(materials: &[Material], cues: &[(u32, &Cue)], answers: &[Answer<'_>]) -> Vec<Contradiction> {
    let said: Vec<(u32, Sentence<'_>)> = answers
        .iter()
        .flat_map(|answer| Sentence::all(answer.text).map(move |sentence| (answer.position, sentence)))
        .filter(|(_, sentence)| !is_order(sentence.quote))
        .take(COMPARED_MAX)
        .collect();
    let own = (0..).zip(materials).filter(|(_, material)| material.kind != MaterialKind::Posting);
    let claims =
        own.flat_map(|(number, material)| Sentence::all(&material.text).map(move |claim| (number, claim)));
    let mut found: Vec<Contradiction> = Vec::new();
    for (number, claim) in claims.take(COMPARED_MAX) {
        // Once for all answers.
        let asked: Vec<u32> = cues
            .iter()
            .filter(|(_, cue)| cue.material == number && cue.quote == claim.quote)
            .map(|(asked, _)| *asked)
            .collect();
        for (position, answer) in &said {
            let Some(kind) = claim.differs_from(answer, asked.contains(position)) else { continue };
            let known = |other: &Contradiction| other.claim == claim.quote || other.answer == answer.quote;
            if found.iter().any(known) {
                continue;
            }
            found.push(Contradiction {
                kind,
                material: number,
                claim: claim.quote.to_owned(),
                position: *position,
                answer: answer.quote.to_owned(),
                why: None,
                by: builtin_label(),
            });
            if found.len() == TOLD_MAX {
                return found;
            }
        }
    }
    found
}

/// A sentence with everything in it that can be compared. All of it is worked out once, since a sentence is compared with hundreds.
struct Sentence<'a> {
    quote: &'a str,
    /// The bases of its words, in order.
    words: Vec<String>,
    figures: Vec<Counted>,
    technologies: Vec<&'static str>,
    /// Those of them that it denies.
    denied: Vec<&'static str>,
    alone: bool,
    /// It speaks of others who were at it, beyond the mere 우리.
    with_others: bool,
    /// It speaks of others, 우리 included.
    with_us: bool,
}

/// A figure, and the words that say what it counts.
struct Counted {
    figure: Figure,
    subject: HashSet<String>,
}

impl<'a> Sentence<'a> {
    /// The sentences of a text that can be compared with something.
    fn all(text: &'a str) -> impl Iterator<Item = Self> {
        sentences(text).into_iter().take(SENTENCES_MAX).filter_map(move |range| Self::new(&text[range]))
    }

    fn new(quote: &'a str) -> Option<Self> {
        let (mut figures, named) = (figures(quote), technologies(quote));
        figures.truncate(FIGURES_MAX);
        let alone = is_alone(quote) && !is_taken_back(quote);
        let with_others = has(quote, OTHERS_KO, OTHERS_EN);
        let says_nothing = figures.is_empty() && named.is_empty() && !alone && !with_others;
        if says_nothing {
            return None;
        }
        let content = content_words(quote);
        let counted = |figure: Figure| Counted { subject: subject(quote, &content, &figure), figure };
        let figures = figures.into_iter().map(counted).collect();
        let mut technologies: Vec<&'static str> = named.iter().map(|named| named.name).collect();
        technologies.sort_unstable();
        technologies.dedup();
        let denied = technologies.iter().copied().filter(|name| denies(quote, &named, name)).collect();
        let mut words: Vec<String> = content.into_iter().map(|word| word.base).collect();
        words.sort_unstable();
        words.dedup();
        let with_us = is_with_others(quote);
        Some(Self { quote, words, figures, technologies, denied, alone, with_others, with_us })
    }

    /// In what a claim and an answer differ, if they do.
    fn differs_from(&self, answer: &Sentence<'_>, asked_about_it: bool) -> Option<ContradictionKind> {
        let denied = |name: &&'static str| self.technologies.contains(name) && !self.denied.contains(name);
        if answer.denied.iter().any(denied) {
            return Some(ContradictionKind::Technology);
        }
        let alone_here = self.alone && !self.with_us && answer.with_others && !answer.alone;
        let alone_there = self.with_others && !self.alone && answer.alone && !answer.with_us;
        if (alone_here || alone_there) && (asked_about_it || self.shares_words(answer)) {
            return Some(ContradictionKind::Alone);
        }
        self.other_figure(answer).map(|unit| match unit {
            Unit::Days | Unit::Year => ContradictionKind::Duration,
            _ => ContradictionKind::Number,
        })
    }

    /// Whether both have so many words in common that they may be about one thing.
    fn shares_words(&self, other: &Sentence<'_>) -> bool {
        let shared = self.words.iter().filter(|word| other.words.binary_search(word).is_ok());
        shared.take(SHARED).count() == SHARED
    }

    /// The unit in which both tell a value of the same thing, and no two of these values agree.
    fn other_figure(&self, answer: &Sentence<'_>) -> Option<Unit> {
        self.figures.iter().find_map(|own| {
            let unit = own.figure.unit;
            let same_unit = || answer.figures.iter().filter(move |other| other.figure.unit == unit);
            let of_one_thing = same_unit().any(|other| !own.subject.is_disjoint(&other.subject));
            let agree = || {
                self.figures
                    .iter()
                    .filter(|other| other.figure.unit == unit)
                    .any(|one| same_unit().any(|other| agree(&one.figure, &other.figure)))
            };
            (of_one_thing && !agree()).then_some(unit)
        })
    }
}

/// What a figure counts: the words before it, and those behind it where they belong to it.
fn subject(quote: &str, words: &[ContentWord], figure: &Figure) -> HashSet<String> {
    let names =
        |word: &&ContentWord| word.base.chars().count() > 1 && !NO_SUBJECT.contains(&word.base.as_str());
    let before = words.iter().rev().filter(|word| word.end <= figure.start).filter(names).take(BEFORE);
    let rest = &quote[figure.end..];
    // `네 명의 팀원`, `40 percent of the queries`, `2023년에 입사`; else a verb stands there.
    let belongs = rest.starts_with('의') || rest.starts_with(" of ") || figure.unit == Unit::Year;
    let behind = words.iter().filter(|word| word.start >= figure.end).take(usize::from(belongs));
    // In English the unit is the thing itself: `four engineers`.
    let counts_things = matches!(figure.unit, Unit::People | Unit::Count);
    let inside = words.iter().filter(|word| {
        counts_things && word.start >= figure.start && word.end <= figure.end && word.base.is_ascii()
    });
    before.chain(behind.chain(inside).filter(names)).map(|word| word.base.clone()).collect()
}

/// Whether two values of one unit are the same one, told roughly.
fn agree(one: &Figure, other: &Figure) -> bool {
    let (one_value, other_value) = (one.value.abs(), other.value.abs());
    match one.unit {
        Unit::Year => (one_value - other_value).abs() < 0.5,
        _ => (one_value - other_value).abs() <= ROUGHLY * one_value.max(other_value),
    }
}

/// Whether somebody says not to have been alone: `혼자가 아니라`, `혼자 하지 않고`, `not alone`.
fn is_taken_back(text: &str) -> bool {
    let lower = text.to_lowercase();
    let behind = lower.find("혼자").map(|place| lower[place..].chars().take(14).collect::<String>());
    behind.is_some_and(|words| ["아니", "않", "못", "어렵", "힘들"].iter().any(|word| words.contains(word)))
        || ["not alone", "not by myself", "not on my own"].iter().any(|words| lower.contains(words))
}

/// Whether a sentence denies to know or to have used a technology, and speaks of now.
fn denies(quote: &str, all: &[Named], name: &str) -> bool {
    if has(quote, BEFORE_THEN_KO, BEFORE_THEN_EN) {
        return false;
    }
    let lower = quote.to_ascii_lowercase();
    all.iter().filter(|named| named.name == name).any(|named| {
        let next = all.iter().map(|other| other.start).find(|start| *start > named.start);
        let behind = &lower[named.end..next.unwrap_or(lower.len())];
        let before_it = all.iter().rfind(|other| other.end <= named.start);
        let before = &lower[before_it.map_or(0, |other| other.end)..named.start];
        let denied_behind =
            DENIALS_KO.iter().filter_map(|denial| behind.find(denial)).any(|at| at <= DENIAL_REACH);
        let denied_before = DENIALS_EN.iter().any(|denial| {
            before.rfind(denial).is_some_and(|at| before.len() - (at + denial.len()) <= DENIAL_REACH / 4)
        });
        denied_behind || denied_before
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str) -> Vec<Material> {
        vec![Material { kind: MaterialKind::Letter, title: "편지".to_owned(), text: text.to_owned() }]
    }

    #[track_caller]
    fn check(claim: &str, answer: &str, expected: Option<ContradictionKind>) {
        let found = compare(&letter(claim), &[], &[Answer { position: 0, text: answer }]);
        assert_eq!(found.first().map(|found| found.kind), expected, "{claim} / {answer}: {found:?}");
        for found in found {
            assert!(claim.contains(&found.claim) && answer.contains(&found.answer));
        }
    }

    use ContradictionKind::{Alone, Duration, Number, Technology};

    #[test]
    fn two_values_of_one_thing_differ() {
        check("조회 시간을 40% 줄였습니다.", "네, 조회 시간이 25% 줄었습니다.", Some(Number));
        check("팀원 네 명과 만들었습니다.", "팀원은 모두 여섯 명이었습니다.", Some(Number));
        check(
            "I cut the query latency by 40 percent.",
            "The query latency fell by 20 percent.",
            Some(Number),
        );
        check("We were four engineers.", "There were seven engineers on it.", Some(Number));
    }

    #[test]
    fn values_of_other_things_and_rough_ones_do_not() {
        check("조회 시간을 40% 줄였습니다.", "오류율은 30% 줄였습니다.", None);
        check("I reduced latency by 40 percent.", "I reduced errors by 30 percent.", None);
        check("조회 시간을 40% 줄였습니다.", "조회 시간이 한 38% 정도 줄었어요.", None);
        check(
            "조회 시간을 3.1초에서 1.8초로 줄였습니다.",
            "조회 시간이 3.1초였는데 나중에는 2.5초, 마지막에 1.8초가 됐습니다.",
            None,
        );
        check("사용자 3만 명이 썼습니다.", "사용자가 3만 1천 명쯤이었습니다.", None);
        check("Latency fell by 40 percent.", "About 30 percent of the tests were slow.", None);
        check("하루 3만 건의 주문을 처리했습니다.", "하루 두 번 배포했습니다.", None);
    }

    #[test]
    fn times_differ() {
        check("인턴으로 6개월 동안 일했습니다.", "인턴으로 3개월 동안 일했습니다.", Some(Duration));
        check("2023년에 입사했습니다.", "2021년에 입사했습니다.", Some(Duration));
        check("인턴으로 6개월 동안 일했습니다.", "그 기능은 2주 동안 만들었습니다.", None);
        check("인턴으로 1년 동안 일했습니다.", "인턴으로 12개월 동안 일했습니다.", None);
    }

    #[test]
    fn alone_and_with_others_differ_about_one_thing() {
        let claim = "결제 서버를 혼자 설계하고 구현했습니다.";
        check(claim, "결제 서버는 팀원들과 함께 설계했습니다.", Some(Alone));
        check(claim, "동아리 팀원들과 여행을 갔습니다.", None);
        check(claim, "결제 서버 설계는 제가 했습니다.", None);
        check("결제 서버를 팀원들과 함께 설계했습니다.", "결제 서버 설계는 저 혼자 했습니다.", Some(Alone));
        check(claim, "결제 서버 설계는 혼자 한 것이 아니라 팀원들과 나눠서 했습니다.", Some(Alone));
        check("I built the payment server alone.", "My team and I built the payment server.", Some(Alone));
    }

    #[test]
    fn a_technology_that_is_denied() {
        check("Redis로 캐시를 구현했습니다.", "레디스는 직접 써 본 적이 없습니다.", Some(Technology));
        check("I built it with Kafka.", "To be honest, I have never used Kafka.", Some(Technology));
        check("Redis로 캐시를 구현했습니다.", "카프카는 써 본 적이 없습니다.", None);
        check("Redis로 캐시를 구현했습니다.", "처음에는 레디스를 써 본 적이 없었습니다.", None);
        check("Redis로 캐시를 구현했습니다.", "레디스를 쓰고, 카프카는 써 본 적이 없습니다.", None);
        check("Redis로 캐시를 구현했습니다.", "레디스를 쓰지 않으면 느립니다.", None);
    }

    #[test]
    fn papers_and_answers_of_any_length_are_compared_in_no_time() {
        // Every sentence has figures, words and technologies in common with every other one, and none disagrees.
        let sentence = "Redis로 조회 시간을 1초 1초 1초 1초 1초 1초 1초 1초 1초 1초 팀원과 줄였습니다. ";
        let materials: Vec<Material> = (0..8).flat_map(|_| letter(&sentence.repeat(700))).collect();
        let said = sentence.repeat(300);
        let answers: Vec<Answer<'_>> = (0..40).map(|position| Answer { position, text: &said }).collect();
        let begun = std::time::Instant::now();
        assert_eq!(compare(&materials, &[], &answers), []);
        // A few seconds in a build without optimisation; all pairs would take many minutes.
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    #[test]
    fn no_more_is_told_than_anybody_reads() {
        let claims: String = (0..40).map(|n| format!("항목{n} 처리 시간을 {n}1초 줄였습니다.\n")).collect();
        let denied = "레디스는 써 본 적이 없습니다.";
        let materials = letter(&"Redis로 캐시를 구현했습니다.\n".repeat(3));
        let answers = [Answer { position: 0, text: denied }, Answer { position: 1, text: denied }];
        // The same words are told once.
        assert_eq!(compare(&materials, &[], &answers).len(), 1);
        let others: String = (0..40).map(|n| format!("항목{n} 처리 시간을 {n}9초 줄였습니다.\n")).collect();
        let found = compare(&letter(&claims), &[], &[Answer { position: 0, text: &others }]);
        assert_eq!(found.len(), TOLD_MAX);
    }

    #[test]
    fn a_posting_claims_nothing_of_the_person() {
        let posting = vec![Material {
            kind: MaterialKind::Posting,
            title: String::new(),
            text: "Redis 경험이 있는 분".to_owned(),
        }];
        let answers = [Answer { position: 0, text: "레디스는 써 본 적이 없습니다." }];
        assert_eq!(compare(&posting, &[], &answers), []);
    }

    #[test]
    fn the_question_about_a_sentence_ties_its_answer_to_it() {
        let materials = letter("# 협업\n화면은 혼자 그렸습니다.");
        let cue = Cue {
            material: 0,
            kind: MaterialKind::Letter,
            title: "편지".to_owned(),
            quote: "화면은 혼자 그렸습니다.".to_owned(),
            link: super::super::Link::OwnPart,
            by: None,
            instead_of_model: None,
        };
        let answers = [Answer { position: 2, text: "사실 동료와 나눠서 했습니다." }];
        let found = compare(&materials, &[(2, &cue)], &answers);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].kind, found[0].position), (Alone, 2));
        assert_eq!(compare(&materials, &[(1, &cue)], &answers), []);
    }
}
