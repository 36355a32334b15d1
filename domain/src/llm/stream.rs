//! The words of a streamed answer, read at the pace of whoever speaks them.

use std::sync::atomic::Ordering;
use std::time::Duration;

use async_openai::types::chat::{ChatCompletionStreamOptions, CreateChatCompletionRequest};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;

use super::client::{Client, Reason, whole_text};
use super::failed::Failed;
use super::sse::Events;
use super::visible::{Visible, visible};
use crate::ModelFailure;
use crate::usage::{Call, Purpose, Tokens as UsedTokens};

/// How long the end of a stream is waited for when everything was said. Only for the connection to be used again.
const FAREWELL: Duration = Duration::from_millis(200);

/// A stream of which the first words are known.
#[derive(Debug)]
pub struct Tokens {
    call: Call,
    reader: Reader,
    idle_timeout: Duration,
    first: Option<String>,
}

/// Reads the words out of the bytes of a stream.
#[derive(Debug)]
struct Reader {
    response: Response,
    events: Events,
    visible: Visible,
    /// An event of the right form was seen.
    understood: bool,
    ended: bool,
}

/// What is needed of an event. Tolerant, because compatible servers leave out much of the rest.
#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    usage: Value,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Option<Delta>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    content: Option<String>,
    /// Thoughts cost tokens, too.
    #[serde(default)]
    reasoning_content: Value,
}

impl Client {
    /// Calls for a stream and waits for its first words, with one retry before them.
    ///
    /// # Errors
    /// The last failure.
    pub async fn stream(
        &self,
        purpose: Purpose,
        mut request: CreateChatCompletionRequest,
    ) -> Result<Tokens, ModelFailure> {
        request.stream = Some(true);
        let known_to_refuse = self.refuses_stream_options.load(Ordering::Relaxed);
        request.stream_options = (!known_to_refuse)
            .then_some(ChatCompletionStreamOptions { include_usage: Some(true), include_obfuscation: None });
        let mut attempt = 0;
        loop {
            let failed = match self.open_in_time(purpose, &request).await {
                Ok(tokens) => {
                    if request.stream_options.is_none() && !known_to_refuse {
                        tracing::warn!(
                            "the model server refuses stream_options; from now on tokens of streams are estimated"
                        );
                        self.refuses_stream_options.store(true, Ordering::Relaxed);
                    }
                    return Ok(tokens);
                }
                Err(failed) => failed,
            };
            // Whatever it did not like: the request is worth another try without what can be left out.
            if failed.bad_request && request.stream_options.take().is_some() {
                continue;
            }
            let pause = self.pause(&failed, attempt);
            tracing::warn!(failure = ?failed.failure, attempt, again = pause.is_some(), "the model said nothing");
            let Some(pause) = pause else { return Err(failed.failure) };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// One attempt, as a call that counts.
    async fn open_in_time(
        &self,
        purpose: Purpose,
        request: &CreateChatCompletionRequest,
    ) -> Result<Tokens, Failed> {
        let mut call = self.begin(Reason { purpose, is_repair: false });
        let opening = tokio::time::timeout(self.config.first_token_timeout, self.open(&mut call, request));
        match opening.await.unwrap_or(Err(Failed::TIMED_OUT)) {
            Ok((reader, first)) => {
                call.first_word();
                Ok(Tokens { call, reader, idle_timeout: self.config.idle_timeout, first: Some(first) })
            }
            Err(failed) => {
                call.failed(failed.failure);
                Err(failed)
            }
        }
    }

    /// Calls, and reads up to the first words.
    async fn open(
        &self,
        call: &mut Call,
        request: &CreateChatCompletionRequest,
    ) -> Result<(Reader, String), Failed> {
        let mut response = self.send(call, request).await?;
        // Some servers do not stream.
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_whole = content_type.is_some_and(|value| value.starts_with("application/json"));
        let whole = if is_whole { Some(whole_text(call, &mut response).await?) } else { None };
        let mut reader = Reader {
            response,
            events: Events::default(),
            visible: Visible::default(),
            understood: is_whole,
            ended: is_whole,
        };
        let first = match whole {
            Some(text) => Some(visible(&text)).filter(|text| !text.is_empty()),
            None => reader.read(call).await?,
        };
        match first {
            Some(first) => Ok((reader, first)),
            None if reader.understood => Err(Failed::for_good(ModelFailure::Broken)),
            None => Err(Failed::for_now(ModelFailure::Broken)),
        }
    }
}

impl Tokens {
    /// The next words; none at the end.
    ///
    /// # Errors
    /// When the rest does not come.
    pub async fn next(&mut self) -> Result<Option<String>, ModelFailure> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let read = tokio::time::timeout(self.idle_timeout, self.reader.read(&mut self.call)).await;
        let read = read.unwrap_or(Err(Failed::TIMED_OUT)).map_err(|failed| failed.failure);
        match &read {
            Ok(Some(_)) => {}
            Ok(None) => self.call.answered(),
            Err(failure) => self.call.failed(*failure),
        }
        read
    }

    /// Waits a moment for the server to end the stream in good order, and to tell what the call used.
    pub async fn end(self) {
        let Self { mut call, mut reader, .. } = self;
        let rest = async {
            loop {
                while let Some(data) = reader.events.pop() {
                    reader.take_usage(&mut call, &data);
                }
                match reader.response.chunk().await {
                    Ok(Some(bytes)) if reader.events.push(&bytes).is_ok() => {}
                    _ => break,
                }
            }
        };
        let _ = tokio::time::timeout(FAREWELL, rest).await;
    }

    /// Leaves the rest: all that was wanted has come.
    pub fn leave(mut self) {
        self.call.answered();
    }
}

impl Reader {
    async fn read(&mut self, call: &mut Call) -> Result<Option<String>, Failed> {
        loop {
            while let Some(data) = self.events.pop() {
                if self.ended {
                    self.take_usage(call, &data);
                    continue;
                }
                let text = self.take(call, &data)?;
                if !text.is_empty() {
                    return Ok(Some(text));
                }
            }
            if self.ended {
                let rest = self.visible.finish();
                return Ok((!rest.is_empty()).then_some(rest));
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => {
                    let pushed = self.events.push(&bytes);
                    pushed.map_err(|_| Failed::for_now(ModelFailure::Broken))?;
                }
                Ok(None) => {
                    self.events.finish();
                    // What stands before the end is still taken.
                    if let Some(text) = self.last(call)? {
                        return Ok(Some(text));
                    }
                }
                Err(_) => return Err(Failed::for_now(ModelFailure::Unreachable)),
            }
        }
    }

