//! The words of the built-in interviewer. Every act has a few wordings that take turns, so that it does not sound like a machine.

use super::{Act, Probe, ProbeReason};
use crate::questions::{Field, Language};

/// What the script needs to know besides the act.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub language: Language,
    pub field: Field,
    pub candidate_name: &'a str,
    pub question_count: u32,
    /// Counts the turns, so that wordings take turns.
    pub turn: u32,
}

/// The interviewer's words for an act, a main question left out.
pub fn words(scene: &Scene<'_>, act: &Act) -> String {
    match scene.language {
        Language::Korean => korean(scene, act),
        Language::English => english(scene, act),
    }
}

/// The interviewer's answer to "why do you ask this?".
pub fn intent(language: Language, intent: &str) -> String {
    match language {
        Language::Korean => format!("이 질문을 드린 까닭을 말씀드릴게요. {intent}"),
        Language::English => format!("Let me tell you why I ask this. {intent}"),
    }
}

/// The name of a field as the interviewer says it.
pub fn field_name(language: Language, field: Field) -> &'static str {
    let (korean, english) = match field {
        Field::Cs => ("컴퓨터 과학 기초", "computer science"),
        Field::Backend => ("백엔드", "back-end"),
        Field::Frontend => ("프론트엔드", "front-end"),
        Field::Mobile => ("모바일", "mobile"),
        Field::Devops => ("데브옵스", "DevOps"),
        Field::Data => ("데이터", "data engineering"),
        Field::Ml => ("머신러닝", "machine learning"),
        Field::Security => ("보안", "security"),
        Field::SystemDesign => ("시스템 설계", "system design"),
        Field::Person => ("인성", "personal"),
    };
    match language {
        Language::Korean => korean,
        Language::English => english,
    }
}

