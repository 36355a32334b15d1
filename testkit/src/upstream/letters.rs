//! What a sensible model would say to a cover letter: words of the person, and nothing else.

use serde_json::{Value, json};

use super::natural::{sentences, tagged};

/// A draft: the first sentence of each experience, then a gap. With praise it boasts of a number that nobody told.
pub fn draft(korean: bool, material: &str, praise: bool) -> String {
    let told = tagged(material, "experiences").join("\n");
    let told: String = sentences(&told).into_iter().take(3).collect::<Vec<_>>().join(" ");
    let instruction = tagged(material, "instruction").join(" ");
    let end = match (korean, praise) {
        (true, false) => "그 결과 응답 시간이 [수치 필요] 줄었습니다.",
        (true, true) => "그 결과 매출이 987배 늘었습니다.",
        (false, false) => "As a result the response time fell by [number needed].",
        (false, true) => "As a result sales grew 987 times.",
    };
    match instruction.is_empty() {
        true => format!("{told}\n\n{end}"),
        false => format!("({instruction}) {told}\n\n{end}"),
    }
}

/// A point on the first sentence of every answer. With praise the words stand in none.
pub fn points(korean: bool, answers: &[String], praise: bool) -> Value {
    let (why, todo) = match korean {
        true => ("무엇이 얼마나 달라졌는지 알 수 없어요.", "전과 후의 수치를 하나 찾아 적어 주세요."),
        false => ("A reader cannot tell what changed.", "Add one number from before and after."),
    };
    let points: Vec<Value> = (1..)
        .zip(answers)
        .filter_map(|(item, answer)| {
            let quote =
                if praise { "words that nobody wrote" } else { sentences(answer).first().copied()? };
            Some(json!({ "item": item, "quote": quote, "why": why, "todo": todo }))
        })
        .collect();
    json!({ "points": points })
}
