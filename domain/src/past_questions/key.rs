//! The answer key of a past question: in the form of the bank as it is stored, in lines as a moderator writes it.

use serde::{Deserialize, Serialize};

use super::{
    AnswerKey, KeyFault, KeyFinding, KeyFollowUp, KeyPoint, MODEL_ANSWER_MAX, NOTE_MAX, POINTS_MAX,
    POINTS_MIN,
};
use crate::questions::{FollowUp, Kind, Point, Question, TermGroup, When};

/// Most groups of a point, terms of a group, and alternatives of a term.
const GROUPS_MAX: usize = 8;
const TERMS_MAX: usize = 6;
const WORDS_MAX: usize = 12;
/// Most characters of one alternative.
const WORD_MAX: usize = 40;
/// Most characters of a point or of a follow-up.
const LINE_MAX: usize = 300;
const FOLLOW_UPS_MAX: usize = 6;

/// What answers to a past question are judged by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    pub kind: Kind,
    pub intent: String,
    pub model_answer: String,
    pub misconception: String,
    /// None when answers are not judged.
    pub points: Vec<Point>,
    pub follow_ups: Vec<FollowUp>,
}

impl From<Question> for Content {
    /// What a model has written, in the form that every made question has.
    fn from(made: Question) -> Self {
        Self {
            kind: made.kind,
            intent: made.intent,
            model_answer: made.model_answer,
            misconception: made.misconception,
            points: made.points,
            follow_ups: made.follow_ups,
        }
    }
}

impl From<&Content> for AnswerKey {
    fn from(content: &Content) -> Self {
        let point = |point: &Point| KeyPoint {
            id: point.id.clone(),
            say: point.say.clone(),
            weight: point.weight,
            must: point.must,
            accept: point.accept.iter().map(|group| group.join(", ")).collect::<Vec<_>>().join("\n"),
        };
        let follow_up = |follow: &FollowUp| KeyFollowUp {
            depth: follow.depth,
            when: follow.when.clone().into(),
            ask: follow.ask.clone(),
        };
        Self {
            kind: Some(content.kind),
            intent: content.intent.clone(),
            model_answer: content.model_answer.clone(),
            misconception: content.misconception.clone(),
            points: content.points.iter().map(point).collect(),
            follow_ups: content.follow_ups.iter().map(follow_up).collect(),
        }
    }
}

/// Reads an answer key as it was written. None when nothing was.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(key: &AnswerKey) -> Result<Option<Content>, Vec<KeyFinding>> {
    let mut findings = Vec::new();
    let mut passage = |text: &str, max: u32| {
        let text = clean(text);
        if text.chars().count() > max as usize {
            findings.push(KeyFinding { fault: KeyFault::Passage, number: None });
        }
        text
    };
    let intent = passage(&key.intent, NOTE_MAX);
    let model_answer = passage(&key.model_answer, MODEL_ANSWER_MAX);
    let misconception = passage(&key.misconception, NOTE_MAX);
    // Lines of the form that were left empty are none.
    let written: Vec<&KeyPoint> =
        key.points.iter().filter(|point| !blank(&point.say) || !blank(&point.accept)).collect();
    let points = points(&written, &mut findings);
    let follow_ups = follow_ups(&key.follow_ups, &points, &mut findings);
    if !findings.is_empty() {
        return Err(findings);
    }
    let nothing = [&intent, &model_answer, &misconception].iter().all(|text| text.is_empty());
    if nothing && points.is_empty() && follow_ups.is_empty() {
        return Ok(None);
    }
    let kind = key.kind.unwrap_or(Kind::Concept);
    Ok(Some(Content { kind, intent, model_answer, misconception, points, follow_ups }))
}

/// Without NUL, which PostgreSQL cannot store and nobody types.
fn clean(text: &str) -> String {
    text.replace('\0', "").trim().to_owned()
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

fn points(written: &[&KeyPoint], findings: &mut Vec<KeyFinding>) -> Vec<Point> {
    let mut whole = |fault| findings.push(KeyFinding { fault, number: None });
    let count = u32::try_from(written.len()).unwrap_or(u32::MAX);
    match count {
        0 => return Vec::new(),
        _ if count < POINTS_MIN => whole(KeyFault::FewPoints),
        _ if count > POINTS_MAX => whole(KeyFault::ManyPoints),
        _ => {}
    }
    if !written.iter().any(|point| point.must) {
        whole(KeyFault::NoMust);
    }
    let mut points: Vec<Point> = Vec::with_capacity(written.len());
    for (number, point) in (1..).zip(written) {
        let mut wrong = |fault| findings.push(KeyFinding { fault, number: Some(number) });
        let say = clean(&point.say);
        if say.is_empty() || say.chars().count() > LINE_MAX {
            wrong(KeyFault::Say);
        }
        if !(1..=3).contains(&point.weight) {
            wrong(KeyFault::Weight);
        }
        let accept = groups(&point.accept);
        if accept.is_none() {
            wrong(KeyFault::Accept);
        }
        points.push(Point {
            id: id(&point.id, number, &points),
            weight: point.weight,
            must: point.must,
            say,
            accept: accept.unwrap_or_default(),
            trap: Vec::new(),
        });
    }
    points
}

/// The id that a point has, or a new one: verdicts and cards of the drill name points by it.
fn id(given: &str, number: u32, before: &[Point]) -> String {
    let fits =
        |character: char| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-';
    let is_free = |id: &str| before.iter().all(|point| point.id != id);
    if !given.is_empty() && given.len() <= 40 && given.chars().all(fits) && is_free(given) {
        return given.to_owned();
    }
    (number..).map(|number| format!("point-{number}")).find(|id| is_free(id)).unwrap_or_default()
}

/// The groups of terms, one on each line. None when there is nothing that could be found, or too much.
fn groups(text: &str) -> Option<Vec<TermGroup>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let groups: Vec<TermGroup> = lines.map(terms).collect::<Option<_>>()?;
    (!groups.is_empty() && groups.len() <= GROUPS_MAX).then_some(groups)
}

