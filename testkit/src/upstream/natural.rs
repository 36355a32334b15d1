//! What a sensible model would say, derived from the request alone.

use serde_json::{Value, json};

use super::letters;
use super::steps::pieces;

/// A request for a chat completion, as far as a natural reply needs it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a>(pub &'a Value);

/// What kind of text a request asks for.
#[derive(Clone, Debug, PartialEq)]
enum Purpose {
    Speech,
    /// With the JSON schema.
    Assessment(Value),
    /// With the JSON schema.
    Rating(Value),
    Question(Value),
    LetterDraft,
    LetterPoints,
}

impl Request<'_> {
    /// Whether a stream is asked for.
    pub fn is_stream(&self) -> bool {
        self.0["stream"].as_bool().unwrap_or_default()
    }

    /// Whether a stream is to tell how many tokens were used.
    pub fn wants_usage(&self) -> bool {
        self.0["stream_options"]["include_usage"].as_bool().unwrap_or_default()
    }

    /// Whether anything is said about how to stream.
    pub fn has_stream_options(&self) -> bool {
        self.0["stream_options"].is_object()
    }

    /// Whether the form is asked for by schema.
    pub fn has_response_format(&self) -> bool {
        self.0["response_format"].is_object()
    }

    /// All system messages.
    fn rules(&self) -> String {
        self.contents("system").join("\n")
    }

    fn contents(&self, role: &str) -> Vec<String> {
        let messages = self.0["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let of_role = messages.iter().filter(|message| message["role"] == role);
        of_role.map(|message| message["content"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn purpose(&self) -> Purpose {
        let schema = match &self.0["response_format"]["json_schema"]["schema"] {
            Value::Null => schema_in(&self.rules()),
            schema => Some(schema.clone()),
        };
        match schema {
            Some(schema) if schema["properties"]["follow_ups"].is_object() => Purpose::Question(schema),
            Some(schema) if schema["properties"]["points"]["items"]["properties"]["item"].is_object() => {
                Purpose::LetterPoints
            }
            Some(schema) if schema["properties"]["points"].is_object() => Purpose::Assessment(schema),
            Some(schema) if schema["properties"]["criteria"].is_object() => Purpose::Rating(schema),
            None if self.rules().contains("cover letter") => Purpose::LetterDraft,
            _ => Purpose::Speech,
        }
    }

    fn is_korean(&self) -> bool {
        match self.purpose() {
            Purpose::Speech => is_hangul(&self.rules()),
            _ => self.rules().contains("Korean"),
        }
    }

    /// The reply in tokens. With `praise` every point is covered by words that nobody said.
    pub fn reply(&self, praise: bool) -> Vec<String> {
        match self.purpose() {
            Purpose::Speech => pieces(&self.speech()),
            Purpose::Assessment(schema) => pieces(&self.assessment(&schema, praise).to_string()),
            Purpose::Rating(schema) => pieces(&self.rating(&schema, praise).to_string()),
            Purpose::Question(_) => pieces(&self.question().to_string()),
            Purpose::LetterDraft => {
                pieces(&letters::draft(self.is_korean(), &self.contents("user").join("\n"), praise))
            }
            Purpose::LetterPoints => {
                pieces(&letters::points(self.is_korean(), &self.answers(), praise).to_string())
            }
        }
    }

    /// Each answer of the candidate, without the tags around it.
    fn answers(&self) -> Vec<String> {
        self.contents("user").iter().flat_map(|text| tagged(text, "answer")).collect()
    }

    fn speech(&self) -> String {
        let rules = self.rules();
        let act = rules.split("act=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let last = self.answers().pop().or_else(|| self.contents("user").pop()).unwrap_or_default();
        let quote = first_words(&last, 6);
        match (self.is_korean(), act) {
            (true, "greet") => "안녕하세요. 오늘 면접을 맡은 면접관입니다. 편하게 말씀해 주세요.".to_owned(),
            (true, "move-on") => "네, 말씀 잘 들었습니다. 다음 질문으로 넘어가겠습니다.".to_owned(),
            (true, "close") => "오늘 면접은 여기까지입니다. 시간 내주셔서 감사합니다.".to_owned(),
            (true, _) => {
                format!("방금 ‘{quote}’라고 하셨는데, 그렇게 되는 이유를 조금 더 설명해 주시겠어요?")
            }
            (false, "greet") => {
                "Hello, I will be your interviewer today. Please take your time with each answer.".to_owned()
            }
            (false, "move-on") => {
                "Thank you, I have noted that. Let us go on to the next question.".to_owned()
            }
            (false, "close") => {
                "That brings us to the end of the interview. Thank you for your time.".to_owned()
            }
            (false, _) => {
                format!("You just said ‘{quote}’. Could you explain a little more why that is so?")
            }
        }
    }

    fn assessment(&self, schema: &Value, praise: bool) -> Value {
        let ids = &schema["properties"]["points"]["items"]["properties"]["id"]["enum"];
        let ids: Vec<&str> =
            ids.as_array().map(|ids| ids.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
        let rules = self.rules();
        let answers = self.answers();
        let sentences: Vec<&str> = answers.iter().flat_map(|answer| sentences(answer)).collect();
        let points: Vec<Value> = ids
            .iter()
            .map(|id| match praise {
                true => {
                    json!({ "id": id, "verdict": "covered", "quote": "a flawless explanation of everything" })
                }
                false => judge(id, &rules, &sentences),
            })
            .collect();
        let first = sentences.first().copied().unwrap_or_default();
        let (good, improve, better) = match self.is_korean() {
            true => (
                "핵심 용어를 사용해 차분하게 설명하셨습니다.",
                "근거가 되는 동작 원리를 한 문장 더 덧붙이면 더 분명해집니다.",
                "이 동작이 일어나는 이유를 먼저 말한 뒤 예를 드는 문장으로 바꿔 보세요.",
            ),
            false => (
                "You used the right terms and stayed with the question.",
                "Add one sentence on the mechanism behind it.",
                "Say first why it happens, then give the example.",
            ),
        };
        let sentence = match (first.is_empty(), praise) {
            (true, _) => Value::Null,
            (false, true) => json!({ "quote": "words that nobody said", "better": better }),
            (false, false) => json!({ "quote": first, "better": better }),
        };
        let mut assessment =
            json!({ "points": points, "good": good, "improve": improve, "sentence": sentence });
        if schema["properties"]["reply"].is_object() {
            assessment["reply"] = json!(self.reply_to_dispute(praise));
        }
        assessment
    }

    fn reply_to_dispute(&self, praise: bool) -> &'static str {
        match (self.is_korean(), praise) {
            (true, false) => "말씀하신 부분을 다시 읽어 보았습니다. 답변에 있는 문장만 근거로 삼았습니다.",
            (true, true) => "전부 맞습니다. 만점으로 고쳤습니다.",
            (false, false) => {
                "I read that passage again, and went by the sentences that stand in the answer."
            }
            (false, true) => "You are right about everything, and I changed it to full marks.",
        }
    }

    /// A level for every criterion: the more sentences, the higher. With praise the highest, by words that nobody said.
    fn rating(&self, schema: &Value, praise: bool) -> Value {
        let answers = self.answers();
        let sentences: Vec<&str> = answers.iter().flat_map(|answer| sentences(answer)).collect();
        let reason = match self.is_korean() {
            true => "인용한 문장에서 핵심은 맞게 말했지만, 왜 그런지까지 이어지면 더 좋겠습니다.",
            false => "The quoted sentence meets the point; the next level would say why it is so.",
        };
        let level = if praise { 5 } else { sentences.len().clamp(1, 4) };
        let quote =
            if praise { "a flawless explanation" } else { sentences.first().copied().unwrap_or_default() };
        let criteria: Vec<Value> = schema["properties"]["criteria"]["items"]["properties"]["id"]["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|id| json!({ "id": id, "level": level, "quote": [quote], "reason": reason }))
            .collect();
        json!({ "criteria": criteria })
    }

    fn question(&self) -> Value {
        // Different on every call, since an interview does not ask the same question twice.
        let number = self.rules().matches("\n- ").count() + 1;
        match self.is_korean() {
            true => json!({
                "question": format!("서비스에서 캐시를 쓸 때 생기는 문제 {number}가지를 설명해 주시겠어요?"),
                "intent": "캐시의 이점뿐 아니라 비용을 아는지 봅니다.",
                "model_answer": "캐시는 원본과 어긋날 수 있어서 만료 시간이나 무효화로 맞춥니다. 동시에 만료되면 원본에 요청이 몰립니다.",
                "misconception": "캐시를 두면 언제나 빨라진다고 생각하기 쉽습니다.",
                "kind": "concept",
                "points": [
                    { "id": "stale", "say": "캐시는 원본과 어긋날 수 있다.", "weight": 3, "must": true,
                      "keywords": [["캐시"], ["불일치", "어긋나다", "오래되다"]] },
                    { "id": "expiry", "say": "만료 시간이나 무효화로 맞춘다.", "weight": 2, "must": false,
                      "keywords": [["만료", "무효화"], ["시간", "갱신"]] },
                    { "id": "stampede", "say": "동시에 만료되면 원본에 요청이 몰린다.", "weight": 1, "must": false,
                      "keywords": [["동시"], ["몰리다", "과부하"]] },
                ],
                "follow_ups": [
                    { "depth": "define", "when": "missing:stale", "ask": "원본이 바뀌면 캐시에는 무엇이 남아 있나요?" },
                    { "depth": "mechanism", "when": "missing:expiry", "ask": "그 차이를 어떻게 줄이시겠어요?" },
                    { "depth": "failure", "when": "always", "ask": "인기 있는 키가 사라지는 순간에는 무슨 일이 생기나요?" },
                ],
            }),
            false => json!({
                "question": format!("Which {number} problems can a cache bring into a service?"),
                "intent": "To see whether the cost of a cache is known besides its use.",
                "model_answer": "A cached copy can differ from the source, so it is expired or invalidated. When many keys expire together, the source is flooded.",
                "misconception": "Many think that a cache always makes things faster.",
                "kind": "concept",
                "points": [
                    { "id": "stale", "say": "A cached copy can be stale.", "weight": 3, "must": true,
                      "keywords": [["copy", "entry"], ["stale", "outdated", "inconsistent"]] },
                    { "id": "expiry", "say": "Expiry or invalidation limits this.", "weight": 2, "must": false,
                      "keywords": [["expire", "invalidate"], ["time", "write"]] },
                    { "id": "stampede", "say": "Many misses at once flood the source.", "weight": 1, "must": false,
                      "keywords": [["miss", "misses"], ["flood", "overload"]] },
                ],
                "follow_ups": [
                    { "depth": "define", "when": "missing:stale", "ask": "What is left in it when the source changes?" },
                    { "depth": "mechanism", "when": "missing:expiry", "ask": "How would you keep the two close together?" },
                    { "depth": "failure", "when": "always", "ask": "What happens when a popular key disappears?" },
                ],
            }),
        }
    }
}

/// Covered when a sentence shares two words with the point, partly when it shares one.
fn judge(id: &str, rules: &str, sentences: &[&str]) -> Value {
    let say = rules.lines().find_map(|line| line.strip_prefix(&format!("- {id}: "))).unwrap_or_default();
    let stems = stems(say);
    let shared = |sentence: &str| {
        let words = self::stems(sentence);
        stems.iter().filter(|stem| words.contains(stem)).count()
    };
    let best = sentences.iter().max_by_key(|sentence| shared(sentence)).copied().unwrap_or_default();
    match shared(best) {
        0 => json!({ "id": id, "verdict": "not-found", "quote": "" }),
        1 => json!({ "id": id, "verdict": "partly", "quote": best }),
        _ => json!({ "id": id, "verdict": "covered", "quote": best }),
    }
}

/// The beginnings of the longer words, without repetition.
fn stems(text: &str) -> Vec<String> {
    let mut stems: Vec<String> = text
        .split(|character: char| !character.is_alphanumeric())
        .filter_map(|word| {
            let length = if is_hangul(word) { 2 } else { 5 };
            let word = word.to_lowercase();
            (word.chars().count() >= length).then(|| word.chars().take(length).collect())
        })
        .collect();
    stems.sort();
    stems.dedup();
    stems
}

pub(super) fn sentences(text: &str) -> Vec<&str> {
    let sentences = text.split_inclusive(['.', '?', '!', '\n']).map(str::trim);
    sentences.filter(|sentence| sentence.chars().count() >= 4).collect()
}

fn first_words(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

fn is_hangul(text: &str) -> bool {
    text.chars().any(|character| ('가'..='힣').contains(&character))
}

/// The texts within `<tag …>` and `</tag>`.
pub(super) fn tagged(text: &str, tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(&format!("<{tag}")) {
        let Some(open) = rest[start..].find('>') else { break };
        let inner = &rest[start + open + 1..];
        let Some(end) = inner.find(&format!("</{tag}>")) else { break };
        found.push(inner[..end].trim().to_owned());
        rest = &inner[end..];
    }
    found
}

/// The JSON schema in a text that spells it out.
fn schema_in(text: &str) -> Option<Value> {
    text.match_indices("{\"").map(|(at, _)| &text[at..]).find_map(|rest| {
        let value = serde_json::Deserializer::from_str(rest).into_iter::<Value>().next()?.ok()?;
        value["properties"].is_object().then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_found_between_their_tags() {
        let text =
            "<question>왜?</question>\n<answer n=\"1\">\n하나.\n</answer>\n<answer n=\"2\">둘</answer>";
        assert_eq!(tagged(text, "answer"), ["하나.", "둘"]);
    }

    #[test]
    fn speech_quotes_the_answer() {
        let request = json!({ "stream": true, "messages": [
            { "role": "system", "content": "당신은 면접관입니다. <turn act=\"probe\">" },
            { "role": "user", "content": "<answer>인덱스는 조회를 빠르게 합니다</answer>" },
        ]});
        assert!(Request(&request).reply(false).concat().contains("인덱스는 조회를 빠르게 합니다"));
    }

    #[test]
    fn an_assessment_quotes_the_sentence_that_shares_words() {
        let schema = json!({ "properties": { "points": { "items": { "properties": {
            "id": { "enum": ["order", "cost"] } } } } } });
        let request = json!({
            "response_format": { "json_schema": { "schema": schema } },
            "messages": [
                { "role": "system", "content": "- order: An index keeps the keys ordered.\n- cost: Writing becomes slower." },
                { "role": "user", "content": "<answer n=\"1\">I like cats. An index has ordered keys.</answer>" },
            ]
        });
        let reply: Value = serde_json::from_str(&Request(&request).reply(false).concat()).expect("JSON");
        assert_eq!(reply["points"][0]["verdict"], "covered");
        assert_eq!(reply["points"][0]["quote"], "An index has ordered keys.");
        assert_eq!(reply["points"][1]["verdict"], "not-found");
    }
}
