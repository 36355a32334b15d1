//! Calls to GitHub's REST API: to one host, a bounded number of them, with bounded answers, and minding the limits that it tells.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use reqwest::header::{ACCEPT, AUTHORIZATION, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, LOCATION};
use reqwest::{Response, Url};
use secrecy::{ExposeSecret, SecretString};

use super::refusal::{Refusal, WAIT_MAX, number, refused};
use super::{Calls, GithubFailure};

/// GitHub's own API.
pub const GITHUB_API: &str = "https://api.github.com";

/// The version of the API whose answers are read.
const API_VERSION: &str = "2022-11-28";

/// Most redirects of one call. A repository that was renamed needs one.
const HOPS_MAX: u32 = 2;
/// Most bytes of a refusal that are looked at.
const REFUSAL_MAX: usize = 4 << 10;
/// Longest name of a version of an answer.
const ETAG_MAX: usize = 200;

/// Where profiles are read, and as whom.
#[derive(Clone, Debug)]
pub struct GithubConfig {
    /// Root of the API, such as [`GITHUB_API`].
    pub base_url: String,
    /// With one GitHub lets a server make 5,000 calls an hour rather than 60. It needs no permission.
    pub token: Option<SecretString>,
    /// How long one call may take.
    pub patience: Duration,
    /// How long a look-up may take, all of its calls together.
    pub patience_in_all: Duration,
}

impl GithubConfig {
    /// The usual patience with the API at an address.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            token: None,
            patience: Duration::from_secs(10),
            patience_in_all: Duration::from_secs(25),
        }
    }
}

/// What a call asks for.
#[derive(Clone, Debug)]
pub struct Request {
    pub url: Url,
    /// The media type.
    pub accept: &'static str,
    /// Most bytes that are taken.
    pub most: usize,
    /// Whether of a longer answer the beginning is enough.
    pub beginning: bool,
}

/// What comes of a call.
#[derive(Debug)]
pub enum Answer {
    /// It is what it was under the version that was named.
    Same,
    New {
        body: Vec<u8>,
        etag: Option<String>,
    },
    /// The look-up had no call left for it.
    Unasked,
}

/// How many calls a look-up may still make.
#[derive(Debug)]
pub struct Budget {
    most: u32,
    made: AtomicU32,
}

impl Budget {
    pub fn new(most: u32) -> Self {
        Self { most, made: AtomicU32::new(0) }
    }

    /// Takes one call, if there is one.
    fn take(&self) -> bool {
        let more = |made| (made < self.most).then_some(made + 1);
        self.made.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    pub fn made(&self) -> u32 {
        self.made.load(Ordering::Relaxed)
    }
}

/// What GitHub last said about the calls of this server.
#[derive(Clone, Copy, Debug, Default)]
struct Limits {
    limit: Option<u32>,
    remaining: Option<u32>,
    resets_at: Option<DateTime<Utc>>,
    /// Until when it asked to be left alone.
    pause_until: Option<DateTime<Utc>>,
}

/// GitHub's API.
#[derive(Debug)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    headers: HeaderMap,
    with_token: bool,
    pub(super) patience_in_all: Duration,
    limits: Mutex<Limits>,
}

impl Client {
    /// # Errors
    /// When the address or the token cannot be used. Neither is repeated.
    pub fn new(config: GithubConfig) -> anyhow::Result<Self> {
        let base = Url::parse(config.base_url.trim()).context("it is no address")?;
        ensure!(
            matches!(base.scheme(), "http" | "https") && base.has_host(),
            "an address must begin with https:// or http://"
        );
        ensure!(
            base.username().is_empty() && base.password().is_none() && base.query().is_none(),
            "an address holds neither a password nor a question mark"
        );
        let token = config.token.as_ref().map(|token| token.expose_secret().trim());
        let token = token.filter(|token| !token.is_empty());
        let mut headers = HeaderMap::new();
        headers.insert("x-github-api-version", HeaderValue::from_static(API_VERSION));
        if let Some(token) = token {
            let value = HeaderValue::from_str(&format!("Bearer {token}"));
            let mut value = value.ok().context("the token holds a character that no token has")?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        // Redirects are followed by hand: none leads to another host.
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(config.patience)
            .user_agent(concat!("daedap/", env!("CARGO_PKG_VERSION")));
        if matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
            http = http.no_proxy();
        }
        let http = http.build().context("setting up the HTTP client")?;
        Ok(Self {
            http,
            base,
            headers,
            with_token: token.is_some(),
            patience_in_all: config.patience_in_all,
            limits: Mutex::default(),
        })
    }