fn terms(line: &str) -> Option<TermGroup> {
    let terms = line.split(',').map(str::trim).filter(|term| !term.is_empty());
    let terms: TermGroup = terms.map(term).collect::<Option<_>>()?;
    (!terms.is_empty() && terms.len() <= TERMS_MAX).then_some(terms)
}

fn term(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split('|').map(str::trim).collect();
    // As the check of the bank asks for it.
    let can_be_found = |word: &str| word.chars().any(|c| c.is_alphanumeric() || "=<>!&".contains(c));
    let fits = |word: &&str| {
        can_be_found(word) && word.chars().count() <= WORD_MAX && !word.chars().any(char::is_control)
    };
    (words.len() <= WORDS_MAX && words.iter().all(fits)).then(|| words.join("|"))
}

fn follow_ups(written: &[KeyFollowUp], points: &[Point], findings: &mut Vec<KeyFinding>) -> Vec<FollowUp> {
    let mut found: Vec<FollowUp> = Vec::new();
    for (number, follow) in (1..).zip(written.iter().filter(|follow| !blank(&follow.ask))) {
        let ask = clean(&follow.ask);
        if ask.chars().count() > LINE_MAX || found.len() >= FOLLOW_UPS_MAX {
            findings.push(KeyFinding { fault: KeyFault::Ask, number: Some(number) });
        }
        found.push(FollowUp { depth: follow.depth, when: when(&follow.when, points), ask });
    }
    found
}

/// A condition on a point that does not exist would never be met.
fn when(text: &str, points: &[Point]) -> When {
    let exists = |id: &str| points.iter().any(|point| point.id == id);
    match When::try_from(text.to_owned()) {
        Ok(When::Covered(id)) if exists(&id) => When::Covered(id),
        Ok(When::Missing(id)) if exists(&id) => When::Missing(id),
        _ => When::Always,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Depth;

    fn point(say: &str, must: bool) -> KeyPoint {
        KeyPoint {
            id: String::new(),
            say: say.to_owned(),
            weight: 2,
            must,
            accept: "읽다|조회, 커밋 전\n더티 리드".to_owned(),
        }
    }

    fn key() -> AnswerKey {
        AnswerKey {
            kind: Some(Kind::Debugging),
            intent: " 의도 ".to_owned(),
            model_answer: "답".to_owned(),
            misconception: String::new(),
            points: vec![point("하나", true), point("둘", false), point("셋", false), KeyPoint::default()],
            follow_ups: vec![KeyFollowUp {
                depth: Depth::Failure,
                when: "missing:point-1".to_owned(),
                ask: "왜 그런가요?".to_owned(),
            }],
        }
    }

    #[test]
    fn what_is_written_has_the_form_of_the_bank_and_comes_back() {
        let content = parse(&key()).expect("sound").expect("something");
        let ids: Vec<&str> = content.points.iter().map(|point| point.id.as_str()).collect();
        assert_eq!(ids, ["point-1", "point-2", "point-3"]);
        assert_eq!(content.points[0].accept, [vec!["읽다|조회", "커밋 전"], vec!["더티 리드"]]);
        assert_eq!(content.follow_ups[0].when, When::Missing("point-1".to_owned()));
        let again = AnswerKey::from(&content);
        assert_eq!(parse(&again), Ok(Some(content)));
    }

    #[test]
    fn a_point_that_is_taken_out_leaves_the_ids_of_the_others() {
        let mut written = AnswerKey::from(&parse(&key()).expect("sound").expect("something"));
        written.points.remove(0);
        written.points.push(point("넷", true));
        let content = parse(&written).expect("sound").expect("something");
        let ids: Vec<&str> = content.points.iter().map(|point| point.id.as_str()).collect();
        assert_eq!(ids, ["point-2", "point-3", "point-4"]);
        assert_eq!(content.follow_ups[0].when, When::Always);
    }

    #[test]
    fn nothing_is_no_key_and_a_model_answer_alone_judges_nothing() {
        assert_eq!(parse(&AnswerKey::default()), Ok(None));
        let only = AnswerKey { model_answer: "답".to_owned(), ..AnswerKey::default() };
        assert!(parse(&only).expect("sound").expect("something").points.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_number() {
        let check = |change: fn(&mut AnswerKey), fault, number| {
            let mut key = key();
            change(&mut key);
            assert_eq!(parse(&key), Err(vec![KeyFinding { fault, number }]));
        };
        check(|key| key.points.truncate(2), KeyFault::FewPoints, None);
        check(|key| key.points.extend(vec![point("더", false); 4]), KeyFault::ManyPoints, None);
        check(|key| key.points[0].must = false, KeyFault::NoMust, None);
        check(|key| key.points[1].say.clear(), KeyFault::Say, Some(2));
        check(|key| key.points[1].accept = " \n".to_owned(), KeyFault::Accept, Some(2));
        check(|key| key.points[2].accept = "가, |나".to_owned(), KeyFault::Accept, Some(3));
        check(|key| key.points[0].weight = 4, KeyFault::Weight, Some(1));
        check(|key| key.follow_ups[0].ask = "가".repeat(301), KeyFault::Ask, Some(1));
        check(|key| key.model_answer = "가".repeat(4_001), KeyFault::Passage, None);
    }
}
