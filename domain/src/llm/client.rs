//! Calls to the model server.
//!
//! Requests, addresses and headers are those of async-openai. Its transport is not used: that one retries up to three times by
//! itself, reads ahead into an unbounded queue, and writes bodies that it cannot read to the log. Here one attempt is one call,
//! a stream is read at the pace of its reader, dropping a future closes the connection, and the log holds figures only.

use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use async_openai::config::{Config, OPENAI_API_BASE, OpenAIConfig};
use async_openai::types::chat::{
    ChatCompletionRequestAssistantMessage, ChatCompletionRequestAssistantMessageContent,
    ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage,
    ChatCompletionRequestSystemMessageContent, ChatCompletionRequestUserMessage,
    ChatCompletionRequestUserMessageContent, CreateChatCompletionRequest,
};
use chrono::Utc;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Response, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::failed::{Failed, retry_after};
use crate::ModelFailure;
use crate::usage::{Call, Estimate, Meter, Purpose, Tokens};

/// Most bytes of an answer that is no stream.
const BODY_MAX: usize = 1 << 20;
/// Most bytes of an error that are looked at.
const ERROR_MAX: usize = 16 << 10;
/// Most tokens of an answer that only shows that there is one.
const TRIAL_TOKENS_MAX: u32 = 16;

/// Which model to call, and how patiently.
#[derive(Clone, Debug)]
pub struct ModelConfig {
    /// Root of the API, such as `http://localhost:11434/v1`; none is OpenAI's own.
    pub base_url: Option<String>,
    /// None sends none, as local servers want it.
    pub api_key: Option<SecretString>,
    pub model: String,
    /// From the call to the first word that may be shown. Models that think for long want more.
    pub first_token_timeout: Duration,
    /// Between two words.
    pub idle_timeout: Duration,
    /// For a judgement or a question, from the call to its end.
    pub answer_timeout: Duration,
    /// Before the one retry, when the server does not name a time.
    pub retry_pause: Duration,
    /// The longest time to wait that a server may name.
    pub retry_after_max: Duration,
    /// Thoughts count where the model has any.
    pub max_output_tokens: u32,
    /// Most judgements and questions that are asked for at the same time.
    pub concurrency: usize,
}

impl ModelConfig {
    /// The usual patience with a model of that name at OpenAI.
    pub fn new(model: impl Into<String>) -> Self {
        Self {
            base_url: None,
            api_key: None,
            model: model.into(),
            first_token_timeout: Duration::from_secs(20),
            idle_timeout: Duration::from_secs(20),
            answer_timeout: Duration::from_secs(60),
            retry_pause: Duration::from_millis(500),
            retry_after_max: Duration::from_secs(10),
            max_output_tokens: 4096,
            concurrency: 8,
        }
    }
}

/// A model server.
#[derive(Debug)]
pub struct Client {
    pub config: ModelConfig,
    http: reqwest::Client,
    url: Url,
    headers: HeaderMap,
    judging: Semaphore,
    /// The server was seen to refuse `response_format`.
    pub refuses_response_format: AtomicBool,
    /// The server was seen to refuse `stream_options`.
    pub refuses_stream_options: AtomicBool,
    meter: OnceLock<Meter>,
}

/// What a call is made for.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    pub purpose: Purpose,
    /// It asks again for what came in the wrong form.
    pub is_repair: bool,
}

