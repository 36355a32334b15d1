//! A reply as the bytes and pauses that it is sent in.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde_json::{Value, json};

use super::script::{Interruption, Reply, Script};

/// What is done next on the wire.
#[derive(Debug)]
pub enum Step {
    Send(Bytes),
    /// A token that says when it was sent.
    Stamp,
    Wait(Duration),
    /// The bytes again and again, with a pause in between.
    Repeat(Bytes, Duration),
    Stall,
    Reset,
}

/// A stream of Chat Completions events.
pub fn stream(
    script: &Script,
    tokens: &[String],
    flood: Option<&str>,
    refusal: Option<&str>,
    usage: Option<&Value>,
) -> VecDeque<Step> {
    let mut wire = Wire { script, steps: VecDeque::new() };
    wire.event(&chunk(json!({ "role": "assistant", "content": "" }), None));
    if let Some(thoughts) = &script.reasoning {
        for thought in pieces(thoughts) {
            wire.event(&chunk(json!({ "reasoning_content": thought }), None));
        }
    }
    if let Some(refusal) = refusal {
        wire.event(&chunk(json!({ "refusal": refusal }), None));
    }
    wire.wait(script.first_delay);
    for (sent, token) in tokens.iter().enumerate() {
        if wire.interrupted(sent) {
            return wire.steps;
        }
        if sent > 0 {
            wire.wait(script.token_delay);
        }
        match script.reply {
            Reply::Stamps(_) => wire.steps.push_back(Step::Stamp),
            _ => wire.event(&chunk(json!({ "content": token }), None)),
        }
    }
    if wire.interrupted(tokens.len()) {
        return wire.steps;
    }
    if let Some(token) = flood {
        let event = wire.framed(&format!("data: {}\n\n", chunk(json!({ "content": token }), None)));
        wire.steps.push_back(Step::Repeat(event.into(), script.token_delay));
    }
    if script.finish_reason {
        wire.event(&chunk(json!({}), Some("stop")));
    }
    if let Some(usage) = usage {
        let mut event = chunk(json!({}), None);
        event["choices"] = json!([]);
        event["usage"] = usage.clone();
        wire.event(&event);
    }
    if script.done {
        wire.line("data: [DONE]\n\n");
    }
    wire.steps
}

/// A whole answer. An interruption cuts its body in half.
pub fn whole(script: &Script, body: &Value) -> VecDeque<Step> {
    let bytes = Bytes::from(body.to_string());
    let mut wire = Wire { script, steps: VecDeque::new() };
    match script.interruption {
        None => wire.steps.push_back(Step::Send(bytes)),
        Some(_) => {
            let half = bytes.len() / 2;
            wire.steps.push_back(Step::Send(bytes.slice(..half)));
            wire.interrupted(usize::MAX);
        }
    }
    wire.steps
}

/// A token that says that it was sent now.
pub fn stamp() -> Bytes {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    format!("data: {}\n\n", chunk(json!({ "content": format!("{now} ") }), None)).into()
}

/// A text in tokens of a few characters.
pub fn pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|piece| piece.iter().collect()).collect()
}

fn chunk(delta: Value, finish_reason: Option<&str>) -> Value {
    json!({
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": "scripted",
        "choices": [{ "index": 0, "delta": delta, "finish_reason": finish_reason }],
    })
}

struct Wire<'s> {
    script: &'s Script,
    steps: VecDeque<Step>,
}

impl Wire<'_> {
    fn wait(&mut self, delay: Duration) {
        if !delay.is_zero() {
            self.steps.push_back(Step::Wait(delay));
        }
    }

    fn event(&mut self, data: &Value) {
        if self.script.comments {
            self.line(": keep-alive\n\n");
        }
        self.line(&format!("data: {data}\n\n"));
    }

    fn line(&mut self, text: &str) {
        let bytes = self.framed(text);
        match self.script.split {
            None => self.steps.push_back(Step::Send(bytes.into())),
            Some(size) => {
                let pieces = bytes.chunks(size).map(Bytes::copy_from_slice).map(Step::Send);
                self.steps.extend(pieces);
            }
        }
    }

    fn framed(&self, text: &str) -> Vec<u8> {
        match self.script.crlf {
            true => text.replace('\n', "\r\n").into_bytes(),
            false => text.as_bytes().to_vec(),
        }
    }

    /// Adds the interruption when so many tokens are out. The stream is over then.
    fn interrupted(&mut self, sent: usize) -> bool {
        let Some((after, interruption)) = &self.script.interruption else { return false };
        if sent < *after {
            return false;
        }
        match interruption {
            Interruption::Stall => self.steps.push_back(Step::Stall),
            Interruption::OnlyComments => {
                let comment = Bytes::from_static(b": keep-alive\n\n");
                self.steps.push_back(Step::Repeat(comment, Duration::from_millis(20)));
            }
            Interruption::Reset => {
                // The pause lets the bytes before the reset arrive: a reset discards what is still under way.
                self.steps.push_back(Step::Wait(Duration::from_millis(50)));
                self.steps.push_back(Step::Reset);
            }
            Interruption::End => {}
            Interruption::Error(error) => self.line(&format!("data: {}\n\n", json!({ "error": error }))),
            Interruption::BrokenJson => self.line("data: {\"choices\": [{\"delta\": {\"cont\n\n"),
        }
        true
    }
}