    /// The host that is asked.
    pub fn host(&self) -> String {
        self.base.host_str().unwrap_or_default().to_owned()
    }

    /// Whether calls are made under a token.
    pub const fn with_token(&self) -> bool {
        self.with_token
    }

    /// The address of a resource. Each segment stays one, whatever is in it.
    pub fn address(&self, segments: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// What GitHub lets this server do, as far as it is known.
    pub fn calls(&self, now: DateTime<Utc>) -> Calls {
        let Limits { limit, remaining, resets_at, .. } = *self.limits();
        let over = resets_at.is_some_and(|at| at <= now);
        Calls {
            with_token: self.with_token,
            limit,
            remaining: if over { limit } else { remaining },
            resets_at: resets_at.filter(|_| !over),
            ..Calls::default()
        }
    }

    /// One call, which is more than one where it is redirected. `etag` names the version that is known already.
    ///
    /// # Errors
    /// How it failed.
    pub async fn get(
        &self,
        request: &Request,
        etag: Option<&str>,
        budget: &Budget,
        now: DateTime<Utc>,
    ) -> Result<Answer, Refusal> {
        let mut url = request.url.clone();
        for _ in 0..=HOPS_MAX {
            if let Some(refusal) = self.held(now) {
                return Err(refusal);
            }
            if !budget.take() {
                return Ok(Answer::Unasked);
            }
            let mut call = self.http.get(url.clone()).headers(self.headers.clone());
            call = call.header(ACCEPT, request.accept);
            if let Some(etag) = etag {
                call = call.header(IF_NONE_MATCH, etag);
            }
            let mut response = call.send().await.map_err(|error| Refusal::from_transport(&error))?;
            self.note(response.headers(), now);
            let status = response.status().as_u16();
            match status {
                200 => return answer(&mut response, request).await,
                304 if etag.is_some() => return Ok(Answer::Same),
                301 | 302 | 303 | 307 | 308 => url = self.led_to(&url, response.headers())?,
                _ => {
                    let said = beginning(&mut response).await;
                    let refusal = refused(status, response.headers(), &said, now);
                    tracing::debug!(status, failure = %refusal.failure, "GitHub refuses");
                    if refusal.failure == GithubFailure::SlowDown {
                        self.limits().pause_until = refusal.again_at;
                    }
                    return Err(refusal);
                }
            }
        }
        Err(GithubFailure::Redirected.into())
    }

    /// Where a redirect leads, on the same host alone: the token and the name stay here.
    fn led_to(&self, from: &Url, headers: &HeaderMap) -> Result<Url, Refusal> {
        let to = headers.get(LOCATION).and_then(|value| from.join(value.to_str().ok()?).ok());
        let to = to.filter(|to| to.origin() == self.base.origin());
        to.ok_or_else(|| GithubFailure::Redirected.into())
    }

    /// Why no call is made now, if so.
    fn held(&self, now: DateTime<Utc>) -> Option<Refusal> {
        let Limits { remaining, resets_at, pause_until, .. } = *self.limits();
        let later = |at: Option<DateTime<Utc>>| at.filter(|at| *at > now);
        if let Some(until) = later(pause_until) {
            return Some(Refusal { failure: GithubFailure::SlowDown, again_at: Some(until) });
        }
        let until = later(resets_at).filter(|_| remaining == Some(0))?;
        Some(Refusal { failure: GithubFailure::Limited, again_at: Some(until) })
    }

    /// Takes note of what an answer says about the limits.
    fn note(&self, headers: &HeaderMap, now: DateTime<Utc>) {
        let told = |name: &str| number(headers, name).and_then(|number| u32::try_from(number).ok());
        let Some(remaining) = told("x-ratelimit-remaining") else { return };
        let resets_at = number(headers, "x-ratelimit-reset").and_then(|at| DateTime::from_timestamp(at, 0));
        // Limits are counted by the hour: what lies further off is no time to wait for.
        let resets_at = resets_at.filter(|at| *at <= now + WAIT_MAX);
        let mut limits = self.limits();
        // Answers to calls that were made at once come in any order.
        let same_hour = limits.resets_at == resets_at && limits.resets_at.is_some_and(|at| at > now);
        let before = limits.remaining.filter(|_| same_hour);
        limits.remaining = Some(before.map_or(remaining, |before| before.min(remaining)));
        limits.limit = told("x-ratelimit-limit").or(limits.limit);
        limits.resets_at = resets_at;
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        self.limits.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(response: &mut Response, request: &Request) -> Result<Answer, Refusal> {
    let etag = response.headers().get(ETAG).and_then(|etag| etag.to_str().ok());
    let etag = etag.filter(|etag| etag.len() <= ETAG_MAX).map(str::to_owned);
    let mut body = Vec::new();
    while let Some(bytes) = response.chunk().await.map_err(|error| Refusal::from_transport(&error))? {
        let room = request.most - body.len();
        if bytes.len() > room {
            if !request.beginning {
                return Err(GithubFailure::TooLarge.into());
            }
            body.extend_from_slice(&bytes[..room]);
            break;
        }
        body.extend_from_slice(&bytes);
    }
    Ok(Answer::New { body, etag })
}

/// The first words of a refusal, as text.
async fn beginning(response: &mut Response) -> String {
    let mut said = Vec::new();
    while let Ok(Some(bytes)) = response.chunk().await {
        said.extend_from_slice(&bytes[..bytes.len().min(REFUSAL_MAX - said.len())]);
        if said.len() == REFUSAL_MAX {
            break;
        }
    }
    String::from_utf8_lossy(&said).into_owned()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderName;

    use super::*;

    fn client(base: &str) -> Client {
        Client::new(GithubConfig::new(base)).expect("a usable configuration")
    }

    fn headers(told: &[(&'static str, &str)]) -> HeaderMap {
        told.iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).expect("a value"))
            })
            .collect()
    }

    #[test]
    fn a_segment_never_becomes_two() {
        let client = client("https://git.example/api/v3");
        let address =
            |segments: &[&str], query: &[(&str, &str)]| client.address(segments, query).as_str().to_owned();
        assert_eq!(address(&["users", "mina"], &[]), "https://git.example/api/v3/users/mina");
        assert_eq!(
            address(&["git", "trees", "feature/a?b#c"], &[("recursive", "1")]),
            "https://git.example/api/v3/git/trees/feature%2Fa%3Fb%23c?recursive=1"
        );
        assert_eq!(address(&["users", ".."], &[]), "https://git.example/api/v3/users");
    }

    #[test]
    fn what_cannot_be_used_is_refused_without_being_repeated() {
        let check = |base: &str, token: Option<&str>| {
            let config =
                GithubConfig { token: token.map(SecretString::from), ..GithubConfig::new(base.to_owned()) };
            let line = format!("{:#}", Client::new(config).expect_err("refused"));
            assert!(!line.contains("hidden"), "{line}");
        };
        check("hidden", None);
        check("ftp://hidden.example", None);
        check("https://mina:hidden@git.example", None);
        check("https://git.example/?hidden", None);
        check("https://git.example", Some("hidden\u{7}key"));
    }

    #[test]
    fn a_redirect_stays_on_its_host() {
        let client = client("https://git.example/api/v3");
        let led_to = |location: &str| {
            let from = client.address(&["users", "mina"], &[]);
            client.led_to(&from, &headers(&[("location", location)])).map(String::from)
        };
        let here = "https://git.example/user/7".to_owned();
        assert_eq!(led_to("/user/7"), Ok(here.clone()));
        assert_eq!(led_to("https://git.example/user/7"), Ok(here));
        for elsewhere in [
            "https://evil.example/user/7",
            "//evil.example/user/7",
            "http://git.example/user/7",
            "https://git.example:8443/user/7",
            "https://git.example@evil.example/",
            "javascript:alert(1)",
        ] {
            assert_eq!(led_to(elsewhere), Err(GithubFailure::Redirected.into()), "{elsewhere}");
        }
    }

    #[test]
    fn no_call_is_made_while_none_is_left() {
        let client = client(GITHUB_API);
        let at = |seconds| DateTime::from_timestamp(seconds, 0).expect("a moment");
        assert_eq!((client.held(at(0)), client.calls(at(0)).remaining), (None, None));
        let told = |remaining: &str, reset: &str| {
            let limit = ("x-ratelimit-limit", "60");
            client.note(
                &headers(&[limit, ("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", reset)]),
                at(0),
            );
        };
        told("1", "100");
        assert_eq!(client.held(at(0)), None);
        told("0", "100");
        told("1", "100");
        let limited = Refusal { failure: GithubFailure::Limited, again_at: Some(at(100)) };
        assert_eq!(client.held(at(99)), Some(limited), "an answer that comes late does not raise it");
        assert_eq!(client.held(at(100)), None);
        assert_eq!(client.calls(at(100)).remaining, Some(60), "all of them are back");
        told("59", "3700");
        assert_eq!(client.calls(at(200)).remaining, Some(59));
    }

    #[test]
    fn a_budget_is_never_exceeded() {
        let budget = Budget::new(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
        assert_eq!(budget.made(), 2);
    }
}