    /// The words of the events that came with the end of the body.
    fn last(&mut self, call: &mut Call) -> Result<Option<String>, Failed> {
        let mut last = String::new();
        while let Some(data) = self.events.pop() {
            match self.ended {
                true => self.take_usage(call, &data),
                false => last.push_str(&self.take(call, &data)?),
            }
        }
        self.ended = true;
        Ok((!last.is_empty()).then_some(last))
    }

    /// The words of one event that may be shown.
    fn take(&mut self, call: &mut Call, data: &str) -> Result<String, Failed> {
        if data.trim() == "[DONE]" {
            self.ended = true;
            self.understood = true;
            return Ok(String::new());
        }
        let chunk: Chunk = serde_json::from_str(data).map_err(|_| Failed::for_now(ModelFailure::Broken))?;
        if let Some(error) = chunk.error.filter(|error| !error.is_null()) {
            return Err(Failed::from_error_object(&error));
        }
        self.understood = true;
        if let Some(used) = UsedTokens::told(&chunk.usage) {
            call.told(used);
        }
        let Some(choice) = chunk.choices.and_then(|choices| choices.into_iter().next()) else {
            return Ok(String::new());
        };
        self.ended = choice.finish_reason.is_some_and(|reason| !reason.is_empty());
        let Some(delta) = choice.delta else { return Ok(self.visible.push("")) };
        call.said(delta.reasoning_content.as_str().unwrap_or_default());
        let content = delta.content.unwrap_or_default();
        call.said(&content);
        Ok(self.visible.push(&content))
    }

    /// What an event behind the last word tells about the tokens. It cannot spoil anything any more.
    fn take_usage(&self, call: &mut Call, data: &str) {
        let told = serde_json::from_str::<Chunk>(data).ok().and_then(|chunk| UsedTokens::told(&chunk.usage));
        if let Some(used) = told {
            call.told(used);
        }
    }
}