fn pick<'a>(scene: &Scene<'_>, wordings: &[&'a str]) -> &'a str {
    wordings[scene.turn as usize % wordings.len()]
}

fn korean(scene: &Scene<'_>, act: &Act) -> String {
    match act {
        Act::Greet => format!(
            "안녕하세요, {name}님. 오늘 {field} 면접을 진행할 면접관입니다. 질문은 모두 {count}개이고, 답변을 들으면서 더 여쭤볼 수 있습니다. \
             생각할 시간이 필요하면 편하게 말씀해 주세요. 그럼 첫 번째 질문 드리겠습니다.",
            name = scene.candidate_name,
            field = field_name(Language::Korean, scene.field),
            count = scene.question_count,
        ),
        Act::MoveOn { skipped: true } => pick(
            scene,
            &["네, 이 질문은 넘어가겠습니다. 다음 질문입니다.", "괜찮습니다. 다음 질문으로 넘어갈게요."],
        )
        .to_owned(),
        Act::MoveOn { skipped: false } => pick(
            scene,
            &[
                "네, 잘 들었습니다. 다음 질문 드리겠습니다.",
                "답변 감사합니다. 다음 질문으로 넘어가겠습니다.",
                "말씀 잘 들었습니다. 이번에는 다른 걸 여쭤볼게요.",
            ],
        )
        .to_owned(),
        Act::Close { early: true } => {
            "네, 오늘 면접은 여기까지 하겠습니다. 시간 내 주셔서 감사합니다.".to_owned()
        }
        Act::Close { early: false } => format!(
            "준비한 질문은 여기까지입니다. 끝까지 답변해 주셔서 감사합니다. {}님, 수고 많으셨습니다.",
            scene.candidate_name
        ),
        Act::Probe(probe) => korean_probe(scene, probe),
    }
}

fn korean_probe(scene: &Scene<'_>, probe: &Probe) -> String {
    let ask = &probe.ask;
    match (probe.reason, &probe.quote) {
        (ProbeReason::TooShort, _) => pick(
            scene,
            &["조금 더 자세히 설명해 주시겠어요?", "네, 그 부분을 조금 더 풀어서 말씀해 주시겠어요?"],
        )
        .to_owned(),
        (ProbeReason::Confirm, Some(quote)) => {
            format!(
                "“{quote}”라고 말씀하셨는데, 제가 맞게 이해했나요? 어떤 뜻인지 한 번 더 설명해 주시겠어요?"
            )
        }
        (ProbeReason::Deeper, Some(quote)) => format!("“{quote}”라고 하셨는데요, {ask}"),
        (ProbeReason::StepDown, _) => format!("그럼 조금 다르게 여쭤볼게요. {ask}"),
        (ProbeReason::Missing, _) => {
            format!(
                "{} {ask}",
                pick(
                    scene,
                    &[
                        "네, 말씀 이어서 하나 더 여쭤볼게요.",
                        "네, 알겠습니다.",
                        "그 부분에 덧붙여 여쭙겠습니다."
                    ]
                )
            )
        }
        (ProbeReason::Deeper | ProbeReason::Confirm, None) => {
            format!("{} {ask}", pick(scene, &["네, 이해했습니다.", "좋습니다, 조금 더 들어가 볼게요."]))
        }
    }
}

fn english(scene: &Scene<'_>, act: &Act) -> String {
    match act {
        Act::Greet => format!(
            "Hello {name}, and welcome. I will be your interviewer today for this {field} interview. There are {count} main questions, \
             and I may follow up on what you say. Take the time you need. Here is the first one.",
            name = scene.candidate_name,
            field = field_name(Language::English, scene.field),
            count = scene.question_count,
        ),
        Act::MoveOn { skipped: true } => {
            pick(scene, &["That is fine, let us leave it there. Next question.", "No problem. Let us go on."])
                .to_owned()
        }
        Act::MoveOn { skipped: false } => pick(
            scene,
            &[
                "Thank you. Here is the next question.",
                "All right, I see. Let us move on.",
                "Thanks for explaining. Now something else.",
            ],
        )
        .to_owned(),
        Act::Close { early: true } => {
            "All right, we will stop here. Thank you for your time today.".to_owned()
        }
        Act::Close { early: false } => format!(
            "Those were all my questions. Thank you, {}, for staying with me to the end.",
            scene.candidate_name
        ),
        Act::Probe(probe) => english_probe(scene, probe),
    }
}

fn english_probe(scene: &Scene<'_>, probe: &Probe) -> String {
    let ask = &probe.ask;
    match (probe.reason, &probe.quote) {
        (ProbeReason::TooShort, _) => {
            pick(scene, &["Could you go into a little more detail?", "Could you say a bit more about that?"])
                .to_owned()
        }
        (ProbeReason::Confirm, Some(quote)) => {
            format!(
                "You said “{quote}”. Did I understand that correctly? Please explain once more what you mean."
            )
        }
        (ProbeReason::Deeper, Some(quote)) => format!("You mentioned “{quote}”. {ask}"),
        (ProbeReason::StepDown, _) => format!("Let me ask it differently. {ask}"),
        (ProbeReason::Missing, _) => {
            format!(
                "{} {ask}",
                pick(scene, &["Let me stay with that for a moment.", "I see.", "Going on from there:"])
            )
        }
        (ProbeReason::Deeper | ProbeReason::Confirm, None) => {
            format!("{} {ask}", pick(scene, &["I see.", "Good, let us go a little deeper."]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questions::Depth;

    #[test]
    fn every_act_has_words_in_both_languages() {
        let reasons = [
            ProbeReason::TooShort,
            ProbeReason::Missing,
            ProbeReason::Confirm,
            ProbeReason::Deeper,
            ProbeReason::StepDown,
        ];
        let mut acts = vec![
            Act::Greet,
            Act::MoveOn { skipped: true },
            Act::MoveOn { skipped: false },
            Act::Close { early: true },
            Act::Close { early: false },
        ];
        for reason in reasons {
            for quote in [None, Some("커밋 전 데이터".to_owned())] {
                acts.push(Act::Probe(Probe {
                    depth: Depth::Define,
                    reason,
                    ask: "왜 그런가요?".to_owned(),
                    quote,
                }));
            }
        }
        for act in &acts {
            for language in Language::ALL {
                for turn in 0..4 {
                    let scene = Scene {
                        language: *language,
                        field: Field::Backend,
                        candidate_name: "미나",
                        question_count: 3,
                        turn,
                    };
                    assert!(words(&scene, act).chars().count() > 8, "{language} {act:?}");
                }
            }
        }
    }
}
