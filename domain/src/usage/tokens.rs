//! Tokens of one call: as the model server tells them, or estimated from the length of the texts.

use serde_json::Value;

/// More than any call uses. A server that tells more is not believed: its figure would spoil every sum.
const TOKENS_MAX: u64 = 100_000_000;

/// What one call used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub prompt: u64,
    pub completion: u64,
}

impl Tokens {
    /// What stands in the `usage` of a reply. Whatever has another form tells nothing, and is no reason to refuse the reply.
    pub fn told(usage: &Value) -> Option<Self> {
        let count = |key: &str| usage[key].as_u64().filter(|count| *count <= TOKENS_MAX);
        Some(Self { prompt: count("prompt_tokens")?, completion: count("completion_tokens")? })
    }
}

/// Counts characters for an estimate: about four letters of Latin script to a token, and three of others to two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    ascii: u64,
    others: u64,
}

impl Estimate {
    /// The estimate of one text.
    pub fn of(text: &str) -> Self {
        let mut estimate = Self::default();
        estimate.add(text);
        estimate
    }

    /// Adds a text.
    pub fn add(&mut self, text: &str) {
        for character in text.chars() {
            match character.is_ascii() {
                true => self.ascii += 1,
                false => self.others += 1,
            }
        }
    }

    /// The tokens that this is about.
    pub fn tokens(self) -> u64 {
        (self.ascii.div_ceil(4) + (self.others * 2).div_ceil(3)).min(TOKENS_MAX)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_count_tells_nothing() {
        let check = |usage: Value, expected: Option<(u64, u64)>| {
            let expected = expected.map(|(prompt, completion)| Tokens { prompt, completion });
            assert_eq!(Tokens::told(&usage), expected, "{usage}");
        };
        check(json!({ "prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15 }), Some((12, 3)));
        check(json!({ "prompt_tokens": 12 }), None);
        check(json!({ "prompt_tokens": -1, "completion_tokens": "3" }), None);
        check(json!({ "prompt_tokens": u64::MAX, "completion_tokens": 3 }), None);
        check(json!(null), None);
        check(json!("many"), None);
    }

    #[test]
    fn an_estimate_is_made_of_characters() {
        assert_eq!(Estimate::of("").tokens(), 0);
        assert_eq!(Estimate::of("abcd efgh").tokens(), 3);
        assert_eq!(Estimate::of("대답하세요").tokens(), 4);
    }
}
