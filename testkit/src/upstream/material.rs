//! What a sensible model would say about a person's own material.

use serde_json::{Value, json};

use super::natural::{sentences, stems, tagged};

/// A question about the statement that was picked. With praise it is about words that stand nowhere.
pub fn question(told: &str, korean: bool, praise: bool) -> Value {
    let statement = tagged(told, "statement").pop().unwrap_or_default();
    // Different on every call, since an interview does not ask the same question twice.
    let number = tagged(told, "asked").len() + 1;
    let subject: String = statement.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let question = match korean {
        true => {
            format!("‘{subject}’ 부분에서 {number}번째로 여쭙겠습니다. 본인이 직접 하신 일을 들려주시겠어요?")
        }
        false => format!(
            "On “{subject}”, question {number}: which part of it was your own, and how did you go about it?"
        ),
    };
    let quote = if praise { "a flawless achievement beyond comparison".to_owned() } else { statement };
    json!({ "quote": quote, "question": question })
}

/// The sentences of material and answers that share most words and differ in a digit. With praise a pair that stands nowhere.
pub fn pairs(told: &str, korean: bool, praise: bool) -> Value {
    let why = match korean {
        true => "같은 일을 두고 다른 값을 말했습니다.",
        false => "The two give different values for the same thing.",
    };
    if praise {
        return json!({ "pairs": [{ "claim": "a flawless career", "answer": "a flawless answer", "why": why }] });
    }
    let (materials, answers) = (tagged(told, "material"), tagged(told, "answer"));
    let claims = materials.iter().flat_map(|text| sentences(text));
    let pairs = claims.flat_map(|claim| {
        let said = answers.iter().flat_map(|text| sentences(text));
        said.map(move |answer| (shared(claim, answer), claim, answer))
    });
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let differing = pairs.filter(|(shared, claim, answer)| {
        let (one, other) = (digits(claim), digits(answer));
        *shared >= 2 && !one.is_empty() && !other.is_empty() && one != other
    });
    let best = differing.max_by_key(|(shared, ..)| *shared);
    let pairs: Vec<Value> = best
        .into_iter()
        .map(|(_, claim, answer)| json!({ "claim": claim, "answer": answer, "why": why }))
        .collect();
    json!({ "pairs": pairs })
}

fn shared(one: &str, other: &str) -> usize {
    let others = stems(other);
    stems(one).iter().filter(|stem| others.contains(stem)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_about_the_statement_that_was_picked() {
        let told = "<material kind=\"x\">\n하나. 둘.\n</material>\n<statement>\n둘.\n</statement>\n<asked>\n뭐죠?\n</asked>";
        assert_eq!(question(told, true, false)["quote"], "둘.");
        assert_ne!(question(told, true, true)["quote"], "둘.");
    }

    #[test]
    fn a_pair_is_about_one_thing() {
        let told = "<material n=\"1\">\n조회 시간을 40% 줄였습니다. 저는 차분합니다.\n</material>\n\
                    <answer question=\"1\">\n조회 시간이 25% 줄었습니다. 날씨가 좋네요.\n</answer>";
        let found = pairs(told, true, false);
        assert_eq!(found["pairs"][0]["claim"], "조회 시간을 40% 줄였습니다.");
        assert_eq!(found["pairs"][0]["answer"], "조회 시간이 25% 줄었습니다.");
        assert_eq!(pairs("<material>\n조용합니다.\n</material>", true, false), json!({ "pairs": [] }));
    }
}
