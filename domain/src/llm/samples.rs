//! Briefs for the tests of this module.

use crate::interview::{
    Act, AssessmentBrief, Band, Feedback, InterviewerKind, InterviewerLabel, SpeechBrief, Utterance,
};
use crate::questions::{Depth, Field, FollowUp, Kind, Language, Level, Point, Question, When};

/// A question of the bank's form.
pub fn question(language: Language) -> Question {
    let korean = language == Language::Korean;
    let pick = |in_korean: &str, in_english: &str| if korean { in_korean } else { in_english }.to_owned();
    let point = |id: &str, weight, must, say: String| Point {
        id: id.to_owned(),
        weight,
        must,
        say,
        accept: vec![],
        trap: vec![],
    };
    let follow = |depth, when, ask: String| FollowUp { depth, when, ask };
    Question {
        id: "database/dirty-read".to_owned(),
        rev: 1,
        language,
        level: Level::Junior,
        kind: Kind::Concept,
        minutes: 4,
        tags: vec![],
        sources: vec![],
        points: vec![
            point(
                "uncommitted",
                3,
                true,
                pick("커밋되지 않은 데이터를 읽는 것이다.", "It reads data that is not yet committed."),
            ),
            point(
                "level",
                2,
                false,
                pick("READ COMMITTED부터 막는다.", "The level read committed prevents it."),
            ),
            point(
                "rollback",
                1,
                false,
                pick("롤백되면 없던 값을 읽은 셈이다.", "After a rollback the value never existed."),
            ),
        ],
        follow_ups: vec![
            follow(
                Depth::Mechanism,
                When::Missing("uncommitted".to_owned()),
                pick("읽는 순간 그 데이터는 어떤 상태인가요?", "In which state is the data at that moment?"),
            ),
            follow(Depth::Failure, When::Always, pick("어떤 문제가 생기나요?", "What can go wrong?")),
        ],
        samples: vec![],
        question: pick("더티 리드가 무엇인지 설명해 주세요.", "What is a dirty read?"),
        intent: String::new(),
        model_answer: String::new(),
        misconception: String::new(),
    }
}

/// What an interviewer knows before it speaks.
pub fn speech(language: Language, act: Act) -> SpeechBrief {
    SpeechBrief {
        field: Field::Backend,
        level: Level::Junior,
        language,
        candidate_name: "김대답".to_owned(),
        question_count: 5,
        position: 0,
        act,
        script: String::new(),
        question: Some(question(language)),
        exchange: vec![],
        coverage: None,
        read_out: vec![],
    }
}

/// What is judged: these answers to [`question`] in Korean.
pub fn brief(answers: &[&str]) -> AssessmentBrief {
    let question = question(Language::Korean);
    let mut exchange = Vec::new();
    for answer in answers {
        exchange.push(Utterance { by_candidate: false, text: question.question.clone() });
        exchange.push(Utterance { by_candidate: true, text: (*answer).to_owned() });
    }
    let by = InterviewerLabel { kind: InterviewerKind::Builtin, model: None, version: "rules/1".to_owned() };
    let builtin = Feedback {
        by,
        instead_of_model: None,
        band: Band::Some,
        band_before_probes: None,
        too_short: false,
        off_topic: false,
        points: vec![],
        comment: None,
        rating: None,
    };
    let answers = answers.iter().map(|answer| (*answer).to_owned()).collect();
    AssessmentBrief { level: Level::Junior, language: Language::Korean, question, exchange, answers, builtin }
}
