//! An interviewer with little patience, and briefs for it.

use std::time::{Duration, Instant};

use domain::ModelFailure;
use domain::interview::{
    Act, AssessmentBrief, Band, Feedback, Interviewer, InterviewerKind, InterviewerLabel, Probe, ProbeReason,
    QuestionBrief, SpeechBrief, Spoken, Utterance,
};
use domain::llm::{ModelConfig, ModelInterviewer};
use domain::questions::{Depth, Field, FollowUp, Kind, Language, Level, Point, Question, When};
use testkit::upstream::ScriptedUpstream;
use tokio::sync::mpsc;

/// Nothing may take longer than this, whatever the upstream does.
pub const SOON: Duration = Duration::from_secs(2);

pub fn impatient(base_url: String) -> ModelConfig {
    ModelConfig {
        base_url: Some(base_url),
        api_key: Some("sk-canary".into()),
        first_token_timeout: Duration::from_millis(500),
        idle_timeout: Duration::from_millis(300),
        answer_timeout: Duration::from_millis(700),
        retry_pause: Duration::from_millis(20),
        retry_after_max: Duration::from_secs(1),
        ..ModelConfig::new("scripted")
    }
}

pub fn interviewer(upstream: &ScriptedUpstream) -> ModelInterviewer {
    ModelInterviewer::new(impatient(upstream.base_url())).expect("a usable configuration")
}

pub async fn upstream() -> ScriptedUpstream {
    ScriptedUpstream::start().await.expect("a free port")
}

/// What was said in a turn, and how it ended.
pub async fn hear(
    interviewer: &ModelInterviewer,
    brief: &SpeechBrief,
) -> (String, Result<Spoken, ModelFailure>) {
    let (words, mut heard) = mpsc::channel::<String>(4);
    let started = Instant::now();
    let listening = async {
        let mut text = String::new();
        while let Some(words) = heard.recv().await {
            text.push_str(&words);
        }
        text
    };
    let (spoken, text) = tokio::join!(interviewer.speak(brief, words), listening);
    assert!(started.elapsed() < SOON, "took {:?}", started.elapsed());
    (text, spoken)
}

pub fn question() -> Question {
    let point = |id: &str, weight, must, say: &str| Point {
        id: id.to_owned(),
        weight,
        must,
        say: say.to_owned(),
        accept: vec![],
        trap: vec![],
    };
    Question {
        id: "database/index".to_owned(),
        rev: 1,
        language: Language::Korean,
        level: Level::Junior,
        kind: Kind::Concept,
        minutes: 4,
        tags: vec![],
        sources: vec![],
        points: vec![
            point("order", 3, true, "인덱스는 키를 정렬해 두어 조회가 빠르다."),
            point("cost", 2, false, "쓰기 작업마다 갱신 비용이 든다."),
        ],
        follow_ups: vec![FollowUp {
            depth: Depth::Tradeoff,
            when: When::Missing("cost".to_owned()),
            ask: "인덱스를 많이 만들면 무엇이 나빠지나요?".to_owned(),
        }],
        samples: vec![],
        question: "데이터베이스 인덱스를 설명해 주세요.".to_owned(),
        intent: String::new(),
        model_answer: String::new(),
        misconception: String::new(),
    }
}

pub const ANSWER: &str = "인덱스는 키를 정렬해 두니까 조회가 빠릅니다. 그래서 저는 자주 씁니다.";

fn exchange() -> Vec<Utterance> {
    let question = Utterance { by_candidate: false, text: question().question };
    vec![question, Utterance { by_candidate: true, text: ANSWER.to_owned() }]
}

pub fn speech(act: Act) -> SpeechBrief {
    SpeechBrief {
        field: Field::Backend,
        level: Level::Junior,
        language: Language::Korean,
        candidate_name: "김대답".to_owned(),
        question_count: 5,
        position: 0,
        act,
        script: String::new(),
        question: Some(question()),
        exchange: exchange(),
        coverage: None,
        read_out: vec![],
    }
}

pub fn probe() -> SpeechBrief {
    let ask = question().follow_ups[0].ask.clone();
    speech(Act::Probe(Probe { depth: Depth::Tradeoff, reason: ProbeReason::Missing, ask, quote: None }))
}

pub fn assessment(answer: &str) -> AssessmentBrief {
    let mut exchange = exchange();
    exchange[1].text = answer.to_owned();
    let by = InterviewerLabel { kind: InterviewerKind::Builtin, model: None, version: "rules/1".to_owned() };
    AssessmentBrief {
        level: Level::Junior,
        language: Language::Korean,
        question: question(),
        exchange,
        answers: vec![answer.to_owned()],
        builtin: Feedback {
            by,
            instead_of_model: None,
            band: Band::Unjudged,
            band_before_probes: None,
            too_short: false,
            off_topic: false,
            points: vec![],
            comment: None,
            rating: None,
        },
    }
}

pub fn made(avoid: &[&str]) -> QuestionBrief {
    QuestionBrief {
        field: Field::Backend,
        level: Level::Mid,
        language: Language::Korean,
        topics: vec![],
        avoid: avoid.iter().map(|question| (*question).to_owned()).collect(),
    }
}
