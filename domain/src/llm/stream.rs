//! The words of a streamed answer, read at the pace of whoever speaks them.

use std::time::Duration;

use async_openai::types::chat::CreateChatCompletionRequest;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use serde_json::Value;

use super::client::{Client, whole_text};
use super::failed::Failed;
use super::sse::Events;
use super::visible::{Visible, visible};
use crate::ModelFailure;

/// How long the end of a stream is waited for when everything was said. Only for the connection to be used again.
const FAREWELL: Duration = Duration::from_millis(200);

/// A stream of which the first words are known.
#[derive(Debug)]
pub struct Tokens {
    response: Response,
    events: Events,
    visible: Visible,
    idle_timeout: Duration,
    /// An event of the right form was seen.
    understood: bool,
    ended: bool,
    first: Option<String>,
}

/// What is needed of an event. Tolerant, because compatible servers leave out much of the rest.
#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
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
}

impl Client {
    /// Calls for a stream and waits for its first words, with one retry before them.
    ///
    /// # Errors
    /// The last failure.
    pub async fn stream(&self, mut request: CreateChatCompletionRequest) -> Result<Tokens, ModelFailure> {
        request.stream = Some(true);
        let mut attempt = 0;
        loop {
            let opening = tokio::time::timeout(self.config.first_token_timeout, self.open(&request)).await;
            let failed = match opening.unwrap_or(Err(Failed::TIMED_OUT)) {
                Ok(tokens) => return Ok(tokens),
                Err(failed) => failed,
            };
            let pause = self.pause(&failed, attempt);
            tracing::warn!(failure = ?failed.failure, attempt, again = pause.is_some(), "the model said nothing");
            let Some(pause) = pause else { return Err(failed.failure) };
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn open(&self, request: &CreateChatCompletionRequest) -> Result<Tokens, Failed> {
        let mut response = self.send(request).await?;
        // Some servers do not stream.
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_whole = content_type.is_some_and(|value| value.starts_with("application/json"));
        let whole = if is_whole { Some(whole_text(&mut response).await?) } else { None };
        let mut tokens = Tokens {
            response,
            events: Events::default(),
            visible: Visible::default(),
            idle_timeout: self.config.idle_timeout,
            understood: is_whole,
            ended: is_whole,
            first: None,
        };
        tokens.first = match whole {
            Some(text) => Some(visible(&text)).filter(|text| !text.is_empty()),
            None => tokens.read().await?,
        };
        match tokens.first {
            Some(_) => Ok(tokens),
            None if tokens.understood => Err(Failed::for_good(ModelFailure::Broken)),
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
        match tokio::time::timeout(self.idle_timeout, self.read()).await {
            Ok(read) => read.map_err(|failed| failed.failure),
            Err(_) => Err(ModelFailure::TimedOut),
        }
    }

    /// Waits a moment for the server to end the stream in good order.
    pub async fn end(mut self) {
        let rest = async { while let Ok(Some(_)) = self.response.chunk().await {} };
        let _ = tokio::time::timeout(FAREWELL, rest).await;
    }

    async fn read(&mut self) -> Result<Option<String>, Failed> {
        loop {
            while let Some(data) = self.events.pop() {
                if self.ended {
                    continue;
                }
                let text = self.take(&data)?;
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
                    if let Some(text) = self.last()? {
                        return Ok(Some(text));
                    }
                }
                Err(_) => return Err(Failed::for_now(ModelFailure::Unreachable)),
            }
        }
    }

    /// The words of the events that came with the end of the body.
    fn last(&mut self) -> Result<Option<String>, Failed> {
        let mut last = String::new();
        while let Some(data) = self.events.pop() {
            if !self.ended {
                last.push_str(&self.take(&data)?);
            }
        }
        self.ended = true;
        Ok((!last.is_empty()).then_some(last))
    }

    /// The words of one event that may be shown.
    fn take(&mut self, data: &str) -> Result<String, Failed> {
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
        let Some(choice) = chunk.choices.and_then(|choices| choices.into_iter().next()) else {
            return Ok(String::new());
        };
        self.ended = choice.finish_reason.is_some_and(|reason| !reason.is_empty());
        let content = choice.delta.and_then(|delta| delta.content).unwrap_or_default();
        Ok(self.visible.push(&content))
    }
}