impl Client {
    /// # Errors
    /// When the base URL or the key cannot be used.
    pub fn new(config: ModelConfig) -> anyhow::Result<Self> {
        ensure!(!config.model.trim().is_empty(), "the model has no name");
        let base = config.base_url.as_deref().unwrap_or(OPENAI_API_BASE).trim_end_matches('/');
        let key = config.api_key.as_ref().map(|key| key.expose_secret().trim()).unwrap_or_default();
        // async-openai expects keys that are valid in a header.
        ensure!(
            HeaderValue::from_str(key).is_ok(),
            "the key of the model server holds a character that no key has"
        );
        // Everything is set, since what is not comes from environment variables.
        let openai =
            OpenAIConfig::new().with_api_base(base).with_api_key(key).with_org_id("").with_project_id("");
        let url = Url::parse(&openai.url("/chat/completions")).context("the base URL of the model server")?;
        ensure!(
            matches!(url.scheme(), "http" | "https"),
            "the base URL of the model server is neither http nor https"
        );
        let mut headers = openai.headers();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        match headers.get_mut(AUTHORIZATION) {
            Some(value) if !key.is_empty() => value.set_sensitive(true),
            _ => drop(headers.remove(AUTHORIZATION)),
        }
        // A redirect would carry answers to a server that nobody chose.
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("daedap/", env!("CARGO_PKG_VERSION")));
        if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            http = http.no_proxy();
        }
        let http = http.build().context("setting up the HTTP client")?;
        let judging = Semaphore::new(config.concurrency.max(1));
        Ok(Self {
            config,
            http,
            url,
            headers,
            judging,
            refuses_response_format: AtomicBool::new(false),
            refuses_stream_options: AtomicBool::new(false),
            meter: OnceLock::new(),
        })
    }

    /// From now on calls are counted. The first meter stays.
    pub fn count_calls(&self, meter: Meter) {
        let _ = self.meter.set(meter);
    }

    /// The host of the server.
    pub fn host(&self) -> Option<String> {
        self.url.host_str().map(str::to_owned)
    }

    /// Begins a call. Whatever is sent belongs to one: see [`Client::send`].
    pub fn begin(&self, reason: Reason) -> Call {
        let model = &self.config.model;
        match self.meter.get() {
            Some(meter) => meter.begin(model, reason.purpose, reason.is_repair),
            None => Call::uncounted(model, reason.purpose),
        }
    }

    /// One small call without a retry. What it says does not matter.
    ///
    /// # Errors
    /// How it failed.
    pub async fn try_out(&self) -> Result<(), ModelFailure> {
        let mut request = self.request(vec![user("Reply with the one word: ready")]);
        self.limit_output(&mut request, TRIAL_TOKENS_MAX);
        let reason = Reason { purpose: Purpose::Trial, is_repair: false };
        let patience = self.config.first_token_timeout;
        let deadline = tokio::time::Instant::now() + patience;
        self.complete_once(reason, &request, deadline).await.map(drop).map_err(|failed| failed.failure)
    }

    /// A request with these messages.
    pub fn request(&self, messages: Vec<ChatCompletionRequestMessage>) -> CreateChatCompletionRequest {
        let mut request = CreateChatCompletionRequest {
            messages,
            model: self.config.model.clone(),
            ..CreateChatCompletionRequest::default()
        };
        self.limit_output(&mut request, self.config.max_output_tokens);
        request
    }

    fn limit_output(&self, request: &mut CreateChatCompletionRequest, tokens: u32) {
        // OpenAI's newer models refuse the old name, most other servers know only that one.
        match self.url.host_str() == Some("api.openai.com") {
            true => request.max_completion_tokens = Some(tokens),
            false => set_max_tokens(request, tokens),
        }
    }

    /// One attempt, up to the headers of a successful answer. It is the only way to the server, and goes through a call that counts it.
    pub async fn send(
        &self,
        call: &mut Call,
        request: &CreateChatCompletionRequest,
    ) -> Result<Response, Failed> {
        let started = Instant::now();
        let body = serde_json::to_vec(request).map_err(|_| Failed::for_good(ModelFailure::Broken))?;
        // The schema and the names of the roles cost tokens, too.
        let estimate = Estimate::of(&String::from_utf8_lossy(&body));
        let sent = self.http.post(self.url.clone()).headers(self.headers.clone()).body(body).send().await;
        let elapsed_ms = started.elapsed().as_millis() as u64;
        let mut response = sent.map_err(|error| {
            let connect = error.is_connect();
            tracing::warn!(connect, elapsed_ms, "the model server could not be reached");
            Failed::from_transport(&error)
        })?;
        let status = response.status().as_u16();
        if response.status().is_success() {
            tracing::debug!(status, elapsed_ms, "the model server answers");
            call.accepted(estimate);
            return Ok(response);
        }
        tracing::warn!(status, elapsed_ms, "the model server answered with an error");
        let after = response.headers().get(RETRY_AFTER).and_then(|header| retry_after(header, Utc::now()));
        let beginning = beginning(&mut response).await;
        Err(Failed::from_status(status, after, &String::from_utf8_lossy(&beginning)))
    }

    /// The whole text of an answer that is no stream, with one retry.
    ///
    /// # Errors
    /// The last failure.
    pub async fn complete(
        &self,
        reason: Reason,
        request: &CreateChatCompletionRequest,
    ) -> Result<String, Failed> {
        let _permit = self.judging.acquire().await;
        // One for both attempts and the pause between them.
        let deadline = tokio::time::Instant::now() + self.config.answer_timeout;
        let mut attempt = 0;
        loop {
            let failed = match self.complete_once(reason, request, deadline).await {
                Ok(text) => return Ok(text),
                Err(failed) => failed,
            };
            let Some(pause) = self.pause(&failed, attempt) else { return Err(failed) };
            let over = tokio::time::Instant::now() + pause;
            if over >= deadline {
                tokio::time::sleep_until(deadline).await;
                return Err(Failed::TIMED_OUT);
            }
            tokio::time::sleep_until(over).await;
            attempt += 1;
        }
    }

    /// How long to wait before the next attempt; none when there is to be none.
    pub fn pause(&self, failed: &Failed, attempt: u32) -> Option<Duration> {
        failed.pause(attempt, self.config.retry_pause, self.config.retry_after_max)
    }

    async fn complete_once(
        &self,
        reason: Reason,
        request: &CreateChatCompletionRequest,
        deadline: tokio::time::Instant,
    ) -> Result<String, Failed> {
        let mut call = self.begin(reason);
        let answered = tokio::time::timeout_at(deadline, async {
            let mut response = self.send(&mut call, request).await?;
            whole_text(&mut call, &mut response).await
        });
        let answered = answered.await.unwrap_or(Err(Failed::TIMED_OUT));
        match &answered {
            Ok(_) => call.answered(),
            Err(failed) => call.failed(failed.failure),
        }
        answered
    }
}

