//! A speech model behind the OpenAI-compatible API. As with the interviewer, the request is that of async-openai and its transport is
//! not used: one attempt is one call, with an end.

use std::time::Duration;

use anyhow::{Context, ensure};
use async_openai::config::{Config, OPENAI_API_BASE, OpenAIConfig};
use async_openai::types::audio::{CreateSpeechRequest, SpeechModel, SpeechResponseFormat, Voice};
use async_trait::async_trait;
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::playable::media_type;
use super::{Audio, SpeechFailure, SpeechSynthesizer};
use crate::questions::Language;

/// From the call to the last byte.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Most bytes of a sound: about ten minutes of compressed speech.
const BYTES_MAX: usize = 8 << 20;

/// Which voice to call.
#[derive(Clone, Debug)]
pub struct VoiceConfig {
    /// Root of the API, such as `http://localhost:8000/v1`; none is OpenAI's own.
    pub base_url: Option<String>,
    /// None sends none, as local servers want it.
    pub api_key: Option<SecretString>,
    pub model: String,
    /// None is the first that OpenAI offers.
    pub voice: Option<String>,
    /// From the call to the last byte.
    pub timeout: Duration,
}

impl VoiceConfig {
    /// The usual patience with a model of that name at OpenAI.
    pub fn new(model: impl Into<String>) -> Self {
        Self { base_url: None, api_key: None, model: model.into(), voice: None, timeout: TIMEOUT }
    }
}

/// A speech model.
#[derive(Debug)]
pub struct ModelVoice {
    config: VoiceConfig,
    http: reqwest::Client,
    url: Url,
    headers: HeaderMap,
}

impl ModelVoice {
    /// Calls nobody yet.
    ///
    /// # Errors
    /// When the base URL, the key or the name of the model cannot be used.
    pub fn new(config: VoiceConfig) -> anyhow::Result<Self> {
        ensure!(!config.model.trim().is_empty(), "the speech model has no name");
        let base = config.base_url.as_deref().unwrap_or(OPENAI_API_BASE).trim_end_matches('/');
        let key = config.api_key.as_ref().map(|key| key.expose_secret().trim()).unwrap_or_default();
        // async-openai expects keys that are valid in a header.
        ensure!(
            HeaderValue::from_str(key).is_ok(),
            "the key of the speech server holds a character that no key has"
        );
        // Everything is set, since what is not comes from environment variables.
        let openai =
            OpenAIConfig::new().with_api_base(base).with_api_key(key).with_org_id("").with_project_id("");
        let url = Url::parse(&openai.url("/audio/speech")).context("the base URL of the speech server")?;
        let mut headers = openai.headers();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        match headers.get_mut(AUTHORIZATION) {
            Some(value) if !key.is_empty() => value.set_sensitive(true),
            _ => drop(headers.remove(AUTHORIZATION)),
        }
        // A redirect would carry words of an interview to a server that nobody chose.
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("daedap/", env!("CARGO_PKG_VERSION")));
        if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            http = http.no_proxy();
        }
        let http = http.build().context("setting up the HTTP client")?;
        Ok(Self { config, http, url, headers })
    }

    async fn call(&self, text: &str) -> Result<Audio, SpeechFailure> {
        let request = CreateSpeechRequest {
            input: text.to_owned(),
            model: SpeechModel::Other(self.config.model.clone()),
            voice: self.config.voice.clone().map_or(Voice::Alloy, Voice::Other),
            // Every browser plays it.
            response_format: Some(SpeechResponseFormat::Mp3),
            ..CreateSpeechRequest::default()
        };
        let body = serde_json::to_vec(&request).map_err(|_| SpeechFailure::Broken)?;
        let sent = self.http.post(self.url.clone()).headers(self.headers.clone()).body(body).send().await;
        let mut response = sent.map_err(|_| SpeechFailure::Unreachable)?;
        if !response.status().is_success() {
            return Err(SpeechFailure::Refused(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|_| SpeechFailure::Unreachable)? {
            if bytes.len() + piece.len() > BYTES_MAX {
                return Err(SpeechFailure::Broken);
            }
            bytes.extend_from_slice(&piece);
        }
        let media_type = media_type(&bytes).ok_or(SpeechFailure::Broken)?.to_owned();
        Ok(Audio { media_type, bytes })
    }
}

#[async_trait]
impl SpeechSynthesizer for ModelVoice {
    fn name(&self) -> &'static str {
        "the speech model"
    }

    fn model(&self) -> Option<&str> {
        Some(&self.config.model)
    }

    async fn speak(&self, text: &str, _language: Language) -> Result<Audio, SpeechFailure> {
        tokio::time::timeout(self.config.timeout, self.call(text))
            .await
            .unwrap_or(Err(SpeechFailure::TimedOut))
    }
}
