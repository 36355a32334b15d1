//! Calls to a provider: ten seconds, little to read, and no redirects, which would carry secrets to a host that nobody chose.

use std::time::Duration;

use domain::identities::Trouble;
use http::HeaderMap;
use http::header::{ACCEPT, AUTHORIZATION};
use oauth2::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;
use url::Url;

/// How long a provider may take to say who somebody is, all calls together.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const BODY_MAX: usize = 256 << 10;

/// Why a provider does not say who somebody is. It holds nothing that a provider wrote.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum Failed {
    #[error("no answer")]
    Unreachable,
    #[error("{0}")]
    Wrong(&'static str),
}

impl Failed {
    /// What the person is told.
    pub const fn trouble(self) -> Trouble {
        match self {
            Self::Unreachable => Trouble::ProviderUnreachable,
            Self::Wrong(_) => Trouble::ProviderFailed,
        }
    }
}

/// A client for one provider. Cheap to clone.
#[derive(Clone)]
pub struct Http(reqwest::Client);

impl Http {
    /// A client for the host of an address.
    ///
    /// # Errors
    /// When there is no TLS.
    pub fn new(provider: &Url) -> anyhow::Result<Self> {
        let mut client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("daedap/", env!("CARGO_PKG_VERSION")));
        if matches!(provider.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            client = client.no_proxy();
        }
        Ok(Self(client.build()?))
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    /// When nothing comes in time, or too much.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Failed> {
        let request = reqwest::Request::try_from(request).map_err(|_| Failed::Wrong("no request"))?;
        let mut reply = self.0.execute(request).await.map_err(|_| Failed::Unreachable)?;
        let mut response = http::Response::builder().status(reply.status());
        if let Some(headers) = response.headers_mut() {
            *headers = std::mem::take(reply.headers_mut());
        }
        let mut body = Vec::new();
        while let Some(chunk) = reply.chunk().await.map_err(|_| Failed::Unreachable)? {
            if body.len() + chunk.len() > BODY_MAX {
                return Err(Failed::Wrong("an answer that is too long"));
            }
            body.extend_from_slice(&chunk);
        }
        response.body(body).map_err(|_| Failed::Wrong("no answer"))
    }

    /// Gets JSON, with an access token if there is one.
    ///
    /// # Errors
    /// As [`Http::send`], or when it is not what was expected.
    pub async fn get<T: DeserializeOwned>(&self, url: &str, token: Option<&str>) -> Result<T, Failed> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, http::HeaderValue::from_static("application/json"));
        if let Some(token) = token {
            let value = http::HeaderValue::from_str(&format!("Bearer {token}"));
            headers.insert(AUTHORIZATION, value.map_err(|_| Failed::Wrong("an access token"))?);
        }
        let mut request =
            http::Request::get(url).body(Vec::new()).map_err(|_| Failed::Wrong("no address"))?;
        *request.headers_mut() = headers;
        let response = self.send(request).await?;
        if !response.status().is_success() {
            return Err(Failed::Wrong("a refusal to say who it is"));
        }
        serde_json::from_slice(response.body()).map_err(|_| Failed::Wrong("an answer of another form"))
    }
}