#[expect(deprecated, reason = "the only name that most compatible servers know")]
fn set_max_tokens(request: &mut CreateChatCompletionRequest, tokens: u32) {
    request.max_tokens = Some(tokens);
}

/// What is needed of an answer. Tolerant, because compatible servers leave out much of the rest.
#[derive(Deserialize)]
struct Completion {
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    usage: Value,
    error: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

/// The text of a whole answer; empty when the model said nothing.
pub async fn whole_text(call: &mut Call, response: &mut Response) -> Result<String, Failed> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(bytes)) if body.len() + bytes.len() > BODY_MAX => {
                return Err(Failed::for_good(ModelFailure::Broken));
            }
            Ok(Some(bytes)) => body.extend_from_slice(&bytes),
            Ok(None) => break,
            Err(_) if body.is_empty() => return Err(Failed::for_now(ModelFailure::Unreachable)),
            Err(_) => return Err(Failed::for_good(ModelFailure::Unreachable)),
        }
    }
    let Ok(completion) = serde_json::from_slice::<Completion>(&body) else {
        tracing::warn!(bytes = body.len(), "the answer of the model server is no chat completion");
        return Err(Failed::for_now(ModelFailure::Broken));
    };
    if let Some(error) = completion.error.filter(|error| !error.is_null()) {
        return Err(Failed::from_error_object(&error));
    }
    if let Some(tokens) = Tokens::told(&completion.usage) {
        tracing::debug!(
            prompt_tokens = tokens.prompt,
            completion_tokens = tokens.completion,
            "the model has answered"
        );
        call.told(tokens);
    }
    let Some(choice) = completion.choices.into_iter().next() else {
        return Err(Failed::for_now(ModelFailure::Broken));
    };
    let text = choice.message.content.unwrap_or_default();
    call.said(&text);
    Ok(text)
}

async fn beginning(response: &mut Response) -> Vec<u8> {
    let mut beginning = Vec::new();
    let reading = async {
        while let Ok(Some(bytes)) = response.chunk().await {
            beginning.extend_from_slice(&bytes);
            if beginning.len() > ERROR_MAX {
                break;
            }
        }
    };
    // The status alone says most of it.
    let _ = tokio::time::timeout(Duration::from_millis(500), reading).await;
    beginning
}

/// A message with rules. Nothing that a candidate wrote may ever stand in one.
pub fn system(text: impl Into<String>) -> ChatCompletionRequestMessage {
    let content = ChatCompletionRequestSystemMessageContent::Text(text.into());
    ChatCompletionRequestMessage::System(ChatCompletionRequestSystemMessage { content, name: None })
}

/// A message with what a person said.
pub fn user(text: impl Into<String>) -> ChatCompletionRequestMessage {
    let content = ChatCompletionRequestUserMessageContent::Text(text.into());
    ChatCompletionRequestMessage::User(ChatCompletionRequestUserMessage { content, name: None })
}

/// A message with what the model said before.
pub fn assistant(text: impl Into<String>) -> ChatCompletionRequestMessage {
    ChatCompletionRequestMessage::Assistant(ChatCompletionRequestAssistantMessage {
        content: Some(ChatCompletionRequestAssistantMessageContent::Text(text.into())),
        ..ChatCompletionRequestAssistantMessage::default()
    })
}

/// Keeps a tag in a text from being one.
pub const ZERO_WIDTH_SPACE: char = '\u{200b}';

/// A text between tags that it cannot close.
pub fn delimited(tag: &str, attributes: &str, text: &str) -> String {
    let close = format!("</{tag}");
    let text = text.replace(&close, &format!("<{ZERO_WIDTH_SPACE}/{tag}"));
    format!("<{tag}{attributes}>\n{text}\n</{tag}>")
}
