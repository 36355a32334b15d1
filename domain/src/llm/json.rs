//! Structured output: asked for by schema, read tolerantly, checked, and repaired once.

use std::sync::atomic::Ordering;

use async_openai::types::chat::{ChatCompletionRequestMessage, ResponseFormat, ResponseFormatJsonSchema};
use serde_json::Value;

use super::client::{Client, Reason, assistant, system, user};
use super::failed::Failed;
use super::visible::visible;
use crate::ModelFailure;
use crate::usage::Purpose;

/// Most characters of an unusable answer that are sent back.
const REPAIR_MAX: usize = 4_000;

/// The form that is asked for.
#[derive(Clone, Debug)]
pub struct Schema {
    /// What the calls are counted as.
    pub purpose: Purpose,
    pub name: &'static str,
    pub schema: Value,
}

/// Asks for an object of the given form and checks it. What is wrong with it is told to the model, once.
///
/// # Errors
/// [`ModelFailure::Broken`] when the second answer is unusable, too, else what the call failed with.
pub async fn ask<T>(
    client: &Client,
    rules: &str,
    material: &str,
    schema: &Schema,
    check: impl Fn(Value) -> Result<T, String>,
) -> Result<T, ModelFailure> {
    let mut messages = vec![user(material)];
    let text = answer(client, rules, &messages, schema, false).await?;
    let wrong = match read(&text, &check) {
        Ok(value) => return Ok(value),
        Err(wrong) => wrong,
    };
    tracing::warn!(
        form = schema.name,
        characters = text.chars().count(),
        "the model broke the form; asking once more"
    );
    messages.push(assistant(match text.trim().is_empty() {
        true => "…".to_owned(),
        false => text.chars().take(REPAIR_MAX).collect(),
    }));
    messages.push(user(format!(
        "That cannot be used: {wrong}\nReply again with the whole JSON object, and with nothing else."
    )));
    let text = answer(client, rules, &messages, schema, true).await?;
    read(&text, &check).map_err(|_| {
        tracing::warn!(form = schema.name, "the model broke the form again");
        ModelFailure::Broken
    })
}

fn read<T>(text: &str, check: impl Fn(Value) -> Result<T, String>) -> Result<T, String> {
    // PostgreSQL cannot store a NUL.
    let object = extract(&text.replace("\\u0000", "")).ok_or("it is not a complete JSON object.")?;
    check(object)
}

/// One answer, asked for by `response_format` where the server knows it.
async fn answer(
    client: &Client,
    rules: &str,
    material: &[ChatCompletionRequestMessage],
    schema: &Schema,
    is_repair: bool,
) -> Result<String, ModelFailure> {
    let reason = Reason { purpose: schema.purpose, is_repair };
    let known_to_refuse = client.refuses_response_format.load(Ordering::Relaxed);
    if !known_to_refuse {
        let mut messages = vec![system(rules)];
        messages.extend_from_slice(material);
        let mut request = client.request(messages);
        request.response_format = Some(ResponseFormat::JsonSchema {
            json_schema: ResponseFormatJsonSchema {
                description: None,
                name: schema.name.to_owned(),
                schema: schema.schema.clone(),
                strict: Some(true),
            },
        });
        match client.complete(reason, &request).await {
            Ok(text) => return Ok(text),
            Err(Failed { bad_request: true, .. }) => {}
            Err(failed) => return Err(failed.failure),
        }
    }
    let form = format!(
        "{rules}\n\nReply with one JSON object and nothing else: no introduction, no code fence. Its JSON schema:\n{}",
        schema.schema
    );
    let mut messages = vec![system(form)];
    messages.extend_from_slice(material);
    let text = client.complete(reason, &client.request(messages)).await.map_err(|failed| failed.failure)?;
    if !known_to_refuse {
        tracing::warn!(
            "the model server refuses response_format; from now on the form is asked for in words"
        );
        client.refuses_response_format.store(true, Ordering::Relaxed);
    }
    Ok(text)
}

/// The JSON object in a text that may have thoughts, an introduction or a code fence around it.
pub fn extract(text: &str) -> Option<Value> {
    let text = visible(text);
    // Enough for an introduction with some braces of its own.
    text.match_indices('{').take(64).find_map(|(at, _)| {
        let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
        values.next()?.ok().filter(|value| value.as_object().is_some_and(|object| !object.is_empty()))
    })
}

/// A text of an object, trimmed, white space folded, and cut to so many characters at a word.
pub fn text(value: &Value, max: usize) -> String {
    let folded = value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    if folded.chars().count() <= max {
        return folded;
    }
    let cut: String = folded.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn objects_are_found_in_what_models_write_around_them() {
        let object = json!({ "a": [1, { "b": "}" }] });
        let check = |text: &str| assert_eq!(extract(text), Some(object.clone()), "{text}");
        check(r#"{"a":[1,{"b":"}"}]}"#);
        check("```json\n{\"a\":[1,{\"b\":\"}\"}]}\n```");
        check("Here {you} are: {\"a\":[1,{\"b\":\"}\"}]} Anything else?");
        check("<think>{\"no\":1}</think>\n{\"a\":[1,{\"b\":\"}\"}]}");
        check("{\"no\":1}</think>{\"a\":[1,{\"b\":\"}\"}]}");
    }

    #[test]
    fn what_is_cut_off_is_no_object() {
        assert_eq!(extract(r#"{"points": [{"id""#), None);
        assert_eq!(extract("I cannot do that."), None);
        assert_eq!(extract("{}"), None);
        assert_eq!(extract("[1, 2]"), None);
    }

    #[test]
    fn texts_are_cut_at_a_word() {
        assert_eq!(text(&json!("  하나\n둘 "), 10), "하나 둘");
        assert_eq!(text(&json!("one two three"), 9), "one two…");
        assert_eq!(text(&json!(3), 9), "");
    }
}
